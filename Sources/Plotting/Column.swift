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
  ///
  /// - Parameters:
  ///   - symbol: by default none.
  ///   - longName: by default the name.
  public init(
    name: String, symbol: String = "", units: String = "1", longName: String? = nil,
    values: [Double]
  ) {
    self.name = name
    self.symbol = symbol
    self.units = units
    self.longName = longName ?? name
    self.values = values
  }

  /// Words for an axis: meaning, symbol and unit.
  public var label: String {
    let words = symbol.isEmpty || symbol == longName ? longName : "\(longName) \(symbol)"
    return units == "1" ? words : "\(words) (\(units))"
  }

  /// The column at some of its rows.
  func rows(_ rows: Range<Int>) -> Column { with(Array(values[rows])) }

  /// A column of the same meaning with other values.
  func with(_ values: [Double]) -> Column {
    Column(name: name, symbol: symbol, units: units, longName: longName, values: values)
  }

  /// Whether the other column says the same, missing values counting as equal.
  func isSame(as other: Column) -> Bool {
    name == other.name && symbol == other.symbol && units == other.units
      && longName == other.longName
      && (values == other.values
        || values.elementsEqual(other.values) { $0 == $1 || ($0.isNaN && $1.isNaN) })
  }
}
