import COpenBLAS

extension Matrix<Double> {
  /// An orthonormal basis whose first columns are this matrix's own (orthonormal) columns.
  ///
  /// One column at a time is added: of the unit vector that has the smallest part in the columns so
  /// far (the first of those that agree to 1e-9), what is orthogonal to them. The remainder is then
  /// never shorter than √(missing columns / rows), so rounding cannot choose the direction. Signs
  /// by the sign rule; shape [row, row].
  ///
  /// - Precondition: there are at most as many columns as rows.
  /// - Throws: ``LinearAlgebraError`` if an entry is not finite.
  /// - Complexity: O(rows² · missing columns).
  public func completedToOrthonormalBasis() throws -> Matrix {
    precondition(columns <= rows, "the columns of a \(shape) matrix are not orthonormal")
    guard isFinite else {
      throw LinearAlgebraError.notFinite(factorization: "completion to a basis", shape: shape)
    }
    guard columns < rows else { return self }
    // The basis in rows, which are contiguous, and the squared part of each unit vector in it.
    var basis = transposed.elements
    var parts = (0..<rows).map { i in row(i).reduce(0) { $0 + $1 * $1 } }
    for count in columns..<rows {
      let smallest = parts.reduce(.infinity, min)
      var vector = [Double](repeating: 0, count: rows)
      if let i = parts.firstIndex(where: { $0 <= smallest + 1e-9 }) { vector[i] = 1 }
      // A second pass removes what rounding left in the first.
      for _ in 0..<2 { Self.removeParts(of: &vector, in: basis, count: count) }
      let length = cblas_dnrm2(blasint(rows), vector, 1)
      for i in 0..<rows {
        vector[i] /= length
        parts[i] += vector[i] * vector[i]
      }
      basis += vector
    }
    var added = Matrix(rows: rows, columns: rows, elements: basis).transposed
      .columns(columns..<rows)
    added.makeLargestEntriesPositive()
    return joined(right: added)
  }

  /// Subtracts from a vector its projections on `count` orthonormal vectors, stored in rows.
  private static func removeParts(of vector: inout [Double], in basis: [Double], count: Int) {
    guard count > 0 else { return }
    let (rows, columns) = (blasint(count), blasint(vector.count))
    var overlaps = [Double](repeating: 0, count: count)
    cblas_dgemv(
      CblasRowMajor, CblasNoTrans, rows, columns, 1, basis, columns, vector, 1, 0, &overlaps, 1)
    cblas_dgemv(
      CblasRowMajor, CblasTrans, rows, columns, -1, basis, columns, overlaps, 1, 1, &vector, 1)
  }
}
