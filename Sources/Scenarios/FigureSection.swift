/// A figure of the runs of a scenario: panels in a grid.
public struct FigureSection: PlainSection {
  /// Name of its files.
  public var name = "figure"
  /// Title above all panels; empty for that of the scenario.
  public var title = ""
  /// Columns of the grid.
  public var columns = 1
  /// The panels, row after row.
  public var panels: [PanelSection] = []

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields: [Field<FigureSection>] = [
    Field(
      "name", \.name,
      Condition("lower-case letters, digits and inner hyphens") {
        $0.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil
      }, "name of its files"),
    Field("title", \.title, "title above all panels; empty: that of the scenario"),
    Field("columns", \.columns, .within(1...8), "columns of the grid"),
    Field(list: "panels", \.panels, "the panels, row after row"),
  ]

  /// Checks what no key can check alone.
  func validate(path: String, sweep: SweepSection) throws {
    guard !panels.isEmpty else {
      throw ScenarioError(
        key: path + ".panels", problem: "\(path) has no panels", remedy: "give at least one")
    }
    let axes = sweep.axes.map(\.coordinate) + (sweep.seeds == nil ? [] : ["seed"])
    for (i, panel) in panels.enumerated() {
      try panel.validate(path: "\(path).panels[\(i + 1)]", axes: axes)
    }
  }
}
