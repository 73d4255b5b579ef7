import LinearAlgebra

/// The basis in which the fit is diagonal: Ŵ = U·S·Vᵀ with full orthogonal U and V.
///
/// Modes are ordered by falling S. The entry of largest magnitude of every right vector is
/// positive. Beyond the rank of the fit, V continues with the eigenvectors of Σxx restricted to
/// the remaining space (falling eigenvalue) and U with a Householder completion. Inside a group of
/// equal S the vectors are turned so that Σxx is diagonal there.
public struct Modes: Equatable, Sendable {
  /// U, left singular vectors in columns, shape [output, output].
  public var left: Matrix<Double>
  /// S, falling, shape [mode] with mode = min(output, input).
  public var values: [Double]
  /// V, right singular vectors in columns, shape [input, input].
  public var right: Matrix<Double>
  /// G = Vᵀ·Σxx·V, shape [input, input].
  public var metric: Matrix<Double>
  /// Eigenvalues of Σxx, falling, shape [input].
  public var inputEigenvalues: [Double]
  /// Numerical rank of the fit.
  public var rank: Int

  /// Input variances λᵢ = Gᵢᵢ of the first `modes` modes.
  public var variances: [Double] { (0..<values.count).map { metric[$0, $0] } }

  /// Input–output strengths sᵢ = Sᵢ·λᵢ, which have a meaning only when the modes are not coupled.
  public var strengths: [Double] { zip(values, variances).map { $0 * $1 } }

  /// Modes read back from a file, all of them given.
  public init(
    left: Matrix<Double>, values: [Double], right: Matrix<Double>, metric: Matrix<Double>,
    inputEigenvalues: [Double], rank: Int
  ) {
    self.left = left
    self.values = values
    self.right = right
    self.metric = metric
    self.inputEigenvalues = inputEigenvalues
    self.rank = rank
  }

  /// The modes of the fit of given correlations.
  ///
  /// - Throws: `LinearAlgebraError` if a factorisation fails.
  /// - Complexity: O(input³ + output³).
  public init(of correlations: Correlations) throws {
    let (d, outputs) = (correlations.inputs, correlations.outputs)
    inputEigenvalues = try correlations.input.symmetricEigen().values
    let thin = try correlations.fit.singularValueDecomposition()

    // Rounding in the fit grows with the condition number of X, the root of that of Σxx.
    let largest = inputEigenvalues.first ?? 0
    let smallest = inputEigenvalues.last { $0 > Double(d) * .ulpOfOne * largest } ?? largest
    let condition = smallest > 0 ? (largest / smallest).squareRoot() : 1
    let threshold = thin.roundingThreshold * condition
    let rank = thin.rank(threshold: threshold)
    self.rank = rank
    let values = (0..<min(outputs, d)).map { $0 < rank ? thin.values[$0] : 0 }
    self.values = values
    var left = thin.left.columns(0..<rank)
    var right = thin.right.columns(0..<rank)

    var start = 0
    while start < rank {
      var end = start + 1
      while end < rank && values[end - 1] - values[end] <= threshold { end += 1 }
      if end - start > 1 {
        let group = right.columns(start..<end)
        let turn = try group.times(correlations.input, left: .transposed).times(group)
          .symmetricEigen().vectors
        right.replaceColumns(from: start, by: group * turn)
        left.replaceColumns(from: start, by: left.columns(start..<end) * turn)
      }
      start = end
    }
    for j in right.makeLargestEntriesPositive() {
      for i in 0..<outputs { left[i, j] = -left[i, j] }
    }

    let completed = try right.completed(alongEigenvectorsOf: correlations.input)
    self.right = completed
    self.left = try left.completedToOrthonormalBasis()
    metric = completed.times(correlations.input, left: .transposed).times(completed)
  }

  /// A linear map in the basis of the modes, Uᵀ·W·V; both shapes [output, input].
  public func coordinates(of map: Matrix<Double>) -> Matrix<Double> {
    left.times(map, left: .transposed).times(right)
  }

  /// The linear map with the given coordinates, U·W̄·Vᵀ; both shapes [output, input].
  public func map(withCoordinates coordinates: Matrix<Double>) -> Matrix<Double> {
    (left * coordinates).times(right, right: .transposed)
  }

  /// Replaces a matrix by the linear map with the given coordinates, bit by bit as
  /// ``map(withCoordinates:)``.
  public func setMap(withCoordinates coordinates: Matrix<Double>, in map: inout Matrix<Double>) {
    map.setProduct(left * coordinates, right, right: .transposed)
  }

  /// S as a matrix of shape [output, input].
  public var fitCoordinates: Matrix<Double> {
    .diagonal(values, rows: left.rows, columns: right.rows)
  }
}

extension Matrix<Double> {
  /// These orthonormal columns, then the eigenvectors of a symmetric matrix restricted to the rest
  /// of the space, by falling eigenvalue, with the sign rule; shape [row, row].
  ///
  /// - Throws: `LinearAlgebraError` if a factorisation fails.
  public func completed(alongEigenvectorsOf symmetric: Matrix) throws -> Matrix {
    guard columns < rows else { return self }
    var completed = try completedToOrthonormalBasis()
    let rest = completed.columns(columns..<rows)
    var turned =
      try rest
      * rest.times(symmetric, left: .transposed).times(rest)
      .symmetricEigen().vectors
    turned.makeLargestEntriesPositive()
    completed.replaceColumns(from: columns, by: turned)
    return completed
  }

  /// Overwrites columns, beginning with column `first`, by those of `other`.
  mutating func replaceColumns(from first: Int, by other: Matrix) {
    for i in 0..<rows { for j in 0..<other.columns { self[i, first + j] = other[i, j] } }
  }
}
