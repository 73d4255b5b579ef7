/// Entries of one list of a run against those of another, at one step.
public struct EntriesPanel: PlainSection {
  /// Title above the panel.
  public var title = ""
  /// Names of the vertical lists, each with a star in the place that runs.
  public var curves: [String] = []
  /// Name of the horizontal list; empty for the number of the entry.
  public var first = ""
  /// The step.
  public var place = Place.end
  /// The runs.
  public var selection = Selection()
  /// Words at the horizontal axis; empty for the quantity.
  public var firstLabel = ""
  /// Words at the vertical axis; empty for the quantity.
  public var label = ""
  /// Words for the lists in the legend; none for their names.
  public var labels: [String] = []
  /// Whether the horizontal axis is logarithmic.
  public var isLogarithmic = true
  /// Whether the vertical axis is logarithmic.
  public var isVerticalLogarithmic = true

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields: [Field<EntriesPanel>] = [
    Field("title", \.title, "title above the panel"),
    Field(
      "of", \.curves, Condition("at least one") { !$0.isEmpty },
      "the vertical list or lists, such as layer_share[*,1]"),
    Field("x", \.first, "the horizontal list; empty: the number of the entry"),
    Field("at", \.place, "where: start, end or a number"),
    Field("for", \.selection, "the runs, by coordinates of the sweep; empty: all"),
    Field("x_label", \.firstLabel, "words at the horizontal axis; empty: the quantity"),
    Field("y_label", \.label, "words at the vertical axis; empty: the quantity"),
    Field("labels", \.labels, "words for the lists; none: their names"),
    Field("log_x", \.isLogarithmic, "logarithmic horizontal axis"),
    Field("log_y", \.isVerticalLogarithmic, "logarithmic vertical axis"),
  ]
}
