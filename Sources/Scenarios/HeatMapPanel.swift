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
