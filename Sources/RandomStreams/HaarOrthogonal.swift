import LinearAlgebra

/// A random orthogonal matrix of the uniform (Haar) distribution, as `scipy.stats.ortho_group.rvs`.
///
/// It is the orthogonal factor of a `size` × `size` matrix of normal numbers drawn row after row,
/// with the signs that make the diagonal of the triangular factor positive. Determinants of both
/// signs occur; size 1 gives ±1. An odd size leaves a normal number cached in the stream.
///
/// - Parameters:
///   - size: number of rows and columns, ≥ 1.
///   - stream: the stream from which `size`² normal numbers are drawn.
/// - Returns: shape [size, size]; the columns are orthonormal.
/// - Throws: ``RandomStreamError/sizeNotPositive(_:)`` if `size < 1`.
/// - Complexity: O(`size`³).
/// - Accuracy: 10⁻¹² from SciPy 1.10 or later (`HaarOrthogonalTests`). Earlier versions draw half
///   as many numbers and give other matrices.
/// - Source: Mezzadri 2007, Notices AMS 54, 592–604, arXiv:math-ph/0609050.
public func haarOrthogonal(
  _ size: Int, using stream: inout NumPyStream
) throws -> Matrix<Double> {
  guard size >= 1 else { throw RandomStreamError.sizeNotPositive(size) }
  return try stream.normals(rows: size, columns: size).qrDecomposition().orthogonal
}
