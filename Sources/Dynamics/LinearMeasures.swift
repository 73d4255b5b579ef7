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
    return (isWhole ? weights.reduced(to: engine.reduction.basis) : weights)
      .balanceGap(to: initialBalances, rates: problem.rule.rates)
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
  /// Risk on the test samples.
  public let risk: Double
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
    risk = measures.risk(of: product)
  }

  /// The whole network.
  ///
  /// - Complexity: O(hidden · weights of a hidden unit) where the engine works with fewer units.
  public var network: LinearNetwork {
    measures.engine.kind == .literal
      ? reducedNetwork : measures.engine.reduction.expanded(reducedNetwork)
  }

  /// Whether every weight is finite.
  public var isFinite: Bool { reducedNetwork.weights.isFinite }

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

  /// Strengths of the modes W̄ᵢᵢ, shape [output], zero where there are fewer inputs than outputs.
  public var modeStrengths: [Double] {
    var strengths: [Double] = []
    appendModeStrengths(to: &strengths)
    return strengths
  }
}

// What a run records at every step is appended to the values that wait to be written, without
// arrays of its own.
extension LinearObservation {
  /// Appends the squared errors of W against the teacher, shape [output, input].
  public func appendTeacherError(to values: inout [Double]) {
    appendSquaredGaps(of: product, to: measures.teacher, values: &values)
  }

  /// Appends the squared errors of W against the fit, shape [output, input].
  public func appendFitError(to values: inout [Double]) {
    appendSquaredGaps(of: product, to: measures.problem.correlations.fit, values: &values)
  }

  /// Appends the strengths of the modes W̄ᵢᵢ, shape [output], zero where inputs are fewer.
  public func appendModeStrengths(to values: inout [Double]) {
    for i in 0..<coordinates.rows {
      values.append(i < coordinates.columns ? coordinates[i, i] : 0)
    }
  }

  /// Appends the excess training loss of each output mode, [ΔGΔᵀ]ᵢᵢ with Δ = W̄ − S; shape [output].
  public func appendModeTrainErrors(to values: inout [Double]) {
    appendRowErrors(
      against: measures.fitCoordinates, metric: measures.problem.modes.metric, to: &values)
  }

  /// Appends the risk of each output mode, [ΔG_tΔᵀ]ᵢᵢ with Δ = W̄ − B̄; shape [output].
  public func appendModeTestErrors(to values: inout [Double]) {
    appendRowErrors(
      against: measures.teacherCoordinates, metric: measures.testMetric, to: &values)
  }

  /// Appends the Frobenius norm of each layer, shape [layer].
  public func appendWeightNorms(to values: inout [Double]) {
    for layer in reducedNetwork.weights.layers { values.append(layer.norm) }
  }

  private func appendSquaredGaps(
    of map: Matrix<Double>, to target: Matrix<Double>, values: inout [Double]
  ) {
    for i in map.elements.indices {
      let gap = map.elements[i] - target.elements[i]
      values.append(gap * gap)
    }
  }

  private func appendRowErrors(
    against target: Matrix<Double>, metric: Matrix<Double>, to values: inout [Double]
  ) {
    metric.forEachRowForm(of: coordinates, minus: target) { values.append($0) }
  }
}
