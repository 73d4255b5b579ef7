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
  ///
  /// Of coupled noise, in the modes of X with singular values of at least 1 and in the others.
  public var noise: [Double]
  /// Number of training samples n; nil if the rows only stand for correlations that were given.
  public var count: Int?
  /// Targets that replace those above from some iteration on, by rising iteration.
  public var stages: [Stage]

  /// Targets for the same inputs, from an iteration on.
  public struct Stage: Equatable, Sendable {
    /// The first iteration whose loss, and whose step, these targets make.
    public var from: Int
    /// Training targets, shape [sample, output].
    public var targets: Matrix<Double>
    /// Noise-free test targets, shape [test sample, output].
    public var testTargets: Matrix<Double>
    /// The map behind the targets, shape [output, input].
    public var teacher: Matrix<Double>

    /// Targets from an iteration on.
    public init(
      from: Int, targets: Matrix<Double>, testTargets: Matrix<Double>, teacher: Matrix<Double>
    ) {
      self.from = from
      self.targets = targets
      self.testTargets = testTargets
      self.teacher = teacher
    }
  }

  /// Samples with the test targets that the teacher makes, in one stage.
  ///
  /// - Parameter count: number of training samples; nil if the rows stand for given correlations.
  public init(
    inputs: Matrix<Double>, targets: Matrix<Double>, testInputs: Matrix<Double>,
    teacher: Matrix<Double>, noise: [Double], count: Int?
  ) {
    precondition(
      inputs.rows == targets.rows && inputs.columns == teacher.columns
        && testInputs.columns == teacher.columns && targets.columns == teacher.rows,
      "inputs \(inputs.shape), targets \(targets.shape), test inputs \(testInputs.shape) and "
        + "teacher \(teacher.shape) do not fit together")
    self.inputs = inputs
    self.targets = targets
    self.testInputs = testInputs
    self.testTargets = testInputs.times(teacher, right: .transposed)
    self.teacher = teacher
    self.noise = noise
    self.count = count
    stages = []
  }

  /// The samples with the targets of one of their stages, and no further stages.
  public func during(_ stage: Stage) -> Samples {
    var samples = self
    samples.targets = stage.targets
    samples.testTargets = stage.testTargets
    samples.teacher = stage.teacher
    samples.stages = []
    return samples
  }

  /// The test set as theory sees it, with N_t = 1 or the number of its rows.
  public func testSet(_ reduction: Reduction) -> LearningProblem.TestSet {
    let scale = 1 / reduction.divisor(samples: testInputs.rows)
    return LearningProblem.TestSet(
      input: scale * testInputs.times(testInputs, left: .transposed), teacher: teacher)
  }
}
