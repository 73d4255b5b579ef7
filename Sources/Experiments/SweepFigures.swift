import Foundation
import Plotting
import Recording
import Scenarios

/// The figures of a sweep, as far as its axes give any.
///
/// - `risk-over-seeds`: risk over steps, mean and standard deviation over the seeds.
/// - `risk-map`: risk over steps and one parameter, with where it is best to stop.
/// - `stopping`, `peaks`: early stopping and double descent over one parameter.
/// - `parameter-maps`: the same and the final risk over two parameters.
/// - `half-learning`: found against predicted steps.
public struct SweepFigures {
  private let file: SweepFile
  private let values: SweepValues
  private let iterations: [Int]
  /// The curve whose end, least value and peak the measures are of.
  private let curve: String
  /// What it is called.
  private let words: String
  private let measures: [RunMeasure]

  /// Figures of a sweep.
  ///
  /// - Throws: `HDF5Error`.
  public init(_ file: SweepFile) throws {
    self.file = file
    values = SweepValues(file)
    iterations = try file.iterations()
    let example = try file.grid.example
    measures = RunMeasure.all(of: example)
    switch example.network {
    case .linear: (curve, words) = ("risk", "risk")
    case .dense, .composition: (curve, words) = ("valid_loss", "validation loss")
    }
  }

  /// All figures.
  ///
  /// - Throws: `HDF5Error` when the file cannot be read.
  public func figures() throws -> [Figure] {
    var figures: [Figure] = []
    if values.seeds != nil, let figure = try overSeeds() { figures.append(figure) }
    switch values.parameters.count {
    case 1:
      if let figure = try timeMap(along: values.parameters[0]) { figures.append(figure) }
      figures.append(try stopping(along: values.parameters[0]))
      figures.append(try peaks(along: values.parameters[0]))
    case 2...: figures.append(try maps(values.parameters[0], values.parameters[1]))
    default: break
    }
    if let figure = try halfLearning() { figures.append(figure) }
    return figures
  }

  private var title: String { file.scenario.title }

  private func column(_ axis: Int) -> Column {
    Column(
      name: values.name(axis), longName: Self.words(values.name(axis)), values: values.numbers(axis)
    )
  }

  /// What an axis is called on a picture.
  static func words(_ name: String) -> String {
    switch name {
    case "kappa": "κ"
    case "lr": "learning rate η"
    case "hidden": "hidden units"
    case "sigma_noise": "noise σ"
    default: name.replacing("_", with: " ")
    }
  }

  /// The steps that have a place on a logarithmic axis, not more than a picture shows.
  ///
  /// Steps at which only runs that diverged were recorded are left out.
  private func shownRows(_ array: RunArray, most: Int) -> [Int] {
    let rows = iterations.indices.filter { row in
      iterations[row] > 0
        && (0..<min(file.grid.count, 1000)).contains { array.value($0, row).isFinite }
    }
    let stride = max(1, rows.count / most)
    return Swift.stride(from: 0, to: rows.count, by: stride).map { rows[$0] }
  }

  private func steps(_ rows: [Int]) -> Column {
    Column(name: "iteration", longName: "step", values: rows.map { Double(iterations[$0]) })
  }

  /// The curve as a column of a table.
  private func column(_ values: [Double] = []) -> Column {
    Column(name: curve, symbol: curve == "risk" ? "R" : "Lᵥ", longName: words, values: values)
  }

  // MARK: Over steps

  private func overSeeds() throws -> Figure? {
    guard let array = try values.array(curve), iterations.count > 2 else { return nil }
    let rows = shownRows(array, most: 300)
    var places: [[Int: Int]] = [[:]]
    var labels = [""]
    if let axis = values.parameters.first {
      let count = file.grid.shape[axis]
      let chosen = Set((0..<min(5, count)).map { $0 * (count - 1) / (min(5, count) - 1) }).sorted()
      places = chosen.map { [axis: $0] }
      labels = chosen.map {
        "\(Self.words(values.name(axis))) = \(brief(values.numbers(axis)[$0]))"
      }
    }
    let groups = zip(places, labels).map { place, label in
      let runs = values.runs(at: place)
      return SeedsFigure.Group(
        label: label.isEmpty ? "mean ± sd of \(runs.count) runs" : label, along: steps(rows),
        quantity: column(), seeds: runs.map { run in rows.map { array.value(run, $0) } })
    }
    return SeedsFigure.figure(
      name: "\(curve.replacing("_", with: "-"))-over-seeds", title: title, groups: groups)
  }

  private func timeMap(along axis: Int) throws -> Figure? {
    guard let array = try values.array(curve), iterations.count > 2 else { return nil }
    let rows = shownRows(array, most: 180)
    let cells = values.numbers(axis).indices.flatMap { place in
      let runs = values.runs(at: [axis: place])
      return rows.map { array.mean(runs, $0) }
    }
    let grid = Grid(x: steps(rows), y: column(axis), values: column(cells))
    var marks: [any Mark] = []
    if let stop = try values.array("least_\(curve)_iteration") {
      let places = values.numbers(axis).indices.map {
        stop.mean(values.runs(at: [axis: $0]))
      }
      marks.append(
        Curve(
          along: column(axis),
          x: Column(
            name: "least_\(curve)_iteration", longName: "step of least \(words)", values: places),
          y: column(axis), style: .points, colour: .paper))
    }
    return TimeParameterFigure.figure(
      name: "\(curve.replacing("_", with: "-"))-map", title: title + " (dots: least \(words))",
      grid: grid, isLogarithmic: true,
      marks: marks)
  }

  // MARK: Over one parameter

  private func curve(
    _ name: String, _ label: String, along axis: Int, _ number: Int, style: Curve.Style = .empirical
  ) throws -> Curve? {
    guard let array = try values.array(name),
      let measure = measures.first(where: { $0.name == name })
    else {
      return nil
    }
    let means = values.numbers(axis).indices.map { array.mean(values.runs(at: [axis: $0])) }
    return Curve(
      label: label, along: column(axis),
      y: Column(name: name, symbol: measure.symbol, longName: measure.longName, values: means),
      style: style, colour: .number(number))
  }

  private func panel(_ curves: [Curve], _ label: String, along axis: Int, legend: Bool) -> Panel {
    let shown = curves.flatMap(\.y.values)
    return Panel(
      x: .running(values.numbers(axis), label: Self.words(values.name(axis))),
      y: .fitting(shown, label: label), marks: curves,
      notice: shown.contains(where: \.isFinite) ? "" : "none",
      legend: legend ? .below : .none)
  }

  private func stopping(along axis: Int) throws -> Figure {
    let risks = [
      try curve("final_\(curve)", "at the end", along: axis, 0),
      try curve("least_\(curve)", "least", along: axis, 1),
    ].compactMap(\.self)
    let stop = [
      try curve("least_\(curve)_iteration", "", along: axis, 1),
      try curve("least_\(curve)_iteration", "", along: axis, 1, style: .points),
    ].compactMap(\.self)
    return Figure(
      name: "stopping", title: title,
      panels: [
        panel(risks, words, along: axis, legend: true),
        panel(stop, "step of least \(words)", along: axis, legend: false),
      ], columns: 2, size: Figure.Size(width: 1700, height: 700))
  }

  private func peaks(along axis: Int) throws -> Figure {
    let place = [
      try curve("peak_iteration", "", along: axis, 2, style: .points)
    ].compactMap(\.self)
    let height = [
      try curve("peak_prominence", "", along: axis, 2),
      try curve("peak_prominence", "", along: axis, 2, style: .points),
    ].compactMap(\.self)
    return Figure(
      name: "peaks", title: title,
      panels: [
        panel(place, "step of the peak of the \(words)", along: axis, legend: false),
        panel(height, "prominence of the peak, in parts of the range", along: axis, legend: false),
      ], columns: 2, size: Figure.Size(width: 1700, height: 700))
  }

  // MARK: Over two parameters

  private func maps(_ first: Int, _ second: Int) throws -> Figure {
    let shown = [
      ("final_\(curve)", "\(words) after the last step"), ("least_\(curve)", "least \(words)"),
      ("least_\(curve)_iteration", "step of least \(words)"),
      ("peak_prominence", "prominence of the peak, grey: none or diverged"),
    ]
    let panels = try shown.compactMap { name, words -> Panel? in
      guard let array = try values.array(name) else { return nil }
      let cells = values.numbers(second).indices.flatMap { up in
        values.numbers(first).indices.map { across in
          array.mean(values.runs(at: [first: across, second: up]))
        }
      }
      let grid = Grid(
        x: column(first), y: column(second),
        values: Column(name: name, longName: words, values: cells))
      return Panel(
        title: words, x: .cells(grid.x), y: .cells(grid.y), marks: [HeatMap(grid)],
        colours: name == "peak_prominence"
          ? Self.prominences(cells) : .fitting(cells, label: words))
    }
    return Figure(
      name: "parameter-maps", title: title, panels: panels, columns: 2,
      size: Figure.Size(width: 1700, height: 1300))
  }

  /// Colours of prominences, of which a few large ones would hide all others on a linear scale.
  static func prominences(_ cells: [Double]) -> ColourScale {
    let positive = cells.filter { $0 > 0 }
    let high = positive.max() ?? 1
    // What is below is rounding, or the ripple of a single step.
    let low = max(positive.min() ?? 0.1, 1e-4 * high)
    return ColourScale(
      label: "prominence of the peak", isLogarithmic: true,
      range: low < high ? low...high : low / 2...2 * low)
  }

  // MARK: Found and predicted

  private func halfLearning() throws -> Figure? {
    guard let found = try values.array("half_learning"),
      let predicted = try values.array("predicted_half_learning")
    else { return nil }
    let groups = (0..<found.width).compactMap { mode -> PredictionFigure.Group? in
      let pairs = (0..<file.grid.count).lazy
        .map { (predicted.value($0, mode), found.value($0, mode)) }
        .filter { $0.0.isFinite && $0.1.isFinite }.prefix(5000)
      guard !pairs.isEmpty else { return nil }
      return PredictionFigure.Group(
        label: "mode \(mode + 1)",
        predicted: Column(
          name: "predicted[\(mode + 1)]", longName: "predicted half-learning step",
          values: pairs.map(\.0)),
        found: Column(
          name: "found[\(mode + 1)]", longName: "found half-learning step",
          values: pairs.map(\.1)))
    }
    guard !groups.isEmpty else { return nil }
    return PredictionFigure.figure(name: "half-learning", title: title, groups: groups)
  }
}
