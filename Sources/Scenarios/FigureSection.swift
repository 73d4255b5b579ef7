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
  /// How often a number read off the curves lies where, over all seeds.
  case histogram(NumbersPanel)

  /// The kinds with their defaults.
  public static let kinds: [(name: String, section: PanelSection)] = [
    ("curves", .curves(CurvesPanel())), ("heat-map", .heatMap(HeatMapPanel())),
    ("plane", .plane(PlanePanel())), ("numbers", .numbers(NumbersPanel())),
    ("histogram", .histogram(NumbersPanel())),
  ]

  /// The name of the kind.
  public var kind: String {
    switch self {
    case .curves: "curves"
    case .heatMap: "heat-map"
    case .plane: "plane"
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
    case .numbers(let panel), .histogram(let panel): panel
    }
  }

  /// A panel of the same kind.
  public func with(_ contents: any PlainSection) -> PanelSection {
    switch (self, contents) {
    case (.curves, let panel as CurvesPanel): .curves(panel)
    case (.heatMap, let panel as HeatMapPanel): .heatMap(panel)
    case (.plane, let panel as PlanePanel): .plane(panel)
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

/// Curves over steps or time.
public struct CurvesPanel: PlainSection {
  /// Title above the panel.
  public var title = ""
  /// Names of the curves.
  public var curves = ["risk"]
  /// Names of curves that are drawn dashed on top, in the same order.
  public var theories: [String] = []
  /// The runs.
  public var selection = Selection()
  /// What the horizontal axis counts.
  public var abscissa = Claim.Abscissa.iteration
  /// Words at the horizontal axis; empty for what it counts.
  public var abscissaLabel = ""
  /// Words at the vertical axis; empty for the quantity.
  public var label = ""
  /// Words for the curves in the legend; none for their symbols.
  public var labels: [String] = []
  /// Whether the horizontal axis is logarithmic.
  public var isLogarithmic = true
  /// Whether the vertical axis is logarithmic.
  public var isVerticalLogarithmic = false
  /// First and last place that is drawn; empty for all.
  public var window: [Double] = []
  /// Smallest and largest value that is drawn; empty for all.
  public var range: [Double] = []
  /// Whether seeds are drawn as their mean within one standard deviation.
  public var averages = false
  /// Horizontal lines at given values.
  public var lines: [Double] = []

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields: [Field<CurvesPanel>] = [
    Field("title", \.title, "title above the panel"),
    Field("of", \.curves, Condition("at least one") { !$0.isEmpty }, "the curve or curves"),
    Field("theory", \.theories, "curves drawn dashed on top"),
    Field("for", \.selection, "the runs, by coordinates of the sweep; empty: all"),
    Field("over", \.abscissa, "what the horizontal axis counts"),
    Field("x_label", \.abscissaLabel, "words at the horizontal axis; empty: steps or time"),
    Field("y_label", \.label, "words at the vertical axis; empty: the quantity"),
    Field("labels", \.labels, "words for the curves; none: their symbols"),
    Field("log_x", \.isLogarithmic, "logarithmic horizontal axis"),
    Field("log_y", \.isVerticalLogarithmic, "logarithmic vertical axis"),
    Field("window", \.window, .window, "first and last place drawn; empty: all"),
    Field("range", \.range, .window, "smallest and largest value drawn; empty: all"),
    Field("average", \.averages, "draw the mean over the seeds, within a standard deviation"),
    Field("lines", \.lines, "horizontal lines at these values"),
  ]
}

/// One quantity over steps and a swept value, as colours.
public struct HeatMapPanel: PlainSection {
  /// Title above the panel.
  public var title = ""
  /// Name of the quantity.
  public var curve = "risk"
  /// The swept axis.
  public var along = ""
  /// The runs.
  public var selection = Selection()
  /// What the horizontal axis counts.
  public var abscissa = Claim.Abscissa.iteration
  /// Words at the horizontal axis; empty for what it counts.
  public var abscissaLabel = ""
  /// Words at the vertical axis; empty for the name of the swept axis.
  public var label = ""
  /// Words at the colours; empty for the quantity.
  public var colourLabel = ""
  /// Whether the vertical axis is logarithmic.
  public var isVerticalLogarithmic = true
  /// Whether colours are logarithmic.
  public var hasLogarithmicColours = false
  /// Smallest and largest value that has a colour of its own; empty for all.
  public var range: [Double] = []

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields: [Field<HeatMapPanel>] = [
    Field("title", \.title, "title above the panel"),
    Field("of", \.curve, "the curve"),
    Field("along", \.along, "the axis of the sweep on the vertical axis"),
    Field("for", \.selection, "the runs, by coordinates of the sweep; empty: all"),
    Field("over", \.abscissa, "what the horizontal axis counts"),
    Field("x_label", \.abscissaLabel, "words at the horizontal axis; empty: steps or time"),
    Field("y_label", \.label, "words at the vertical axis; empty: the axis of the sweep"),
    Field("colour_label", \.colourLabel, "words at the colours; empty: the quantity"),
    Field("log_y", \.isVerticalLogarithmic, "logarithmic vertical axis"),
    Field("log_colours", \.hasLogarithmicColours, "logarithmic colours"),
    Field("range", \.range, .window, "values with colours of their own; empty: all"),
  ]
}

/// One quantity against another, with the path of every run and what drives it.
public struct PlanePanel: PlainSection {
  /// Title above the panel.
  public var title = ""
  /// Name of the horizontal quantity.
  public var first = "mode_strength[1]"
  /// Name of the vertical quantity.
  public var second = "mode_strength[2]"
  /// The runs.
  public var selection = Selection()
  /// Words at the horizontal axis; empty for the quantity.
  public var firstLabel = ""
  /// Words at the vertical axis; empty for the quantity.
  public var secondLabel = ""
  /// Words for the paths; none for the coordinates of the runs.
  public var labels: [String] = []
  /// What lies under the paths.
  public var background = Background.none
  /// Smallest and largest horizontal value; empty for those of the paths.
  public var firstRange: [Double] = []
  /// Smallest and largest vertical value; empty for those of the paths.
  public var secondRange: [Double] = []

  /// The defaults.
  public init() {}

  /// What lies under the paths.
  public enum Background: String, ScenarioChoice {
    /// Nothing.
    case none
    /// Training loss of a single layer over its two weights, test risk beside it being another.
    case loss
    /// Risk of a single layer over its two weights.
    case risk
    /// Generalisation error over the overlaps R and Q.
    case overlaps
    /// Velocities of the rank-one model: strengths of two modes, or of the second layer and one.
    case field
  }

  /// The keys.
  public static let fields: [Field<PlanePanel>] = [
    Field("title", \.title, "title above the panel"),
    Field("x", \.first, "the horizontal curve"),
    Field("y", \.second, "the vertical curve"),
    Field("for", \.selection, "the runs, by coordinates of the sweep; empty: all"),
    Field("x_label", \.firstLabel, "words at the horizontal axis; empty: the quantity"),
    Field("y_label", \.secondLabel, "words at the vertical axis; empty: the quantity"),
    Field("labels", \.labels, "words for the paths; none: coordinates of the runs"),
    Field("background", \.background, "what lies under the paths"),
    Field("x_range", \.firstRange, .window, "horizontal range; empty: that of the paths"),
    Field("y_range", \.secondRange, .window, "vertical range; empty: that of the paths"),
  ]
}

/// Numbers read off the curves of a sweep.
public struct NumbersPanel: PlainSection {
  /// Title above the panel.
  public var title = ""
  /// Name of the curve.
  public var curve = "risk"
  /// What is read off.
  public var reads = Reads.leastPlace
  /// Level for `passing`, as a fraction of the last value.
  public var fraction = 0.5
  /// The swept axis.
  public var along = ""
  /// The runs.
  public var selection = Selection()
  /// What places count.
  public var abscissa = Claim.Abscissa.iteration
  /// Words at the horizontal axis; empty for the name of the swept axis.
  public var abscissaLabel = ""
  /// Words at the vertical axis.
  public var label = ""
  /// Whether the horizontal axis is logarithmic.
  public var isLogarithmic = true
  /// Whether the vertical axis is logarithmic.
  public var isVerticalLogarithmic = true
  /// Number of bars of a histogram.
  public var bars = 20

  /// The defaults.
  public init() {}

  /// What is read off.
  public enum Reads: String, ScenarioChoice {
    /// The smallest value.
    case least
    /// Where the value is smallest.
    case leastPlace = "least-place"
    /// The value at the end.
    case end
    /// Where a fraction of the last value is passed.
    case passing
  }

  /// The keys.
  public static let fields: [Field<NumbersPanel>] = [
    Field("title", \.title, "title above the panel"),
    Field("of", \.curve, "the curve"),
    Field("reads", \.reads, "what is read off it"),
    Field("fraction", \.fraction, "level for passing, as a fraction of the last value"),
    Field("along", \.along, "the axis of the sweep on the horizontal axis"),
    Field("for", \.selection, "the runs, by coordinates of the sweep; empty: all"),
    Field("over", \.abscissa, "what places count"),
    Field("x_label", \.abscissaLabel, "words at the horizontal axis; empty: the axis"),
    Field("y_label", \.label, "words at the vertical axis; empty: what is read off"),
    Field("log_x", \.isLogarithmic, "logarithmic horizontal axis"),
    Field("log_y", \.isVerticalLogarithmic, "logarithmic vertical axis"),
    Field("bars", \.bars, .within(2...200), "bars of a histogram"),
  ]
}
