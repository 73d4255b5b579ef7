/// Points that belong together, drawn in one style and colour.
public struct Curve: Mark, Equatable {
  /// Words in the legend; empty for none.
  public var label: String
  /// What runs along the curve, such as the iteration; curves along the same share a table.
  public var along: Column
  /// Horizontal coordinates.
  public var x: Column
  /// Vertical coordinates.
  public var y: Column
  /// What kind of curve it is.
  public var style: Style
  /// Colour.
  public var colour: Colour
  /// The vertical axis that it is measured on.
  public var side: Side

  /// A curve through the points (x, y), which both have as many rows as `along`.
  ///
  /// - Parameter x: `nil` for the values of `along`.
  public init(
    label: String = "", along: Column, x: Column? = nil, y: Column, style: Style = .empirical,
    colour: Colour, side: Side = .left
  ) {
    let x = x ?? along
    precondition(
      x.values.count == along.values.count && y.values.count == along.values.count,
      "\(x.values.count) and \(y.values.count) coordinates along \(along.values.count) rows")
    self.label = label
    self.along = along
    self.x = x
    self.y = y
    self.style = style
    self.colour = colour
    self.side = side
  }

  /// Kinds of curves.
  public enum Style: Sendable {
    /// Measured on the network: a solid line.
    case empirical
    /// Computed from theory: a dashed line.
    case theory
    /// One of many that are not told apart, such as single seeds: a thin line.
    case faint
    /// For comparison: a dotted line.
    case contrast
    /// Separate points: a disc at every point.
    case points
    /// Very many separate points: a fine dot at every point.
    case dots
    /// Where a trajectory starts: a star at every point.
    case start
    /// Where a trajectory ends: a square at every point.
    case end
  }

  /// A path with a star where it starts and a square where it ends, for panels whose axes are both
  /// coordinates.
  ///
  /// - Parameter along: what runs along the path, such as the iteration.
  public static func path(
    label: String = "", along: Column, x: Column, y: Column, style: Style = .empirical,
    colour: Colour, markers: Colour = .ink
  ) -> [Curve] {
    let known = along.values.indices.filter { x.values[$0].isFinite && y.values[$0].isFinite }
    func point(_ row: Int, _ style: Style) -> Curve {
      let row = row..<row + 1
      return Curve(
        along: along.rows(row), x: x.rows(row), y: y.rows(row), style: style, colour: markers)
    }
    let line = Curve(label: label, along: along, x: x, y: y, style: style, colour: colour)
    guard let first = known.first, let last = known.last else { return [line] }
    return [line, point(first, .start), point(last, .end)]
  }

  /// Number of points that the axes have a place for.
  func drawablePoints(x horizontal: PlotAxis, y vertical: PlotAxis) -> Int {
    zip(x.values, y.values).count { horizontal.shows($0) && vertical.shows($1) }
  }

  /// Draws the curve; a line of a single point is a disc, so that it is seen.
  public func draw(on sheet: inout Sheet) {
    let points = drawablePoints(x: sheet.panel.x, y: sheet.vertical(side))
    let columns = sheet.table.place([along, x, y])
    guard points > 0 else { return }
    let shape =
      switch style {
      case .empirical where points == 1, .faint where points == 1:
        "points pointtype 7 pointsize 1.2"
      case .theory where points == 1: "points pointtype 6 pointsize 1.6"
      case .empirical,
        .contrast where points == 1:
        "lines linewidth \(sheet.width(3))"
      case .theory: "lines dashtype (14,7) linewidth \(sheet.width(2.2))"
      case .faint: "lines linewidth \(sheet.width(0.8))"
      case .contrast: "lines dashtype (2,4) linewidth \(sheet.width(2.6))"
      case .points: "points pointtype 7 pointsize \(sheet.width(0.9))"
      case .dots: "points pointtype 7 pointsize \(sheet.width(0.2))"
      case .start: "points pointtype \"★\" font \",20\""
      case .end: "points pointtype 5 pointsize 1.3"
      }
    let colouring = style == .start ? "textcolor" : "linecolor"
    sheet.plot(
      columns.block, using: "\(columns[1]):\(columns[2])",
      with: "\(shape) \(colouring) rgb '\(colour.hexadecimal)'", side: side, label: label)
  }
}
