/// One panel of a figure.
public enum PanelSection: KindedSection {
  /// Curves over steps or time.
  case curves(CurvesPanel)
  /// One quantity over steps and a swept value, as colours.
  case heatMap(HeatMapPanel)
  /// One quantity against another, with the path of every run.
  case plane(PlanePanel)
  /// Numbers read off the curves, over a swept value.
  case numbers(NumbersPanel)
  /// Entries of a list against those of another, at one step.
  case entries(EntriesPanel)
  /// How often a number read off the curves lies where, over all seeds.
  case histogram(NumbersPanel)

  /// The kinds with their defaults.
  public static let kinds: [(name: String, section: PanelSection)] = [
    ("curves", .curves(CurvesPanel())), ("heat-map", .heatMap(HeatMapPanel())),
    ("plane", .plane(PlanePanel())), ("entries", .entries(EntriesPanel())),
    ("numbers", .numbers(NumbersPanel())), ("histogram", .histogram(NumbersPanel())),
  ]

  /// The name of the kind.
  public var kind: String {
    switch self {
    case .curves: "curves"
    case .heatMap: "heat-map"
    case .plane: "plane"
    case .entries: "entries"
    case .numbers: "numbers"
    case .histogram: "histogram"
    }
  }

  /// What is particular to the kind.
  public var contents: any PlainSection {
    switch self {
    case .curves(let panel): panel
    case .heatMap(let panel): panel
    case .plane(let panel): panel
    case .entries(let panel): panel
    case .numbers(let panel), .histogram(let panel): panel
    }
  }

  /// A panel of the same kind.
  public func with(_ contents: any PlainSection) -> PanelSection {
    switch (self, contents) {
    case (.curves, let panel as CurvesPanel): .curves(panel)
    case (.heatMap, let panel as HeatMapPanel): .heatMap(panel)
    case (.plane, let panel as PlanePanel): .plane(panel)
    case (.entries, let panel as EntriesPanel): .entries(panel)
    case (.numbers, let panel as NumbersPanel): .numbers(panel)
    case (.histogram, let panel as NumbersPanel): .histogram(panel)
    default: self
    }
  }

  /// The runs that are drawn.
  public var selection: Selection {
    switch self {
    case .curves(let panel): panel.selection
    case .heatMap(let panel): panel.selection
    case .plane(let panel): panel.selection
    case .entries(let panel): panel.selection
    case .numbers(let panel), .histogram(let panel): panel.selection
    }
  }

  /// Checks what no key can check alone.
  func validate(path: String, axes: [String]) throws {
    for (name, _) in selection.values where !axes.contains(name) {
      throw ScenarioError.unknown(
        name, at: path + ".for." + name, among: axes, in: path, origin: .program)
    }
    let along: String? =
      switch self {
      case .heatMap(let panel): panel.along
      case .numbers(let panel): panel.along
      default: nil
      }
    if let along, !axes.contains(along) {
      throw ScenarioError(
        key: path + ".along", problem: "\(path) has no axis \"\(along)\"",
        remedy: axes.isEmpty
          ? "give the scenario a sweep"
          : "set along to one of \(axes.joined(separator: ", "))")
    }
  }
}
