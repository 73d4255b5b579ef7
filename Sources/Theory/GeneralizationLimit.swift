import Foundation
import LearningProblems
import LinearAlgebra
import RandomMatrices

/// Train and test error of linear regression in the limit of many Gaussian inputs and samples.
///
/// Every eigenvalue of Σxx is replaced by the Marchenko–Pastur law at γ = inputs/samples.
///
/// - Source: Advani, Saxe & Sompolinsky 2020, arXiv:1710.03667.
public struct GeneralizationLimit: ExactSolution {
  /// `generalization-limit`.
  public static let id = "generalization-limit"
  /// Name for a legend.
  public static let title = "Marchenko–Pastur limit"
  /// In one line, what it is about.
  public static let regime = "one layer, independent Gaussian inputs, large sizes: asymptotic"
  /// The paper it comes from.
  public static let source = "Advani, Saxe & Sompolinsky 2020, arXiv:1710.03667"
  /// What it predicts.
  public static let curves: [Curve] = [.loss, .risk]

  /// How well the assumptions hold.
  public let validity: Validity
  /// The curve for inputs of unit variance, all outputs together.
  public let curve: GeneralizationCurve
  /// Mean variance of an input in Σxx, and in the test set.
  let variance, testVariance: Double
  /// Loss per unit of the curve's training error.
  let samples: Double

  /// The solution of a one-layer problem with samples and a teacher.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    let expected = try ExpectedRegression(problem, id: Self.id)
    let (d, n) = (problem.correlations.inputs, expected.samples)
    let variance = problem.correlations.input.trace / Double(d)
    guard variance > 0 else { throw Self.inapplicable("the inputs are zero") }
    self.variance = variance
    testVariance = expected.test.input.trace / Double(d)
    samples = Double(n)
    let law = MarchenkoPastur(ratio: Double(d) / Double(n))
    let gap = (expected.test.teacher - problem.initialWeights.layers[0]).squaredNorm
    // On inputs of unit variance the noise of one sample, all outputs together, is this.
    let noise = expected.noise * Double(n * problem.correlations.outputs) / variance
    curve = try GeneralizationCurve(spectrum: .limit(law), teacher: gap, start: 0, noise: noise)
    var distance = 0.0
    for (i, value) in expected.regression.eigenvalues.reversed().enumerated() where value > 0 {
      let fraction = (Double(i) + 0.5) / Double(d)
      distance = max(distance, abs(law.cumulative(value / variance) - fraction))
    }
    let rate = problem.rule.timeStep * (expected.regression.eigenvalues.first ?? 0)
    let count = Double(d * problem.correlations.outputs)
    validity = Validity([
      Validity.Assumption(
        "the spectrum of the inputs is that of independent Gaussian inputs", violation: distance,
        tolerance: 0, expectedError: 3 * distance),
      Validity.Assumption(
        "there are many weights", violation: 1 / count.squareRoot(), tolerance: 0,
        expectedError: 1 / count.squareRoot()),
      expected.noiseAssumption(),
      Validity.Assumption(
        "there is no weight decay", violation: expected.regression.decay, tolerance: 0,
        expectedError: .infinity),
      Validity.Assumption(
        "steps are small", violation: rate, tolerance: 0,
        expectedError: rate < 2 ? rate / (2 * M_E) : .infinity, isStepSize: true),
    ])
  }

  /// The loss and the risk at times.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    return moments.map { time in
      let scaled = variance * time
      return Prediction([
        .loss: .number(variance * curve.trainingError(at: scaled)),
        .risk: .number(testVariance * (curve.testError(at: scaled) - curve.noise)),
      ])
    }
  }
}
