import Datasets
import LearningProblems
import LinearAlgebra
import Networks
import Scenarios

/// What the recorded quantities of a linear network are measured against.
///
/// A class, because every observation refers to it and copying its many parts would cost more than
/// a step.
public final class LinearMeasures: Sendable {
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
  private let riskLoss: RecordSection.RiskLoss
  /// The map behind the targets Bᵀ, shape [output, input].
  public let teacher: Matrix<Double>
  /// The teacher in the basis of the modes, B̄ = Uᵀ·Bᵀ·V, shape [output, input].
  public let teacherCoordinates: Matrix<Double>
  /// The test Gram matrix in the basis of the modes, G_t = Vᵀ·XₜᵀXₜ·V/Nₜ, shape [input, input].
  public let testMetric: Matrix<Double>
  /// The fit in the basis of the modes, S on the diagonal if they are its own; [output, input].
  public let fitCoordinates: Matrix<Double>
  /// How the steps are computed.
  let engine: Engine
  /// The balance between neighbouring layers at the start.
  private let initialBalances: [Matrix<Double>]

  /// Measures for a problem, the samples that it came from, and how it is trained on them.
  ///
  /// - Parameter fitCoordinates: the fit in the basis of the modes, where they are not its own.
  /// - Throws: `LinearAlgebraError` if a weight is not finite.
  public init(
    problem: LearningProblem, samples: Samples, engine: Engine, reduction: Reduction,
    riskLoss: RecordSection.RiskLoss, fitCoordinates: Matrix<Double>? = nil
  ) throws {
    self.problem = problem
    self.engine = engine
    self.riskLoss = riskLoss
    initialBalances = engine.reduction.reduced.weights.balances(rates: problem.rule.rates)
    inputs = samples.inputs
    targets = samples.targets
    inputEigen = try problem.correlations.input.symmetricEigen()
    let roots = Matrix.diagonal(inputEigen.values.map { max($0, 0).squareRoot() })
    inputRoot = (inputEigen.vectors * roots).times(inputEigen.vectors, right: .transposed)
    testInputs = samples.testInputs
    testTargets = samples.testTargets
    testDivisor = reduction.divisor(samples: samples.testInputs.rows)
    teacher = samples.teacher
    let modes = problem.modes
    teacherCoordinates = modes.coordinates(of: samples.teacher)
    let gram = samples.testSet(reduction).input
    testMetric = modes.right.times(gram, left: .transposed).times(modes.right)
    self.fitCoordinates = fitCoordinates ?? modes.fitCoordinates
  }

  /// Largest norm of the change of a balance Λ since the start; 0 for a single layer.
  ///
  /// - Parameter weights: those of the whole network, or of the one that the engine works with.
  public func balanceGap(of weights: LinearWeights) -> Double {
    let (from, to) = engine.reduction.widths
    let isWhole = from != to && weights.layers[0].rows == from
    let now = (isWhole ? weights.reduced(to: engine.reduction.basis) : weights)
      .balances(rates: problem.rule.rates)
    return zip(now, initialBalances).map { ($0 - $1).norm }.max() ?? 0
  }

  /// The risk of a linear map: squared or absolute errors over the test samples, over Nₜ.
  ///
  /// The literal engine and absolute errors go over the samples. Otherwise it is the quadratic form
  /// tr (W−Bᵀ)·G·(W−Bᵀ)ᵀ with the test Gram matrix G, which loses no digits near the teacher.
  ///
  /// - Complexity: O(test sample · input · output), or O(input² · output).
  public func risk(of map: Matrix<Double>) -> Double {
    if engine.kind != .literal, riskLoss != .absolute, let test = problem.test {
      return test.risk(of: map)
    }
    let errors = testInputs.times(map, right: .transposed) - testTargets
    let sum =
      riskLoss == .absolute
      ? errors.elements.reduce(0) { $0 + abs($1) } : errors.squaredNorm
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
  /// An equivalent network of the hidden width that the engine works with.
  public let reducedNetwork: LinearNetwork
  /// What it is measured against.
  public let measures: LinearMeasures
  /// The map W in the basis of the data, shape [output, input].
  public let product: Matrix<Double>
  /// The map in the basis of the modes W̄ = Uᵀ·W·V, shape [output, input].
  public let coordinates: Matrix<Double>

  /// An observation of a descent, with the map of its network in both bases.
  public init(
    iteration: Int, time: Double, rates: [Double], loss: Double, reducedNetwork: LinearNetwork,
    product: Matrix<Double>, coordinates: Matrix<Double>, measures: LinearMeasures
  ) {
    self.iteration = iteration
    self.time = time
    self.rates = rates
    self.loss = loss
    self.reducedNetwork = reducedNetwork
    self.product = product
    self.coordinates = coordinates
    self.measures = measures
  }

  /// The whole network.
  ///
  /// - Complexity: O(hidden · weights of a hidden unit) where the engine works with fewer units.
  public var network: LinearNetwork {
    measures.engine.kind == .literal
      ? reducedNetwork : measures.engine.reduction.expanded(reducedNetwork)
  }

  /// Frobenius norm of each layer, shape [layer].
  public var weightNorms: [Double] { reducedNetwork.weights.norms }

  /// Whether every weight is finite.
  public var isFinite: Bool { reducedNetwork.weights.isFinite }

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
  public var balanceGap: Double { measures.balanceGap(of: reducedNetwork.weights) }

  private func rowErrors(_ gap: Matrix<Double>, metric: Matrix<Double>) -> [Double] {
    let weighted = gap * metric
    return (0..<gap.rows).map { i in
      (0..<gap.columns).reduce(0) { $0 + gap[i, $1] * weighted[i, $1] }
    }
  }
}
