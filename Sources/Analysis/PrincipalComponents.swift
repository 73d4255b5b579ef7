import LinearAlgebra

/// The mean of some rows and the directions in which they vary most.
public struct PrincipalComponents: Equatable, Sendable {
  /// Mean, shape [column].
  public let mean: [Double]
  /// Covariance with n − 1 below it, shape [column, column].
  public let covariance: Matrix<Double>
  /// Variances along the components, falling, shape [component]; 0 for what rounding alone makes.
  public let variances: [Double]
  /// The components, in columns, shape [column, component].
  public let components: Matrix<Double>

  /// Components of the rows of a matrix, each counted as often as its weight says.
  ///
  /// - Parameters:
  ///   - rows: shape [row, column].
  ///   - weights: how often each row counts; nil for once.
  /// - Throws: `LinearAlgebraError` if the eigenvalues are not found.
  public init(of rows: Matrix<Double>, weights: [Int]? = nil) throws {
    covariance = Self.covariance(of: rows, weights: weights)
    mean = Self.mean(of: rows, weights: weights)
    let eigen = try covariance.symmetricEigen()
    // What is below rounding is nothing.
    let floor = (eigen.values.first ?? 0) * Double(rows.columns) * .ulpOfOne
    variances = eigen.values.map { $0 > floor ? $0 : 0 }
    components = eigen.vectors
  }

  /// The weighted mean of rows, shape [column].
  public static func mean(of rows: Matrix<Double>, weights: [Int]? = nil) -> [Double] {
    var mean = [Double](repeating: 0, count: rows.columns)
    var total = 0.0
    for row in 0..<rows.rows {
      let weight = Double(weights?[row] ?? 1)
      total += weight
      for column in mean.indices { mean[column] += weight * rows[row, column] }
    }
    return mean.map { $0 / total }
  }

  /// The covariance of rows with n − 1 below it, shape [column, column]; 0 for a single row.
  public static func covariance(
    of rows: Matrix<Double>, weights: [Int]? = nil
  ) -> Matrix<Double> {
    let mean = mean(of: rows, weights: weights)
    let total = weights?.reduce(0, +) ?? rows.rows
    var centred = rows
    centred.elements.withUnsafeMutableBufferPointer { entries in
      for row in 0..<rows.rows {
        let root = Double(weights?[row] ?? 1).squareRoot()
        for column in mean.indices {
          let place = row * mean.count + column
          entries[place] = root * (entries[place] - mean[column])
        }
      }
    }
    return 1 / Double(max(total - 1, 1)) * centred.times(centred, left: .transposed)
  }
}
