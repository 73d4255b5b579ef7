import Recording

extension RunFile {
  /// The recorded iterations as a column.
  func iterationColumn() throws -> Column {
    Column(
      name: Axis.iteration.rawValue, symbol: "k", longName: Axis.iteration.longName,
      values: try iterations().map(Double.init))
  }

  /// A quantity and its recorded values; nil if the run has no rows or did not record it.
  func recorded(_ name: String) throws -> RecordedQuantity? {
    guard rows > 0, let quantity = try quantities().first(where: { $0.name == name }) else {
      return nil
    }
    let series = try series(name)
    return series.width > 0 ? RecordedQuantity(quantity: quantity, series: series) : nil
  }

  /// What a figure shows, and of which run.
  func title(_ subject: String) -> String { "\(subject) · \(scenario.name)" }
}

/// A quantity with its recorded values.
struct RecordedQuantity {
  let quantity: Quantity
  let series: Series

  /// The column of the value at a flat index of a row.
  func column(_ index: Int = 0) -> Column {
    let places = position(of: index).map { String($0 + 1) }
    let suffix = places.isEmpty ? "" : "[\(places.joined(separator: ","))]"
    let axes = zip(quantity.axes, places).map { "\($0.rawValue) \($1)" }
    return column(
      name: quantity.name + suffix, longName: ([quantity.longName] + axes).joined(separator: ", "),
      values: series.column(index))
  }

  /// A column of the same symbol and unit with other values.
  func column(name: String, longName: String, values: [Double]) -> Column {
    Column(
      name: name, symbol: quantity.symbol, units: quantity.units, longName: longName,
      values: values)
  }

  /// The mean over each row.
  var mean: Column {
    let width = Double(series.width)
    return column(
      name: quantity.name + "_mean", longName: quantity.longName + ", mean of all",
      values: (0..<series.rows).map { series.row($0).reduce(0, +) / width })
  }

  /// Indices along the axes of the value at a flat index of a row, each from 0.
  func position(of index: Int) -> [Int] {
    var (rest, position) = (index, [Int]())
    for size in series.shape.reversed() {
      position.insert(rest % size, at: 0)
      rest /= size
    }
    return position
  }
}

/// Indices from 0 as subscripts that count from 1, such as ₁₂ for [0, 1].
func subscripts(_ indices: [Int]) -> String {
  guard indices.allSatisfy({ $0 < 9 }) || indices.count == 1 else {
    return "[" + indices.map { String($0 + 1) }.joined(separator: ",") + "]"
  }
  let digits = Array("₀₁₂₃₄₅₆₇₈₉")
  return indices.map { index in
    String(String(index + 1).compactMap(\.wholeNumberValue).map { digits[$0] })
  }.joined()
}

extension [Double] {
  /// The indices of the largest values, at most `count`, in ascending order; what is not a number
  /// counts as infinitely large.
  func indicesOfLargest(_ count: Int) -> [Int] {
    func rank(_ value: Double) -> Double { value.isNaN ? .infinity : value }
    let order = indices.sorted {
      let (left, right) = (rank(self[$0]), rank(self[$1]))
      return left != right ? left > right : $0 < $1
    }
    return order.prefix(count).sorted()
  }
}
