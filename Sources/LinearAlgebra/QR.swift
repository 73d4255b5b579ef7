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
  /// - Throws: ``LinearAlgebraError`` if an entry is not finite.
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
    LAPACKE_dgeqrf(
      LAPACK_ROW_MAJOR, Int32(rows), Int32(columns), &work, Int32(columns), &scales)
    var triangular = Matrix(rows: inner, columns: columns) { i, j in
      j >= i ? work[i * columns + j] : 0
    }
    var orthogonal = Matrix(rows: rows, columns: inner) { i, j in work[i * columns + j] }
    LAPACKE_dorgqr(
      LAPACK_ROW_MAJOR, Int32(rows), Int32(inner), Int32(inner),
      &orthogonal.elements, Int32(inner), &scales)
    for k in 0..<inner where triangular[k, k] < 0 {
      for j in k..<columns { triangular[k, j] = -triangular[k, j] }
      for i in 0..<rows { orthogonal[i, k] = -orthogonal[i, k] }
    }
    return QRDecomposition(orthogonal: orthogonal, triangular: triangular)
  }

  /// An orthonormal basis whose first columns are this matrix's own (orthonormal) columns.
  ///
  /// The added columns come from the Householder factorisation of `[self, I]`, signs by the sign
  /// rule; shape [row, row].
  ///
  /// - Throws: ``LinearAlgebraError`` if an entry is not finite.
  public func completedToOrthonormalBasis() throws -> Matrix {
    guard columns < rows else { return self }
    // Each unit vector enters by how much of it the columns already hold: the least held first,
    // so that the new columns are well determined.
    let held = (0..<rows).map { i in row(i).reduce(0) { $0 + $1 * $1 } }
    let order = (0..<rows).sorted { (held[$0], $0) < (held[$1], $1) }
    let units = Matrix(rows: rows, columns: rows) { i, j in i == order[j] ? 1 : 0 }
    let all = try joined(right: units).qrDecomposition().orthogonal
    var added = all.columns(columns..<rows)
    added.makeLargestEntriesPositive()
    return joined(right: added)
  }
}
