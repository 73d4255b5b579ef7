/// Values with a name, a symbol, a unit and words for them: a column of the table of a figure.
public struct Column: Equatable, Sendable {
  /// Name in the header of the table, such as `loss` or `product[1,2]`.
  public let name: String
  /// Symbol in formulas.
  public let symbol: String
  /// Unit; 1 for what is dimensionless.
  public let units: String
  /// Meaning in words.
  public let longName: String
  /// The values; what is not finite is missing.
  public let values: [Double]

  /// A column of values.
  public init(
    name: String, symbol: String, units: String = "1", longName: String, values: [Double]
  ) {
    self.name = name
    self.symbol = symbol
    self.units = units
    self.longName = longName
    self.values = values
  }

  /// The column at some of its rows.
  func rows(_ rows: Range<Int>) -> Column {
    Column(
      name: name, symbol: symbol, units: units, longName: longName, values: Array(values[rows]))
  }

  /// Whether the other column says the same, missing values counting as equal.
  func isSame(as other: Column) -> Bool {
    name == other.name && symbol == other.symbol && units == other.units
      && longName == other.longName
      && (values == other.values
        || values.elementsEqual(other.values) { $0 == $1 || ($0.isNaN && $1.isNaN) })
  }
}

/// Points that belong together, drawn in one style and colour.
public struct Curve: Equatable, Sendable {
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

  /// A curve through the points (x, y), which both have as many rows as `along`.
  ///
  /// - Parameter x: `nil` for the values of `along`.
  public init(
    label: String = "", along: Column, x: Column? = nil, y: Column, style: Style = .empirical,
    colour: Colour
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
  }

  /// Kinds of curves.
  public enum Style: Sendable {
    /// Measured on the network: a solid line.
    case empirical
    /// Computed from theory: a dashed line.
    case theory
    /// Where a trajectory starts: a star at every point.
    case start
  }

  /// Number of points that the axes have a place for.
  func drawablePoints(x horizontal: PlotAxis, y vertical: PlotAxis) -> Int {
    zip(x.values, y.values).count { horizontal.shows($0) && vertical.shows($1) }
  }
}
