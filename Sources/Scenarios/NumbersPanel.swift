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
  /// First and last place that are read; empty for all.
  public var window: [Double] = []
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
    /// Every value.
    case all
  }

  /// The keys.
  public static let fields: [Field<NumbersPanel>] = [
    Field("title", \.title, "title above the panel"),
    Field("of", \.curve, "the curve"),
    Field("reads", \.reads, "what is read off it"),
    Field("fraction", \.fraction, "level for passing, as a fraction of the last value"),
    Field("window", \.window, .window, "first and last place that are read; empty: all"),
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
