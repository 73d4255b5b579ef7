import CLAPACKE

/// A QR factorisation with a positive diagonal of R, which makes it unique at full rank.
public struct QRDecomposition: Equatable, Sendable {
  /// Orthonormal columns, shape [row, min(rows, columns)].
  public var orthogonal: Matrix<Double>
  /// Upper triangular, shape [min(rows, columns), column], diagonal ≥ 0.
  public var triangular: Matrix<Double>
}

extension Matrix<Double> {
  /// The thin QR factorisation by Householder reflections, with the diagonal of R made ≥ 0.
  ///
  /// - Throws: ``LinearAlgebraError`` if an entry is not finite or LAPACK fails.
  /// - Complexity: O(rows · columns · min(rows, columns)).
  public func qrDecomposition() throws -> QRDecomposition {
    guard isFinite else {
      throw LinearAlgebraError.notFinite(factorization: "QR decomposition", shape: shape)
    }
    let inner = min(rows, columns)
    guard inner > 0 else {
      return QRDecomposition(
        orthogonal: Matrix(rows: rows, columns: 0), triangular: Matrix(rows: 0, columns: columns))
    }
    var work = elements
    var scales = [Double](repeating: 0, count: inner)
    try LinearAlgebraError.check(
      LAPACKE_dgeqrf(
        LAPACK_ROW_MAJOR, Int32(rows), Int32(columns), &work, Int32(columns), &scales),
      of: "QR decomposition", shape: shape)
    var triangular = Matrix(rows: inner, columns: columns) { i, j in
      j >= i ? work[i * columns + j] : 0
    }
    var orthogonal = Matrix(rows: rows, columns: inner) { i, j in work[i * columns + j] }
    try LinearAlgebraError.check(
      LAPACKE_dorgqr(
        LAPACK_ROW_MAJOR, Int32(rows), Int32(inner), Int32(inner),
        &orthogonal.elements, Int32(inner), &scales),
      of: "QR decomposition", shape: shape)
    for k in 0..<inner where triangular[k, k] < 0 {
      for j in k..<columns { triangular[k, j] = -triangular[k, j] }
      for i in 0..<rows { orthogonal[i, k] = -orthogonal[i, k] }
    }
    return QRDecomposition(orthogonal: orthogonal, triangular: triangular)
  }
}
