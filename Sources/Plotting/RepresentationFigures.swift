import FiniteGroups
import Recording

/// Figures of what networks that compose elements of a group learned, at one step.
enum RepresentationFigures {
  /// Loss without each representation in the hidden layer, as functions of xy, x and y.
  static func ablation(of run: RunFile) throws -> Figure? {
    guard let found = try ComposedFindings(run) else { return nil }
    let groups = [("xy", "without ρ(xy)"), ("x", "without ρ(x)"), ("y", "without ρ(y)")].map {
      name, label in
      BarsFigure.Group(
        label: label,
        values: Column(
          name: "ablated_\(name)", longName: "loss on all pairs",
          values: found.medians("ablated_\(name)")))
    }
    let loss = found.medians("loss")[0]
    return BarsFigure.figure(
      name: "representation-ablation",
      title: run.title("Loss without a representation in the hidden layer"),
      categories: found.names, label: "irreducible representation", groups: groups,
      isLogarithmic: true, marks: [Reference(value: loss, label: "whole network")])
  }

  /// Singular values of the embeddings and of the readout.
  static func singularValues(of run: RunFile) throws -> Figure? {
    guard let found = try ComposedFindings(run) else { return nil }
    let curves = [
      ("left_singular_values", "W_x"), ("right_singular_values", "W_y"),
      ("readout_singular_values", "W_U"),
    ].enumerated().map { index, spectrum in
      let values = found.ofFirst(spectrum.0)
      return Curve(
        label: spectrum.1,
        along: Column(
          name: "rank_\(index + 1)", values: (0..<values.count).map { Double($0 + 1) }),
        y: Column(
          name: spectrum.0, longName: "singular value of \(spectrum.1)", values: values),
        style: .points, colour: .number(index))
    }
    let expected = (found.record.entry("expected_rank")?.values.first ?? 0) + 0.5
    return Figure(
      name: "representation-singular-values",
      title: run.title("Singular values of embeddings and readout, network 1"),
      panels: [
        Panel(
          x: .linear(
            from: 0, through: Double(curves.map(\.y.values.count).max() ?? 1) + 1, label: "rank"),
          y: .standing(curves.flatMap(\.y.values), label: "singular value"),
          marks: curves + [
            Reference(.vertical(expected), label: "Σd² of what survived", colour: .grey)
          ], legend: .right)
      ])
  }

  /// The weights, elements sorted by class and units by what they lead in.
  static func weights(of run: RunFile) throws -> Figure? {
    guard let found = try ComposedFindings(run), let network = try found.network() else {
      return nil
    }
    let (rows, columns) = (found.sortedElements, found.sortedUnits)
    guard !columns.isEmpty else { return nil }
    let matrices = [
      ("left contribution", network.leftContribution),
      ("right contribution", network.rightContribution),
      ("readout, transposed", network.readout.transposed),
    ].map { title, matrix in
      MatrixFigure.Entry(
        title: title, columns: columns.count,
        values: rows.flatMap { row in columns.map { matrix[row, $0] } })
    }
    return MatrixFigure.figure(
      name: "representation-weights", title: run.title("Weights of active units, network 1"),
      matrices: matrices, quantity: Column(name: "weight", values: []),
      x: "active unit, by leading representation", y: "element, by class")
  }

  /// What the strongest units of two representations hand on for all pairs, and the logit of the
  /// identity beside the best sum of characters.
  static func pairs(of run: RunFile) throws -> Figure? {
    guard let found = try ComposedFindings(run), let network = try found.network() else {
      return nil
    }
    let order = found.sortedElements
    let (left, right) = (network.leftContribution, network.rightContribution)
    let multiplies = network.shape.form == .bilinear
    func hidden(_ x: Int, _ y: Int, _ unit: Int) -> Double {
      multiplies ? left[x, unit] * right[y, unit] : max(left[x, unit] + right[y, unit], 0)
    }
    func map(_ value: (Int, Int) -> Double) -> [Double] {
      order.flatMap { x in order.map { y in value(x, y) } }
    }
    func figurePanel(_ title: String, _ values: [Double]) -> Panel {
      // Each map has a scale of its own.
      MatrixFigure.figure(
        name: "pairs", title: "",
        matrices: [MatrixFigure.Entry(title: title, columns: order.count, values: values)],
        quantity: Column(name: "value", values: []), x: "right element y, by class",
        y: "left element x, by class"
      ).panels[0]
    }
    let units = found.strongestUnits.prefix(2).map { representation, unit in
      figurePanel(
        "unit \(unit + 1), of \(found.names[representation])", map { hidden($0, $1, unit) })
    }
    let readout = network.readout
    let logits = map { x, y in
      (0..<network.shape.hidden).reduce(0) { $0 + hidden(x, y, $1) * readout[$1, 0] }
    }
    let coefficients = found.ofFirst("character_coefficient")
    let characters = found.transform.representations.map(\.character)
    let group = found.transform.group
    let sums = map { x, y in
      let product = group.product(x, y)
      return zip(coefficients, characters).reduce(0) { $0 + $1.0 * $1.1[product] }
    }
    return Figure(
      name: "representation-pairs",
      title: run.title("Hidden units and the logit of the identity on all pairs, network 1"),
      panels: units + [
        figurePanel("logit of the identity", logits),
        figurePanel("best sum of characters Σ a·χ(xy)", sums),
      ], columns: 2)
  }

  /// Shares of the entries ρ_ij of the representations that lead, in embeddings and readout.
  static func functions(of run: RunFile) throws -> Figure? {
    guard let found = try ComposedFindings(run) else { return nil }
    let chosen = found.leading.filter {
      let representation = found.transform.representations[$0]
      return representation.dimension > 1 && representation.commutant == 1
    }.prefix(2)
    let matrices = chosen.flatMap { index in
      [
        ("left_function_share", "W_x"), ("right_function_share", "W_y"),
        ("readout_function_share", "W_U"),
      ].map { name, label in
        MatrixFigure.Entry(
          title: "\(label), \(found.names[index])",
          columns: found.transform.representations[index].dimension,
          values: Array(found.ofFirst(name)[found.transform.ranges[index]]))
      }
    }
    guard !matrices.isEmpty else { return nil }
    return MatrixFigure.figure(
      name: "representation-functions",
      title: run.title("Share of each entry of leading representations, network 1"),
      matrices: matrices, quantity: Column(name: "share", values: []), x: "column j of ρ_ij",
      y: "row i of ρ_ij", palette: .sequential)
  }

  /// What functions of the product in the hidden layer give to functions of the class in the logits.
  static func readoutBasis(of run: RunFile) throws -> Figure? {
    guard let found = try ComposedFindings(run) else { return nil }
    let kept = found.leading.prefix(3).sorted().flatMap { Array(found.transform.ranges[$0]) }
    let order = found.transform.group.order
    let matrices = [
      ("readout_basis", "from ρ(xy)"), ("readout_basis_inverse", "from ρ((xy)⁻¹)"),
    ].compactMap { name, title -> MatrixFigure.Entry? in
      guard let entry = found.record.entry(name), !kept.isEmpty else { return nil }
      return MatrixFigure.Entry(
        title: title, columns: kept.count,
        values: kept.flatMap { row in kept.map { entry.values[row * order + $0] } })
    }
    guard !matrices.isEmpty else { return nil }
    let words = found.leading.prefix(3).sorted().map { found.names[$0] }.joined(separator: ", ")
    return MatrixFigure.figure(
      name: "representation-readout",
      title: run.title("Readout in the basis of \(words), first network kept"),
      matrices: matrices, quantity: Column(name: "coefficient", values: []),
      x: "entry of ρ(z) in the logits", y: "entry in the hidden layer")
  }

  /// Loss on all pairs with a left element, even and odd ones.
  static func losses(of run: RunFile) throws -> Figure? {
    guard let found = try ComposedFindings(run) else { return nil }
    let losses = found.ofFirst("left_loss")
    let signs = found.transform.group.signs
    let sorted = found.sortedElements
    let curves = [(1, "even"), (-1, "odd")].enumerated().compactMap { index, kind -> Curve? in
      let places = sorted.indices.filter { signs[sorted[$0]] == kind.0 }
      guard !places.isEmpty else { return nil }
      return Curve(
        label: kind.1,
        along: Column(name: "element_\(kind.1)", values: places.map { Double($0 + 1) }),
        y: Column(
          name: "left_loss_\(kind.1)", longName: "loss, mean over the right element",
          values: places.map { losses[sorted[$0]] }),
        style: .points, colour: .number(index))
    }
    return Figure(
      name: "representation-losses",
      title: run.title("Loss by left element, network 1"),
      panels: [
        Panel(
          x: .linear(from: 0, through: Double(sorted.count + 1), label: "left element, by class"),
          y: .standing(
            losses.filter { $0 > 0 }, label: "loss, mean over the right element",
            isLogarithmic: true), marks: curves, legend: .right)
      ])
  }
}
