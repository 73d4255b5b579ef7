import FiniteGroups
import Recording

/// Figures of what networks that compose elements of a group learned, against training time.
enum RepresentationHistoryFigures {
  /// Shares of the representations in embeddings and readout, with those of random weights dashed.
  static func shares(of run: RunFile) throws -> Figure? {
    guard let history = try History(run) else { return nil }
    let panels = [
      ("left_share", "left embedding"), ("right_share", "right embedding"),
      ("readout_share", "readout"),
    ].map { name, title in
      history.panel(
        name, title: title, label: "share of the squares", isLogarithmic: true,
        floor: 1e-5, levels: history.transform.expectedShares)
    }
    return Figure(
      name: "representation-shares",
      title: run.title("Shares of the irreducible representations, random weights dashed"),
      panels: panels, columns: 3, sharesLegend: true)
  }

  /// Logits beside characters, hidden layer and ablations.
  static func mechanism(of run: RunFile) throws -> Figure? {
    guard let history = try History(run) else { return nil }
    var ablation = history.panel(
      "ablated_xy", title: "loss without ρ(xy)", label: "loss on all pairs", isLogarithmic: true)
    ablation.marks.append(
      history.curve("loss", label: "whole network", colour: .ink, style: .contrast))
    return Figure(
      name: "representation-mechanism",
      title: run.title("Logits, hidden layer and ablations over the training"),
      panels: [
        history.panel(
          "trace_similarity", title: "logits and χ(xyz⁻¹)", label: "mean cosine"),
        history.panel(
          "hidden_xy", title: "hidden layer in ρ(xy)", label: "share of the squares"), ablation,
      ], columns: 3, sharesLegend: true)
  }

  /// Active units, what stands out, and the share between cosets.
  static func units(of run: RunFile) throws -> Figure? {
    guard let history = try History(run) else { return nil }
    func panel(_ names: [(String, String)], _ title: String, _ label: String) -> Panel {
      let curves = names.enumerated().map {
        history.curve($1.0, label: $1.1, colour: .number($0))
      }
      return Panel(
        title: title, x: .iterations(history.iterations.values),
        y: .standing(curves.flatMap(\.y.values), label: label), marks: curves, legend: .below)
    }
    return Figure(
      name: "representation-units",
      title: run.title("Units over the training"),
      panels: [
        panel(
          [("active_units", "active units"), ("rank", "singular values that stand out")],
          "size", "number"),
        panel(
          [
            ("coset_share", "units, between cosets"),
            ("character_share", "logits, along characters"),
            ("diagonal_share", "readout, on its diagonal"),
          ], "two readings of the same network", "share of the variance"),
      ], columns: 2)
  }
}

/// What an analysis over time found, median over the networks.
private struct History {
  let record: AnalysisRecord
  let transform: GroupFourierTransform
  let iterations: Column

  init?(_ run: RunFile) throws {
    guard let record = try run.analysis("representation_history"),
      let moments = record.entry(AnalysisRecord.stepsName),
      let transform = try run.groupTransform(), moments.values.count > 1
    else { return nil }
    self.record = record
    self.transform = transform
    iterations = Column(
      name: "iteration", longName: "iteration", values: moments.values)
  }

  /// Medians over the networks at a place of the last axis, one for each moment.
  private func values(_ name: String, at place: Int = 0) -> [Double] {
    guard let entry = record.entry(name) else { return [] }
    let (moments, nets) = (entry.shape[0], entry.shape[1])
    let width = entry.shape.dropFirst(2).reduce(1, *)
    return (0..<moments).map { moment in
      median((0..<nets).map { entry.values[(moment * nets + $0) * width + place] })
    }
  }

  func curve(
    _ name: String, at place: Int = 0, label: String, colour: Colour,
    style: Curve.Style = .empirical, floor: Double = -.infinity
  ) -> Curve {
    Curve(
      label: label, along: iterations,
      y: Column(
        name: "\(name)_\(place + 1)", longName: "\(name), \(label)",
        values: values(name, at: place).map { $0 < floor ? .nan : $0 }), style: style,
      colour: colour)
  }

  /// A curve for each representation, and levels as thin dashed lines.
  func panel(
    _ name: String, title: String, label: String, isLogarithmic: Bool = false,
    floor: Double = -.infinity, levels: [Double] = []
  ) -> Panel {
    let curves = transform.representations.enumerated().map { index, representation in
      curve(name, at: index, label: representation.title, colour: .number(index), floor: floor)
    }
    let lines: [any Mark] = levels.enumerated().map {
      Reference(.horizontal($1), colour: .number($0))
    }
    let all = curves.flatMap(\.y.values).filter { !isLogarithmic || $0 > 0 }
    return Panel(
      title: title, x: .iterations(iterations.values),
      y: isLogarithmic
        ? .standing(all, label: label, isLogarithmic: true) : .fitting(all, label: label),
      marks: lines + curves, legend: .right)
  }
}

/// The number in the middle of those that are finite; NaN for none.
func median(_ values: [Double]) -> Double {
  let sorted = values.filter(\.isFinite).sorted()
  guard !sorted.isEmpty else { return .nan }
  return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}
