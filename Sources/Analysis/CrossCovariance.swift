import LinearAlgebra

/// Mean products of what two networks make of the same samples, added up block by block.
///
/// The covariance of one network's rows is that of the rows with themselves. Sums have n below them.
public struct CrossCovariance: Sendable {
  /// Number of rows added so far.
  public private(set) var count = 0
  private var products: Matrix<Double>
  private var sums: (first: [Double], second: [Double])
  private var squares = (first: 0.0, second: 0.0)

  /// No rows yet, of the given lengths.
  public init(columns first: Int, _ second: Int) {
    products = Matrix(rows: first, columns: second)
    sums = (Array(repeating: 0, count: first), Array(repeating: 0, count: second))
  }

  /// Adds the rows of a block, both matrices with one row for each sample.
  ///
  /// - Complexity: O(rows · columns · columns), one matrix product.
  public mutating func add(_ first: Matrix<Double>, _ second: Matrix<Double>) {
    precondition(
      first.rows == second.rows && first.columns == products.rows
        && second.columns == products.columns,
      "rows \(first.shape) and \(second.shape) for products \(products.shape)")
    count += first.rows
    products.setProduct(first, second, left: .transposed, keep: 1)
    Self.add(first, to: &sums.first)
    Self.add(second, to: &sums.second)
    squares.first += first.squaredNorm
    squares.second += second.squaredNorm
  }

  /// Adds the rows of a block to the covariance of rows with themselves.
  public mutating func add(_ rows: Matrix<Double>) { add(rows, rows) }

  /// Adds the rows that others were made of.
  public mutating func add(_ other: CrossCovariance) {
    count += other.count
    products.add(other.products)
    for (i, sum) in other.sums.first.enumerated() { sums.first[i] += sum }
    for (i, sum) in other.sums.second.enumerated() { sums.second[i] += sum }
    squares.first += other.squares.first
    squares.second += other.squares.second
  }

  private static func add(_ rows: Matrix<Double>, to sums: inout [Double]) {
    sums.withUnsafeMutableBufferPointer { sums in
      rows.elements.withUnsafeBufferPointer { entries in
        for row in 0..<rows.rows {
          for column in sums.indices { sums[column] += entries[row * sums.count + column] }
        }
      }
    }
  }

  /// E[φψᵀ], less the product of the means where it is centred; shape [column, other column].
  ///
  /// - Precondition: rows were added.
  public func matrix(centred: Bool = false) -> Matrix<Double> {
    precondition(count > 0, "no rows were added")
    let mean = 1 / Double(count)
    var result = mean * products
    guard centred else { return result }
    for (i, first) in sums.first.enumerated() {
      for (j, second) in sums.second.enumerated() {
        result[i, j] -= mean * first * (mean * second)
      }
    }
    return result
  }

  /// E‖φ‖² and E‖ψ‖², less the squared norms of the means where they are centred.
  public func meanSquares(centred: Bool = false) -> (first: Double, second: Double) {
    let n = Double(count)
    func value(_ squares: Double, _ sums: [Double]) -> Double {
      centred ? squares / n - sums.reduce(0) { $0 + $1 / n * ($1 / n) } : squares / n
    }
    return (value(squares.first, sums.first), value(squares.second, sums.second))
  }
}
