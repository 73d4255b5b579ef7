import Foundation
import LinearAlgebra

/// How many directions a spectrum fills: the exponential of the entropy of its shares.
///
/// - Parameter values: eigenvalues, or squares of singular values, each ≥ 0; 0 if all are.
/// - Source: Roy & Vetterli 2007, "The effective rank", EUSIPCO, 606–610.
public func effectiveRank(of values: [Double]) -> Double {
  let total = values.reduce(0, +)
  guard total > 0 else { return 0 }
  return exp(
    values.reduce(0) { sum, value in
      let share = value / total
      return share > 0 ? sum - share * log(share) : sum
    })
}

/// How many directions a spectrum fills: (Σλ)²/Σλ²; 0 if all are 0.
public func participationRatio(of values: [Double]) -> Double {
  let squares = values.reduce(0) { $0 + $1 * $1 }
  let total = values.reduce(0, +)
  return squares > 0 ? total * total / squares : 0
}

/// Cosines between the rows of a matrix in the metric of another one, uᵀMv/√(uᵀMu·vᵀMv).
///
/// A row without length has the cosine 0 with every other.
///
/// - Parameters:
///   - rows: shape [row, column].
///   - metric: symmetric, ≥ 0, shape [column, column]; nil for the usual one.
/// - Returns: shape [row, row], ones on the diagonal.
public func rowCosines(
  of rows: Matrix<Double>, metric: Matrix<Double>? = nil
) -> Matrix<Double> {
  let products = (metric.map { rows * $0 } ?? rows).times(rows, right: .transposed)
  return Matrix(rows: rows.rows, columns: rows.rows) { i, j in
    if i == j { return 1 }
    let square = products[i, i] * products[j, j]
    return square > 0 ? products[i, j] / square.squareRoot() : 0
  }
}
