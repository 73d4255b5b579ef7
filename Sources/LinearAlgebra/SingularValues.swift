import CLAPACKE

/// A thin singular value decomposition `M = U · diag(s) · Vᵀ`, singular vectors in columns.
public struct SingularValueDecomposition: Equatable, Sendable {
  /// Left singular vectors in columns, shape [row, mode].
  public var left: Matrix<Double>
  /// Singular values, falling, shape [mode] with mode = min(rows, columns).
  public var values: [Double]
  /// Right singular vectors in columns, shape [column, mode].
  public var right: Matrix<Double>

  /// Number of singular values above `threshold`.
  public func rank(threshold: Double) -> Int { values.prefix { $0 > threshold }.count }

  /// The usual threshold below which a singular value is rounding: max(rows, columns) · ε · s₁.
  public var roundingThreshold: Double {
    Double(max(left.rows, right.rows)) * Double.ulpOfOne * (values.first ?? 0)
  }

  /// The Moore–Penrose pseudo-inverse, without the modes below ``roundingThreshold``.
  public var pseudoInverse: Matrix<Double> {
    let rank = rank(threshold: roundingThreshold)
    var scaled = right.columns(0..<rank)
    for i in 0..<scaled.rows { for j in 0..<rank { scaled[i, j] /= values[j] } }
    return scaled.times(left.columns(0..<rank), right: .transposed)
  }
}

extension Matrix<Double> {
  /// The thin singular value decomposition, signs fixed by the sign rule.
  ///
  /// Of every right singular vector the entry of largest magnitude is positive, as
  /// ``makeLargestEntriesPositive()`` says. An empty matrix has no modes.
  ///
  /// - Throws: ``LinearAlgebraError`` if an entry is not finite or LAPACK does not converge.
  /// - Complexity: O(rows · columns · min(rows, columns)).
  public func singularValueDecomposition() throws -> SingularValueDecomposition {
    guard isFinite else {
      throw LinearAlgebraError.notFinite(
        factorization: "singular value decomposition", shape: shape)
    }
    let modes = min(rows, columns)
    guard modes > 0 else {
      return SingularValueDecomposition(
        left: Matrix(rows: rows, columns: 0), values: [], right: Matrix(rows: columns, columns: 0))
    }
    var work = elements
    var values = [Double](repeating: 0, count: modes)
    var left = Matrix(rows: rows, columns: modes)
    var rightTransposed = Matrix(rows: modes, columns: columns)
    let info = LAPACKE_dgesdd(
      LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "S")), Int32(rows), Int32(columns), &work,
      Int32(columns), &values, &left.elements, Int32(modes), &rightTransposed.elements,
      Int32(columns))
    try LinearAlgebraError.check(info, of: "singular value decomposition", shape: shape)
    var result = SingularValueDecomposition(
      left: left, values: values, right: rightTransposed.transposed)
    for flipped in result.right.makeLargestEntriesPositive() {
      for i in 0..<rows { result.left[i, flipped] = -result.left[i, flipped] }
    }
    return result
  }

  /// Applies the sign rule to every column and returns the columns whose sign changed.
  ///
  /// The entry of largest magnitude of each column becomes positive. Of entries that agree to 1e-9
  /// the first counts, so that rounding does not decide the sign of a vector such as (1, −1)/√2.
  @discardableResult
  public mutating func makeLargestEntriesPositive() -> [Int] {
    var flipped: [Int] = []
    for j in 0..<columns {
      var largest = 0.0
      for i in 0..<rows { largest = max(largest, abs(self[i, j])) }
      let decisive = (0..<rows).first { abs(self[$0, j]) >= largest * (1 - 1e-9) }
      guard let decisive, self[decisive, j] < 0 else { continue }
      for i in 0..<rows { self[i, j] = -self[i, j] }
      flipped.append(j)
    }
    return flipped
  }

  /// Singular values alone, falling.
  public func singularValues() throws -> [Double] { try singularValueDecomposition().values }
}
