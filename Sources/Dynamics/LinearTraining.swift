import Datasets
import LearningProblems
import LinearAlgebra
import Networks
import RandomStreams
import Scenarios

/// A scenario with a linear network, drawn and ready to train.
public struct LinearTraining: Sendable {
  /// The scenario.
  public let scenario: Scenario
  /// The training and test samples.
  public let samples: Samples
  /// The learning problem, hidden width reduced.
  public let problem: LearningProblem
  /// The network at its start.
  public let network: LinearNetwork
  /// What the recorded quantities are measured against, from the start on.
  public let measures: LinearMeasures
  /// The same for each later stage of the targets, in the modes of the first.
  public let laterMeasures: [(from: Int, measures: LinearMeasures)]
  /// How the steps are computed.
  public let engine: Engine
  /// N of the objective.
  private let divisor: Double
  private let gradients: TrainingSection.Gradients

  /// Draws data and start as the scenario says.
  ///
  /// - Parameters:
  ///   - start: makes the network instead of the scenario's own start.
  ///   - reading: reads the matrix at a path that the scenario names.
  /// - Throws: `ScenarioError`, `LinearAlgebraError` or `RandomStreamError`.
  public init(
    _ scenario: Scenario, start: ((Modes) throws -> LinearNetwork)? = nil,
    reading: MatrixReader = readTextMatrix
  ) throws {
    try scenario.validate()
    self.scenario = scenario
    var numPy = try NumPyStream(seed: scenario.seed)
    var torch = TorchStream(seed: scenario.seed)
    let training = scenario.training
    let reduction = training.reduction == .sum ? Reduction.sum : .mean

    let samples = try scenario.drawSamples(using: &numPy, reading: reading)
    let correlations = try Correlations(
      inputs: samples.inputs, targets: samples.targets, reduction: reduction)
    let modes = try Modes(of: correlations)
    let network: LinearNetwork
    let rule: StepRule
    switch scenario.network {
    case .linear(let section):
      rule = try section.stepRule(training, inputs: correlations.inputs)
      let needsLayers = scenario.record.extra.contains { name in
        (1...section.depth).contains { name == "W\($0)" }
      }
      network =
        try start?(modes)
        ?? section.start(
          modes: modes, rule: rule, needsLayers: needsLayers, numPy: &numPy, torch: &torch)
    case .dense, .composition:
      throw ScenarioError(
        key: "network.kind",
        problem: "A \(scenario.network.kind) network has no linear map to train",
        remedy: "set network.kind to linear")
    }
    let hiddenBasis = try network.weights.hiddenBasis()
    let reduced = WidthReduction(network, along: hiddenBasis).reduced
    let problem = try LearningProblem(
      correlations: correlations, modes: modes, initialWeights: reduced.originalWeights,
      rule: rule, test: samples.testSet(reduction), samples: samples.count,
      noise: samples.noise)

    self.samples = samples
    self.network = network
    self.problem = problem
    let engine = try Engine(
      training, problem: problem, network: network, hiddenBasis: hiddenBasis)
    self.engine = engine
    gradients = training.gradients
    divisor = reduction.divisor(samples: samples.inputs.rows)
    measures = try LinearMeasures(
      problem: problem, samples: samples, engine: engine, reduction: reduction,
      riskLoss: scenario.record.riskLoss)
    laterMeasures = try samples.stages.map { stage in
      let own = samples.during(stage)
      var changed = problem
      changed.correlations = try Correlations(
        inputs: own.inputs, targets: own.targets, reduction: reduction)
      changed.test = own.testSet(reduction)
      let measures = try LinearMeasures(
        problem: changed, samples: own, engine: engine, reduction: reduction,
        riskLoss: scenario.record.riskLoss,
        fitCoordinates: modes.coordinates(of: changed.correlations.fit))
      return (stage.from, measures)
    }
  }

  /// What is measured against at an iteration.
  public func measures(at iteration: Int) -> LinearMeasures {
    laterMeasures.last { $0.from <= iteration }?.measures ?? measures
  }

  /// The descent at its start.
  public func descent() -> AnyLinearDescent {
    if let reduced = engine.descent { return reduced }
    return switch gradients {
    case .manual: AnyLinearDescent(literalDescent(ManualGradient.init))
    case .autograd: AnyLinearDescent(literalDescent(AutodiffGradient.init))
    }
  }

  private func literalDescent<Gradient: GradientRule>(
    _ make: (
      _ inputs: Matrix<Double>, _ targets: Matrix<Double>, _ widths: [Int], _ divisor: Double
    ) -> Gradient
  ) -> GradientDescent<Gradient> {
    var gradient = make(
      network.coordinates(ofInputs: samples.inputs),
      network.coordinates(ofTargets: samples.targets), network.weights.layers.map(\.rows), divisor)
    let start = gradient.evaluate(at: network.weights.layers)
    let stages = samples.stages.map { stage in
      let later = make(
        network.coordinates(ofInputs: samples.inputs),
        network.coordinates(ofTargets: stage.targets), network.weights.layers.map(\.rows), divisor)
      return (from: stage.from, gradient: later)
    }
    let scale = laterMeasures.reduce(max(start, problem.correlations.targetSquare)) {
      max($0, $1.measures.problem.correlations.targetSquare)
    }
    return GradientDescent(
      network: network, rule: problem.rule, gradient: gradient, later: stages,
      largestLoss: 1e6 * scale)
  }

  /// What is to be recorded of a descent where it stands.
  ///
  /// - Parameter clock: reads the time; is asked at ascending iterations.
  public func observation(
    of descent: inout AnyLinearDescent, clock: inout TrainingClock
  ) -> LinearObservation {
    LinearObservation(
      iteration: descent.iteration, time: clock.time(at: descent.iteration),
      rates: problem.rule.rates(at: descent.iteration), loss: descent.loss(),
      reducedNetwork: descent.reducedNetwork, product: descent.product,
      coordinates: descent.synapticProduct, measures: measures(at: descent.iteration))
  }
}
