import Foundation

/// Values over a plane: a number for every pair of horizontal and vertical coordinates.
public struct Grid: Equatable, Sendable {
  /// Horizontal coordinates, ascending.
  public let x: Column
  /// Vertical coordinates, ascending.
  public let y: Column
  /// The values, row-major, shape [y, x]; what is not finite is missing.
  public let values: Column

  /// A grid of values.
  ///
  /// - Parameters:
  ///   - x: horizontal coordinates, in any order.
  ///   - y: vertical coordinates, in any order.
  ///   - values: shape [y, x], row-major, in the order of the coordinates given.
  public init(x: Column, y: Column, values: Column) {
    precondition(
      values.values.count == x.values.count * y.values.count,
      "\(values.values.count) values of \(y.values.count) rows and \(x.values.count) columns")
    func order(_ values: [Double]) -> [Int] {
      values.indices.sorted { values[$0] != values[$1] ? values[$0] < values[$1] : $0 < $1 }
    }
    let (across, up) = (order(x.values), order(y.values))
    self.x = x.with(across.map { x.values[$0] })
    self.y = y.with(up.map { y.values[$0] })
    self.values = values.with(
      up.flatMap { row in across.map { values.values[row * x.values.count + $0] } })
  }

  /// A grid of a function at every pair of coordinates.
  public init(
    x: Column, y: Column, name: String, symbol: String = "", longName: String? = nil,
    _ value: (Double, Double) -> Double
  ) {
    let values = y.values.flatMap { second in x.values.map { value($0, second) } }
    self.init(
      x: x, y: y,
      values: Column(name: name, symbol: symbol, longName: longName, values: values))
  }

  /// The values of a row, by ascending vertical coordinate from 0.
  func row(_ index: Int) -> [Double] {
    let width = x.values.count
    return Array(values.values[index * width..<(index + 1) * width])
  }

  /// Whether the other grid says the same, missing values counting as equal.
  func isSame(as other: Grid) -> Bool {
    x.isSame(as: other.x) && y.isSame(as: other.y) && values.isSame(as: other.values)
  }

  /// The edges of the cells about coordinates: halfway between neighbours, in the logarithm on a
  /// logarithmic axis, where coordinates that have no place there have missing edges.
  ///
  /// - Returns: one more edge than there are coordinates.
  static func edges(about coordinates: [Double], isLogarithmic: Bool) -> [Double] {
    let places = coordinates.map { isLogarithmic ? ($0 > 0 ? log($0) : .nan) : $0 }
    let known = places.indices.filter { places[$0].isFinite }
    guard let first = known.first, let last = known.last else {
      return Array(repeating: .nan, count: coordinates.count + 1)
    }
    var edges = Array(repeating: Double.nan, count: coordinates.count + 1)
    for index in known.dropFirst() { edges[index] = places[index - 1] / 2 + places[index] / 2 }
    let half = 0.5
    edges[first] = first < last ? 2 * places[first] - edges[first + 1] : places[first] - half
    edges[last + 1] = first < last ? 2 * places[last] - edges[last] : places[last] + half
    return isLogarithmic ? edges.map(exp) : edges
  }
}

extension PlotAxis {
  /// The axis that shows the cells of a grid, from edge to edge.
  ///
  /// - Parameter isLogarithmic: `nil` for a logarithmic axis where all coordinates but a first zero
  ///   are positive and the largest is at least twenty times the smallest.
  public static func cells(
    _ coordinates: Column, label: String? = nil, isLogarithmic: Bool? = nil
  ) -> PlotAxis {
    let label = label ?? coordinates.label
    let values = coordinates.values.filter(\.isFinite).sorted()
    let positive = values.filter { $0 > 0 }
    let spansDecades =
      (values.first ?? -1) >= 0 && values.count - positive.count <= 1
      && (positive.last ?? 0) >= 20 * (positive.first ?? .infinity)
    for isLogarithmic in [isLogarithmic ?? spansDecades, false] {
      let edges = Grid.edges(about: values, isLogarithmic: isLogarithmic).filter(\.isFinite)
      if let low = edges.first, let high = edges.last, low < high, !isLogarithmic || low > 0 {
        return PlotAxis(label: label, isLogarithmic: isLogarithmic, range: low...high)
      }
    }
    return .linear(from: values.first ?? 0, through: values.last ?? 1, label: label)
  }
}
