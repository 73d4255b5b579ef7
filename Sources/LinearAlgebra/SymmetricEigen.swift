import CLAPACKE

/// Eigenvalues and eigenvectors of a symmetric matrix, eigenvalues falling.
public struct SymmetricEigen: Equatable, Sendable {
  /// Eigenvalues, falling, shape [mode].
  public var values: [Double]
  /// Orthonormal eigenvectors in columns, shape [row, mode], signs fixed by the sign rule.
  public var vectors: Matrix<Double>
}

extension Matrix<Double> {
  /// Eigenvalues (falling) and eigenvectors of this matrix, of which the upper half is read.
  ///
  /// - Precondition: the matrix is square.
  /// - Throws: ``LinearAlgebraError`` if an entry is not finite or LAPACK does not converge.
  /// - Complexity: O(rows³).
  public func symmetricEigen() throws -> SymmetricEigen {
    precondition(rows == columns, "a \(shape) matrix has no symmetric eigenvalues")
    guard isFinite else {
      throw LinearAlgebraError.notFinite(factorization: "eigenvalue decomposition", shape: shape)
    }
    guard rows > 0 else { return SymmetricEigen(values: [], vectors: self) }
    var vectors = self
    var ascending = [Double](repeating: 0, count: rows)
    let info = LAPACKE_dsyevd(
      LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")), Int32(rows),
      &vectors.elements, Int32(rows), &ascending)
    try LinearAlgebraError.check(info, of: "eigenvalue decomposition", shape: shape)
    var falling = Matrix(rows: rows, columns: rows) { i, j in vectors[i, rows - 1 - j] }
    falling.makeLargestEntriesPositive()
    return SymmetricEigen(values: ascending.reversed(), vectors: falling)
  }
}
