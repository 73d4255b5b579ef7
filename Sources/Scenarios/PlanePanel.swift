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
