import Datasets
import LearningProblems
import LinearAlgebra
import Networks
import Scenarios

/// What the recorded quantities of a linear network are measured against.
public struct LinearMeasures: Sendable {
  /// The learning problem.
  public let problem: LearningProblem
  /// Training inputs X, shape [sample, input].
  let inputs: Matrix<Double>
  /// Training targets Y, shape [sample, output].
  let targets: Matrix<Double>
  /// Eigenvalues and eigenvectors of Σxx.
  let inputEigen: SymmetricEigen
  /// Σxx^½, shape [input, input].
  let inputRoot: Matrix<Double>
  /// Test inputs, shape [test sample, input], and noise-free targets.
  private let testInputs: Matrix<Double>
  private let testTargets: Matrix<Double>
  private let testDivisor: Double
  private let isAbsolute: Bool
  /// The map behind the targets Bᵀ, shape [output, input].
  public let teacher: Matrix<Double>
  /// The teacher in the basis of the modes, B̄ = Uᵀ·Bᵀ·V, shape [output, input].
  public let teacherCoordinates: Matrix<Double>
  /// The test Gram matrix in the basis of the modes, G_t = Vᵀ·XₜᵀXₜ·V/Nₜ, shape [input, input].
  public let testMetric: Matrix<Double>
  /// The fit in the basis of the modes, S on the diagonal if they are its own; [output, input].
  public let fitCoordinates: Matrix<Double>
  /// The hidden directions in which the balance is measured; nil for all of them.
  private let hiddenBasis: Matrix<Double>?
  /// The balance between neighbouring layers at the start.
  private let initialBalances: [Matrix<Double>]

  /// Measures for a problem, the samples that it came from, and the network at its start.
  ///
  /// - Parameter fitCoordinates: the fit in the basis of the modes, where they are not its own.
  /// - Throws: `LinearAlgebraError` if a weight is not finite.
  public init(
    problem: LearningProblem, samples: Samples, network: LinearNetwork, reduction: Reduction,
    riskLoss: RecordSection.RiskLoss, fitCoordinates: Matrix<Double>? = nil
  ) throws {
    self.problem = problem
    hiddenBasis = try network.weights.hiddenBasis()
    initialBalances = network.weights.reduced(to: hiddenBasis)
      .balances(rates: problem.rule.rates)
    inputs = samples.inputs
    targets = samples.targets
    inputEigen = try problem.correlations.input.symmetricEigen()
    let roots = Matrix.diagonal(inputEigen.values.map { max($0, 0).squareRoot() })
    inputRoot = (inputEigen.vectors * roots).times(inputEigen.vectors, right: .transposed)
    testInputs = samples.testInputs
    testTargets = samples.testTargets
    testDivisor = reduction.divisor(samples: samples.testInputs.rows)
    isAbsolute = riskLoss == .absolute
    teacher = samples.teacher
    let modes = problem.modes
    teacherCoordinates = modes.coordinates(of: samples.teacher)
    let gram = samples.testSet(reduction).input
    testMetric = modes.right.times(gram, left: .transposed).times(modes.right)
    self.fitCoordinates = fitCoordinates ?? modes.fitCoordinates
  }

  /// Largest norm of the change of a balance Λ since the start; 0 for a single layer.
  public func balanceGap(of weights: LinearWeights) -> Double {
    let now = weights.reduced(to: hiddenBasis).balances(rates: problem.rule.rates)
    return zip(now, initialBalances).map { ($0 - $1).norm }.max() ?? 0
  }

  /// The risk of a linear map: squared or absolute errors over the test samples, over Nₜ.
  ///
  /// - Complexity: O(test sample · input · output).
  public func risk(of map: Matrix<Double>) -> Double {
    let errors = testInputs.times(map, right: .transposed) - testTargets
    let sum = isAbsolute ? errors.elements.reduce(0) { $0 + abs($1) } : errors.squaredNorm
    return sum / testDivisor
  }
}

/// A linear network at one iteration of its training, with what is recorded of it.
public struct LinearObservation: Sendable {
  /// Number of steps taken.
  public let iteration: Int
  /// Time t_k.
  public let time: Double
  /// Rates of the step from here, shape [layer].
  public let rates: [Double]
  /// Loss 2J on the training samples.
  public let loss: Double
  /// The network.
  public let network: LinearNetwork
  /// What it is measured against.
  public let measures: LinearMeasures
  /// The map W in the basis of the data, shape [output, input].
  public let product: Matrix<Double>
  /// The map in the basis of the modes W̄ = Uᵀ·W·V, shape [output, input].
  public let coordinates: Matrix<Double>

  /// An observation of a network.
  public init(
    iteration: Int, time: Double, rates: [Double], loss: Double, network: LinearNetwork,
    measures: LinearMeasures
  ) {
    self.iteration = iteration
    self.time = time
    self.rates = rates
    self.loss = loss
    self.network = network
    self.measures = measures
    let own = network.weights.product
    product = network.space == .original ? own : network.modes.map(withCoordinates: own)
    coordinates = network.space == .synaptic ? own : network.modes.coordinates(of: own)
  }

  /// Risk on the test samples.
  public var risk: Double { measures.risk(of: product) }

  /// Squared errors of W against the teacher, shape [output, input].
  public var teacherError: Matrix<Double> { (product - measures.teacher).map { $0 * $0 } }

  /// Squared errors of W against the fit, shape [output, input].
  public var fitError: Matrix<Double> {
    (product - measures.problem.correlations.fit).map { $0 * $0 }
  }

  /// Strengths of the modes W̄ᵢᵢ, shape [output], zero where there are fewer inputs than outputs.
  public var modeStrengths: [Double] {
    (0..<coordinates.rows).map { $0 < coordinates.columns ? coordinates[$0, $0] : 0 }
  }

  /// Excess training loss of each output mode, [ΔGΔᵀ]ᵢᵢ with Δ = W̄ − S; shape [output].
  public var modeTrainErrors: [Double] {
    rowErrors(coordinates - measures.fitCoordinates, metric: measures.problem.modes.metric)
  }

  /// Risk of each output mode, [ΔG_tΔᵀ]ᵢᵢ with Δ = W̄ − B̄; shape [output].
  public var modeTestErrors: [Double] {
    rowErrors(coordinates - measures.teacherCoordinates, metric: measures.testMetric)
  }

  /// Norm of what is off the diagonal in the basis of the modes.
  public var coupling: Double {
    var sum = 0.0
    for i in 0..<coordinates.rows {
      for j in 0..<coordinates.columns where i != j { sum += coordinates[i, j] * coordinates[i, j] }
    }
    return sum.squareRoot()
  }

  /// Largest norm of the change of a balance Λ since the start; 0 for a single layer.
  public var balanceGap: Double { measures.balanceGap(of: network.weights) }

  private func rowErrors(_ gap: Matrix<Double>, metric: Matrix<Double>) -> [Double] {
    let weighted = gap * metric
    return (0..<gap.rows).map { i in
      (0..<gap.columns).reduce(0) { $0 + gap[i, $1] * weighted[i, $1] }
    }
  }
}
