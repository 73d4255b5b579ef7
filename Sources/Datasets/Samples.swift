import LearningProblems
import LinearAlgebra

/// Training and test samples of a linear map.
public struct Samples: Equatable, Sendable {
  /// Training inputs X, shape [sample, input].
  public var inputs: Matrix<Double>
  /// Training targets Y, shape [sample, output].
  public var targets: Matrix<Double>
  /// Test inputs Xₜ, shape [test sample, input].
  public var testInputs: Matrix<Double>
  /// Noise-free test targets Yₜ, shape [test sample, output].
  public var testTargets: Matrix<Double>
  /// The map Bᵀ behind the targets, shape [output, input].
  public var teacher: Matrix<Double>
  /// Standard deviation of the noise in the two halves of the training rows.
  public var noise: [Double]

  /// The test set as theory sees it, with N_t = 1 or the number of its rows.
  public func testSet(_ reduction: Reduction) -> LearningProblem.TestSet {
    let scale = 1 / reduction.divisor(samples: testInputs.rows)
    return LearningProblem.TestSet(
      input: scale * testInputs.times(testInputs, left: .transposed), teacher: teacher)
  }
}
