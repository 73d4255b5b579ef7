import Datasets
import Foundation
import Plotting
import Recording
import Scenarios

/// The figures that a scenario lays out, drawn from its runs.
public struct ScenarioFigures {
  /// The runs, in the order of the sweep.
  let runs: [MemberCurves]
  /// Reads the matrix at a path that a scenario names.
  let reading: MatrixReader

  /// Figures of some runs.
  public init(_ runs: [MemberCurves], reading: @escaping MatrixReader) {
    self.runs = runs
    self.reading = reading
  }

  /// All figures of a scenario.
  ///
  /// - Parameter size: of every figure in pixels; nil for what suits it.
  /// - Throws: `ScenarioError` for a curve that is not there; as drawing data does for planes.
  public func figures(of scenario: Scenario, size: Figure.Size? = nil) throws -> [Figure] {
    // A picture has no more cells than can be told apart.
    let cells = size == nil ? 120 : 40
    return try scenario.figures.map { section in
      var panels = try section.panels.map { panel in
        switch panel {
        case .curves(let panel): try curves(panel)
        case .heatMap(let panel): try heatMap(panel, cells: cells)
        case .plane(let panel): try plane(panel)
        case .entries(let panel): try entries(panel)
        case .numbers(let panel): try numbers(panel)
        case .histogram(let panel): try histogram(panel)
        }
      }
      // Beside a panel of several in a row there is no room for a legend.
      let legends = panels.filter { $0.legend != .none }.map(Self.labels)
      let isShared = panels.count > 1 && legends.count > 1 && Set(legends).count == 1
      if min(section.columns, panels.count) > 1, !isShared {
        for i in panels.indices where panels[i].legend != .none { panels[i].legend = .below }
      }
      return Figure(
        name: section.name, title: section.title.isEmpty ? scenario.title : section.title,
        panels: panels, columns: section.columns, sharesLegend: isShared, size: size)
    }
  }

  /// What the legend of a panel says.
  private static func labels(_ panel: Panel) -> [String] {
    panel.marks(of: Curve.self).map(\.label).filter { !$0.isEmpty }
  }

  /// Names of the curves that the figures of a scenario need.
  public static func curves(of scenario: Scenario) -> Set<String> {
    var names: Set<String> = []
    for panel in scenario.figures.flatMap(\.panels) {
      switch panel {
      case .curves(let panel): names.formUnion(panel.curves + panel.theories)
      case .heatMap(let panel): names.insert(panel.curve)
      case .plane(let panel): names.formUnion([panel.first, panel.second])
      case .entries(let panel):
        names.formUnion(panel.curves + (panel.first.isEmpty ? [] : [panel.first]))
      case .numbers(let panel), .histogram(let panel): names.insert(panel.curve)
      }
    }
    return names
  }

  // MARK: Words

  /// The column of a curve, with the words that the file has for it.
  func column(_ name: String, _ values: [Double], words: String = "") throws -> Column {
    let curve = try CurveName(name)
    let quantity = Quantity.named(curve.quantity)
    let suffix = words.isEmpty ? "" : "[\(words)]"
    return Column(
      name: name + suffix, symbol: curve.slopes == 0 ? quantity?.symbol ?? "" : "",
      longName: words.isEmpty ? Self.words(for: curve) : words, values: values)
  }

  /// The meaning of a curve in a few words for an axis.
  static func words(for curve: CurveName) -> String {
    String(repeating: "slope of ", count: curve.slopes) + words(forQuantity: curve.quantity)
  }

  private static func words(forQuantity name: String) -> String {
    switch name {
    case "risk": "risk"
    case "loss": "training loss"
    case "mode_strength": "mode strength"
    case "product": "weight"
    case "mode_test_error": "test error of the mode"
    case "feature_risk": "excess risk"
    case "teacher_overlap": "overlap with the teacher, R"
    case "self_overlap": "overlap with itself, Q"
    case "ntk_spectrum": "kernel eigenvalue"
    case "weight_norm": "norm of the layer"
    default: name.replacing("_", with: " ")
    }
  }

  static func words(for abscissa: Claim.Abscissa) -> String {
    abscissa == .iteration ? "step" : "time t"
  }

  /// Words for a run among others: the coordinates in which they differ.
  func label(_ member: SweepMember, among chosen: [MemberCurves], averaged: Bool) -> String {
    let varying = member.coordinates.filter { coordinate in
      chosen.contains { $0.member.coordinate(coordinate.name) != coordinate }
    }
    return varying.filter { !(averaged && $0.name == "seed") }.map { coordinate in
      Self.words(coordinate)
    }.joined(separator: ", ")
  }

  /// A label, or a name with its number, with a minus as in print.
  static func words(_ coordinate: Coordinate) -> String {
    guard coordinate.value.string == nil else { return coordinate.text }
    return "\(coordinate.name) = " + coordinate.text.replacing("-", with: "−")
  }

  func selected(_ selection: Selection) throws -> [MemberCurves] {
    let chosen = runs.filter { selection.contains($0.member) }
    guard !chosen.isEmpty else {
      throw ScenarioError(
        key: "figures", problem: "No run is at \(selection.json.compactText)",
        remedy: "select values that the axes of the sweep have")
    }
    return chosen
  }

  /// An axis over values, inside a window if there is one.
  static func axis(
    _ values: [Double], label: String, isLogarithmic: Bool, window: [Double], hasMargins: Bool
  ) -> PlotAxis {
    let shown = values.filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
    if window.count == 2, !isLogarithmic || window[0] > 0, window[0] < window[1] {
      return PlotAxis(label: label, isLogarithmic: isLogarithmic, range: window[0]...window[1])
    }
    guard let low = shown.min(), let high = shown.max(), low < high else {
      return .linear(from: shown.first ?? 0, through: shown.first ?? 1, label: label)
    }
    guard isLogarithmic else {
      return hasMargins
        ? .linear(from: low, through: high, label: label)
        : PlotAxis(label: label, range: low...high)
    }
    // What is below the square of rounding is noise of the arithmetic, and zeros have no place.
    let floor = max(low, high * 1e-34)
    let margin = hasMargins ? pow(high / floor, 0.04) : 1
    return PlotAxis(label: label, isLogarithmic: true, range: floor / margin...high * margin)
  }
}
