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
