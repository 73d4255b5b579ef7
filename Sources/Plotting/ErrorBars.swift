/// Vertical bars about points, such as standard errors.
public struct ErrorBars: Mark, Equatable {
  /// Words in the legend; empty for none.
  public var label: String
  /// What runs along the points.
  public var along: Column
  /// Horizontal coordinates.
  public var x: Column
  /// Vertical coordinates.
  public var y: Column
  /// Lower ends of the bars.
  public var low: Column
  /// Upper ends of the bars.
  public var high: Column
  /// Colour.
  public var colour: Colour
  /// The vertical axis that they are measured on.
  public var side: Side

  /// Points with bars, all with as many rows as `along`.
  ///
  /// - Parameter x: `nil` for the values of `along`.
  public init(
    label: String = "", along: Column, x: Column? = nil, y: Column, low: Column, high: Column,
    colour: Colour, side: Side = .left
  ) {
    let x = x ?? along
    precondition(
      [x, y, low, high].allSatisfy { $0.values.count == along.values.count },
      "points and bars have other counts than the \(along.values.count) rows")
    self.label = label
    self.along = along
    self.x = x
    self.y = y
    self.low = low
    self.high = high
    self.colour = colour
    self.side = side
  }

  /// Draws the points and their bars.
  public func draw(on sheet: inout Sheet) {
    let (horizontal, vertical) = (sheet.panel.x, sheet.vertical(side))
    guard zip(x.values, y.values).contains(where: { horizontal.shows($0) && vertical.shows($1) })
    else { return }
    let columns = sheet.table.place([along, x, y, low, high])
    let low = sheet.heights(columns[3], on: side)
    sheet.plot(
      columns.block, using: "\(columns[1]):\(columns[2]):\(low):\(columns[4])",
      with: "yerrorbars pointtype 7 pointsize \(sheet.width(0.9)) linewidth \(sheet.width(1.6)) "
        + "linecolor rgb '\(colour.hexadecimal)'",
      side: side, label: label)
  }
}
