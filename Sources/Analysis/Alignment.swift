import Foundation
import LinearAlgebra

/// The orthogonal map that brings some rows as near to others as possible, min ‖B − A·Q‖.
///
/// Rows may have different lengths; Q then maps into or onto the other space.
///
/// - Parameters:
///   - rows: A, shape [row, column].
///   - target: B, shape [row, target column].
/// - Returns: Q, shape [column, target column].
/// - Throws: `LinearAlgebraError` if the singular values are not found.
/// - Source: Schönemann 1966, Psychometrika 31, 1–10, doi:10.1007/BF02289451.
public func orthogonalAlignment(
  of rows: Matrix<Double>, to target: Matrix<Double>
) throws -> Matrix<Double> {
  let decomposition = try rows.times(target, left: .transposed).singularValueDecomposition()
  return decomposition.left.times(decomposition.right, right: .transposed)
}

/// The angles between the spans of the columns of two matrices, rising, in radians.
///
/// There are as many as the smaller of the two spans has dimensions.
///
/// - Throws: `LinearAlgebraError` if a factorisation fails.
/// - Source: Björck & Golub 1973, Math. Comp. 27, 579–594, doi:10.1090/S0025-5718-1973-0348991-3.
public func principalAngles(
  between first: Matrix<Double>, and second: Matrix<Double>
) throws -> [Double] {
  func basis(_ matrix: Matrix<Double>) throws -> Matrix<Double> {
    let decomposition = try matrix.singularValueDecomposition()
    return decomposition.left.columns(
      0..<decomposition.rank(threshold: decomposition.roundingThreshold))
  }
  let (a, b) = (try basis(first), try basis(second))
  guard a.columns > 0, b.columns > 0 else { return [] }
  // Small angles from the sine, which the cosine cannot tell from 0.
  let overlap = a.times(b, left: .transposed)
  let cosines = try overlap.singularValues()
  let (small, large) = a.columns <= b.columns ? (a, b) : (b, a)
  let rest = small - large * large.times(small, left: .transposed)
  let sines = Array(try rest.singularValues().reversed())
  return zip(cosines, sines).map { cosine, sine in
    cosine * cosine < 0.5 ? acos(min(cosine, 1)) : asin(min(sine, 1))
  }
}
