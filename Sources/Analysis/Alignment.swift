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
  try polarFactor(of: rows.times(target, left: .transposed))
}

/// The orthogonal matrix nearest to another one, U·Vᵀ of U·diag(s)·Vᵀ.
private func polarFactor(of matrix: Matrix<Double>) throws -> Matrix<Double> {
  let decomposition = try matrix.singularValueDecomposition()
  return decomposition.left.times(decomposition.right, right: .transposed)
}

/// The orthogonal map between what two networks make of the same samples, from their cross-covariance.
///
/// - Source: Schönemann 1966, as above; r² as in Guth, Ménard, Rochette & Mallat 2024, JMLR 25,
///   arXiv:2305.18512.
public struct ProcrustesAlignment: Equatable, Sendable {
  /// A, shape [column, other column]: rows of the first times A are nearest to those of the second.
  public let rotation: Matrix<Double>
  /// Whether the means are taken out before.
  public let isCentred: Bool

  /// The alignment of some samples.
  ///
  /// - Throws: `LinearAlgebraError` if the singular values are not found.
  public init(_ covariance: CrossCovariance, centred: Bool = false) throws {
    rotation = try polarFactor(of: covariance.matrix(centred: centred))
    isCentred = centred
  }

  /// r² = tr(Aᵀ·E[φψᵀ])/√(E‖φ‖²·E‖ψ‖²) on some samples, those of the alignment or others.
  ///
  /// 1 where the rotation maps the rows onto one another, up to a factor; at least 0 on the samples
  /// of the alignment, where the numerator is the sum of the singular values. NaN where one of the
  /// networks makes nothing of them.
  public func similarity(on covariance: CrossCovariance) -> Double {
    let products = covariance.matrix(centred: isCentred)
    let numerator = zip(rotation.elements, products.elements).reduce(0) { $0 + $1.0 * $1.1 }
    let squares = covariance.meanSquares(centred: isCentred)
    let denominator = (squares.first * squares.second).squareRoot()
    return denominator > 0 ? numerator / denominator : .nan
  }
}

/// |V₁ᵀ·A·V₂| for directions in the columns of both, shape [direction, other direction].
///
/// - Parameter alignment: maps rows of the first space to the second; nil for one common space.
public func overlaps(
  of first: Matrix<Double>, _ second: Matrix<Double>, alignment: Matrix<Double>? = nil
) -> Matrix<Double> {
  let turned = alignment.map { $0.times(first, left: .transposed) } ?? first
  return turned.times(second, left: .transposed).map(abs)
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
