import LinearAlgebra

/// A problem of learning a linear map, as exact theory and reduced dynamics see it.
public struct LearningProblem: Equatable, Sendable {
  /// The training correlations and their fit.
  public var correlations: Correlations
  /// The basis in which the fit is diagonal.
  public var modes: Modes
  /// Weights at step 0 in the original space, hidden width possibly reduced.
  public var initialWeights: LinearWeights
  /// The rule of a step.
  public var rule: StepRule
  /// What the risk is measured on, if anything is.
  public var test: TestSet?
  /// Number of training samples n, if the correlations came from samples.
  public var samples: Int?
  /// Standard deviations of the target noise in the two halves of the rows.
  public var noise: [Double]

  /// The correlations of a set of test inputs with noise-free targets, and the map behind these.
  public struct TestSet: Equatable, Sendable {
    /// Gram matrix XₜᵀXₜ/Nₜ, shape [input, input].
    public var input: Matrix<Double>
    /// The map that made the targets, shape [output, input].
    public var teacher: Matrix<Double>

    /// A test set with the given Gram matrix and teacher.
    public init(input: Matrix<Double>, teacher: Matrix<Double>) {
      self.input = input
      self.teacher = teacher
    }

    /// The risk of a linear map, the sum of squared errors over Nₜ.
    public func risk(of map: Matrix<Double>) -> Double {
      input.form(of: map, minus: teacher)
    }
  }

  /// A problem from its parts; the modes are those of the correlations unless given.
  ///
  /// - Throws: `LinearAlgebraError` if the modes cannot be computed.
  public init(
    correlations: Correlations, modes: Modes? = nil, initialWeights: LinearWeights,
    rule: StepRule, test: TestSet? = nil, samples: Int? = nil, noise: [Double] = [0, 0]
  ) throws {
    self.correlations = correlations
    self.modes = try modes ?? Modes(of: correlations)
    self.initialWeights = initialWeights
    self.rule = rule
    self.test = test
    self.samples = samples
    self.noise = noise
  }
}
