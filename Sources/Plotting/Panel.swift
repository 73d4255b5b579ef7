/// One pair of axes of a figure with everything drawn between them.
public struct Panel: Sendable {
  /// Title above the panel; empty for none.
  public var title: String
  /// The horizontal axis.
  public var x: PlotAxis
  /// The vertical axis.
  public var y: PlotAxis
  /// The second vertical axis; `nil` for none.
  public var right: PlotAxis?
  /// What is drawn, later marks on top.
  public var marks: [any Mark]
  /// How values become colours; `nil` for what suits the marks.
  public var colours: ColourScale?
  /// Words in the middle of a panel that has nothing to draw; empty for none.
  public var notice: String
  /// Where the legend is.
  public var legend: Legend

  /// A panel between two axes.
  public init(
    title: String = "", x: PlotAxis, y: PlotAxis, right: PlotAxis? = nil, marks: [any Mark],
    colours: ColourScale? = nil, notice: String = "", legend: Legend = .none
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.right = right
    self.marks = marks
    self.colours = colours
    self.notice = notice
    self.legend = legend
  }

  /// Place of a legend, never on top of the data.
  public enum Legend: Sendable {
    /// No legend.
    case none
    /// To the right of the axes.
    case right
    /// Below the axes, side by side.
    case below
  }

  /// The marks of one kind, in order.
  public func marks<Kind: Mark>(of kind: Kind.Type) -> [Kind] { marks.compactMap { $0 as? Kind } }

  /// The scale of the colours, if there is one or a mark needs one.
  var scale: ColourScale? {
    if let colours { return colours }
    guard let column = marks.lazy.compactMap(\.coloured).first else { return nil }
    return .fitting(
      marks.compactMap { $0.coloured?.values }.flatMap(\.self), label: column.label)
  }
}
