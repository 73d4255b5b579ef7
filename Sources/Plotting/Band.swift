/// The area between two curves, such as a mean with its standard deviation on either side.
public struct Band: Mark, Equatable {
  /// Words in the legend; empty for none.
  public var label: String
  /// What runs along the band, which is its horizontal coordinate.
  public var along: Column
  /// The lower curve.
  public var low: Column
  /// The upper curve.
  public var high: Column
  /// Colour, through which what is behind still shows.
  public var colour: Colour
  /// The vertical axis that it is measured on.
  public var side: Side

  /// The area between two curves, which have as many rows as `along`.
  ///
  /// Where a curve is missing the band is interrupted. What lies below a logarithmic axis is drawn
  /// down to its end.
  public init(
    label: String = "", along: Column, low: Column, high: Column, colour: Colour,
    side: Side = .left
  ) {
    precondition(
      low.values.count == along.values.count && high.values.count == along.values.count,
      "\(low.values.count) and \(high.values.count) edges along \(along.values.count) rows")
    self.label = label
    self.along = along
    self.low = low
    self.high = high
    self.colour = colour
    self.side = side
  }

  /// The band of one standard deviation about a mean.
  public static func deviation(
    label: String = "", along: Column, mean: Column, deviation: [Double], colour: Colour,
    side: Side = .left
  ) -> Band {
    func edge(_ sign: Double, _ word: String) -> Column {
      Column(
        name: "\(mean.name)_\(word)", symbol: mean.symbol, units: mean.units,
        longName: "\(mean.longName), \(sign < 0 ? "less" : "plus") one standard deviation",
        values: zip(mean.values, deviation).map { $0 + sign * $1 })
    }
    return Band(
      label: label, along: along, low: edge(-1, "low"), high: edge(1, "high"), colour: colour,
      side: side)
  }

  /// Draws the area.
  public func draw(on sheet: inout Sheet) {
    let (horizontal, vertical) = (sheet.panel.x, sheet.vertical(side))
    let rows = along.values.indices.filter {
      horizontal.shows(along.values[$0]) && low.values[$0].isFinite
        && vertical.shows(high.values[$0])
    }
    guard !rows.isEmpty else { return }
    let columns = sheet.table.place([along, low, high])
    sheet.plot(
      columns.block, using: "\(columns[0]):\(sheet.heights(columns[1], on: side)):\(columns[2])",
      with: "filledcurves fillstyle transparent solid 0.25 noborder "
        + "fillcolor rgb '\(colour.hexadecimal)'",
      side: side, label: label)
  }
}
