import Foundation
import LearningProblems
import LinearAlgebra

/// Linear regression averaged over the noise of the targets, for given inputs and teacher.
struct ExpectedRegression: Sendable {
  let regression: LinearRegression
  let test: LearningProblem.TestSet
  /// The teacher in the eigenbasis of Σxx.
  let teacher: Matrix<Double>
  /// The diagonal of the test Gram matrix in the eigenbasis.
  let testWeights: [Double]
  /// σ_ε²/N, the noise of one sample on the scale of the correlations.
  let noise: Double
  let samples: Int

  init(_ problem: LearningProblem, id: String) throws(TheoryError) {
    regression = try LinearRegression(problem, id: id)
    guard let test = problem.test else {
      throw .doesNotApply(solution: id, reason: "the problem has no teacher")
    }
    guard let samples = problem.samples, samples > 0 else {
      throw .doesNotApply(solution: id, reason: "the problem has no samples")
    }
    self.test = test
    self.samples = samples
    teacher = test.teacher * regression.vectors
    let rotated = regression.vectors.times(test.input, left: .transposed).times(regression.vectors)
    testWeights = rotated.diagonal
    noise = Self.scaledNoise(of: problem, test: test, samples: samples)
  }

  /// σ_ε²/N with N = 1 or the number of samples.
  ///
  /// The correlations do not say which N they were divided by, but the loss of the teacher is the
  /// mean noise times samples·outputs/N, which tells 1 from n.
  static func scaledNoise(
    of problem: LearningProblem, test: LearningProblem.TestSet, samples: Int
  ) -> Double {
    let variance =
      problem.noise.reduce(0) { $0 + $1 * $1 } / Double(max(problem.noise.count, 1))
    let measured = problem.correlations.loss(of: test.teacher)
    guard variance > 0, measured > 0 else { return 0 }
    let count = Double(samples * problem.correlations.outputs)
    let divisor = count * variance / measured
    return log(divisor) < log(Double(samples)) / 2 ? variance : variance / Double(samples)
  }

  /// The mean map, its variance per output in every direction, expected loss and risk.
  func moments(
    kept: [Double], gained: [Double]
  ) -> (mean: Matrix<Double>, variance: [Double], loss: Double, risk: Double) {
    let values = regression.eigenvalues
    let rotated = Matrix(rows: teacher.rows, columns: teacher.columns) { i, k in
      regression.start[i, k] * kept[k] + teacher[i, k] * values[k] * gained[k]
    }
    let mean = rotated.times(regression.vectors, right: .transposed)
    let variance = values.indices.map { noise * values[$0] * gained[$0] * gained[$0] }
    let outputs = Double(teacher.rows)
    var (loss, seen) = (0.0, 0)
    for k in values.indices where values[k] > 0 {
      let left = 1 - values[k] * gained[k]
      loss += outputs * noise * left * left
      for i in 0..<teacher.rows {
        let gap = rotated[i, k] - teacher[i, k]
        loss += values[k] * gap * gap
      }
      seen += 1
    }
    loss += outputs * noise * Double(max(0, samples - seen))
    let spread = zip(variance, testWeights).reduce(0) { $0 + $1.0 * $1.1 }
    return (mean, variance, loss, test.risk(of: mean) + outputs * spread)
  }

  /// That the targets are those of the teacher plus noise of the stated size.
  func noiseAssumption() -> Validity.Assumption {
    let problem = regression.problem
    let measured = problem.correlations.loss(of: test.teacher)
    let count = Double(samples * problem.correlations.outputs)
    // The squared noise of all samples fluctuates by √(2/count) of itself.
    let name = "the targets are the teacher's plus noise of the stated size"
    guard noise > 0 else {
      let share = measured / max(problem.correlations.targetSquare, 1e-300)
      return Validity.Assumption(
        name, violation: share, tolerance: 1e-12, expectedError: .infinity)
    }
    let departure = abs(log(measured / (noise * count)))
    return Validity.Assumption(
      name, violation: departure, tolerance: 5 * (2 / count).squareRoot(),
      expectedError: departure)
  }

  /// That the noise is averaged over: how much the risk of one draw varies at late times.
  func averagingAssumption() -> Validity.Assumption {
    let values = regression.eigenvalues
    let late = values.map { $0 > 0 ? 1 / $0 : 0 }
    let (_, variance, _, risk) = moments(kept: values.map { $0 > 0 ? 0 : 1 }, gained: late)
    var square = 0.0
    for (v, g) in zip(variance, testWeights) { square += 2 * Double(teacher.rows) * v * g * v * g }
    let fluctuation = risk > 0 ? square.squareRoot() / risk : 0
    return Validity.Assumption(
      "the noise is averaged over", violation: fluctuation, tolerance: 1e-12,
      expectedError: fluctuation)
  }
}
