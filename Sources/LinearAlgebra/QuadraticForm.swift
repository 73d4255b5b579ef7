extension Matrix<Double> {
  /// Calls the function with δ·M·δᵀ for each row δ of `map` − `other`, in order, M being this matrix.
  ///
  /// Small forms are summed without allocating, as what is recorded at every step must be.
  ///
  /// - Parameters:
  ///   - map, other: shape [row, size], where this matrix is [size, size].
  /// - Complexity: O(row · size²).
  public func forEachRowForm(
    of map: Matrix, minus other: Matrix, _ body: (_ form: Double) -> Void
  ) {
    precondition(
      rows == columns && map.columns == rows && map.rows == other.rows
        && map.columns == other.columns,
      "a \(shape) form does not take the rows of \(map.shape) minus \(other.shape)")
    guard map.rows * rows <= 256 else {
      let gaps = map - other
      let weighted = gaps * self
      for i in 0..<map.rows {
        var sum = 0.0
        for j in 0..<rows { sum += gaps[i, j] * weighted[i, j] }
        body(sum)
      }
      return
    }
    let size = rows
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * size) { room in
      // The gap, then the gap times the form.
      for i in 0..<map.rows {
        for j in 0..<size {
          room[j] = map.elements[i * size + j] - other.elements[i * size + j]
          room[size + j] = 0
        }
        elements.withUnsafeBufferPointer { form in
          for k in 0..<size {
            let factor = room[k]
            for j in 0..<size { room[size + j] += factor * form[k * size + j] }
          }
        }
        var sum = 0.0
        for j in 0..<size { sum += room[j] * room[size + j] }
        body(sum)
      }
    }
  }

  /// The sum of δ·M·δᵀ over all rows δ of `map` − `other`, M being this matrix.
  ///
  /// - Complexity: O(row · size²).
  public func form(of map: Matrix, minus other: Matrix) -> Double {
    var sum = 0.0
    forEachRowForm(of: map, minus: other) { sum += $0 }
    return sum
  }
}
