import LinearAlgebra
import Scenarios

extension CorrelationData {
  /// Rows that have exactly the given correlations, so that gradient descent on them is the same.
  ///
  /// With Σxx = V·Λ·Vᵀ the rows are X = Λ^½·Vᵀ and Y = Λ^(−½)·Vᵀ·Σyxᵀ, one per eigenvalue above
  /// rounding: then XᵀX = Σxx and YᵀX = Σyx. What the sum of squares of the targets has beyond
  /// these is a further row of targets with zero inputs, which no map can fit. The number of
  /// samples is left open.
  ///
  /// - Throws: `ScenarioError` if no samples can have these correlations, `LinearAlgebraError` if
  ///   a factorisation fails.
  public func samples() throws -> Samples {
    let (x, inverse) = try Self.squareRoot(of: Matrix(input), key: "data.input_correlation")
    let given = Matrix(inputOutput)
    let y = inverse.times(given, right: .transposed)
    let gap = given - y.times(x, left: .transposed)
    // Rounding grows with the condition of Σxx; what is missed by more lies where Σxx is zero.
    guard gap.norm <= 1e-8 * given.norm else {
      throw ScenarioError(
        key: "data.input_output_correlation",
        problem: "Σyx correlates the outputs with inputs that have no variance in Σxx",
        remedy: "make Σyx zero along the directions where Σxx is")
    }
    let explained = y.squaredNorm
    let wanted = targetSquare ?? explained
    guard wanted >= explained * (1 - 1e-12) else {
      throw ScenarioError(
        key: "data.target_square",
        problem: "The targets' sum of squares is \(wanted), but the correlations need \(explained)",
        remedy: "give at least that, or null")
    }
    let extra = (max(0, wanted - explained) / Double(outputs)).squareRoot()
    let rest = extra > 0 || x.rows == 0 ? 1 : 0
    let fit = y.times(inverse, left: .transposed)
    return Samples(
      inputs: Matrix(
        rows: x.rows + rest, columns: inputs,
        elements: x.elements + Array(repeating: 0, count: rest * inputs)),
      targets: Matrix(
        rows: x.rows + rest, columns: outputs,
        elements: y.elements + Array(repeating: extra, count: rest * outputs)),
      testInputs: try test.map {
        try Self.squareRoot(of: Matrix($0), key: "data.test_correlation").root
      } ?? x,
      teacher: teacher.map { Matrix($0).transposed } ?? fit, noise: [0, 0], count: nil)
  }

  /// Λ^½·Vᵀ and Λ^(−½)·Vᵀ of a symmetric matrix, one row per eigenvalue above rounding.
  private static func squareRoot(
    of symmetric: Matrix<Double>, key: String
  ) throws -> (root: Matrix<Double>, inverse: Matrix<Double>) {
    let eigen = try symmetric.symmetricEigen()
    let threshold =
      Double(symmetric.rows) * .ulpOfOne * (eigen.values.map(abs).max() ?? 0)
    if let least = eigen.values.last, least < -10 * threshold {
      throw ScenarioError(
        key: key, problem: "Σxx has the eigenvalue \(least)", remedy: "all must be at least 0")
    }
    let kept = eigen.values.prefix { $0 > threshold }
    return (
      Matrix(rows: kept.count, columns: symmetric.rows) { i, j in
        kept[i].squareRoot() * eigen.vectors[j, i]
      },
      Matrix(rows: kept.count, columns: symmetric.rows) { i, j in
        eigen.vectors[j, i] / kept[i].squareRoot()
      }
    )
  }
}
