import Foundation
import LinearAlgebra

/// What a layer makes of rows when it reads only their part in the span of some directions.
///
/// With P_k = V_k·V_kᵀ of the first k directions, rows·(W·P_k)ᵀ. Each further direction adds a
/// product of rank one, so that all ranks together cost little more than the last.
public struct Clipping: Sendable {
  private let read: Matrix<Double>
  private let written: Matrix<Double>

  /// A layer that reads some rows along some directions.
  ///
  /// - Parameters:
  ///   - rows: shape [row, column].
  ///   - weights: W, shape [output, column].
  ///   - directions: V, orthonormal, in columns, shape [column, direction].
  public init(rows: Matrix<Double>, weights: Matrix<Double>, directions: Matrix<Double>) {
    read = rows * directions
    written = weights * directions
  }

  /// Calls a function with the outputs at each rank, shape [row, output].
  ///
  /// - Parameter ranks: rising, at most the number of directions; 0 gives zeros.
  /// - Complexity: O(row · output · largest rank).
  public func forEach(
    ranks: [Int], _ body: (_ rank: Int, _ outputs: Matrix<Double>) throws -> Void
  ) rethrows {
    var outputs = Matrix<Double>(rows: read.rows, columns: written.rows)
    var done = 0
    for rank in ranks {
      precondition(
        (done...read.columns).contains(rank), "rank \(rank) after \(done) of \(read.columns)")
      let next = done..<rank
      if !next.isEmpty {
        outputs.setProduct(
          read.columns(next), written.columns(next), right: .transposed, keep: 1)
      }
      done = rank
      try body(rank, outputs)
    }
  }
}

/// Ranks from 1 to the largest at about equal distances of their logarithms, each once.
public func logSpacedRanks(through largest: Int, count: Int = 24) -> [Int] {
  guard largest > 1, count > 1 else { return [largest] }
  let ranks = (0..<count).map { step in
    Int(pow(Double(largest), Double(step) / Double(count - 1)).rounded())
  }
  return ranks.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
}
