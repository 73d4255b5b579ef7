import Datasets
import Networks
import Scenarios

/// Training of one composition network on its own pairs.
public struct CompositionDescent<Scalar: DenseScalar>: NetworkDescent {
  /// The word for the kind of network in checkpoints.
  public static var kind: String { "composition" }

  /// The network with the weights after ``iteration`` steps.
  public private(set) var network: CompositionNetwork<Scalar>
  /// What turns gradients into steps, with its moments.
  public private(set) var optimiser: Optimiser<Scalar>
  /// Number of steps taken.
  public private(set) var iteration = 0
  /// The step at which the loss was not finite or had exploded; nil while it has not.
  public private(set) var divergedAt: Int?
  private let objective: Objective
  private var training: CompositionRows<Scalar>
  private var valid: CompositionRows<Scalar>
  private var gradient: [Scalar]
  /// Loss of all training pairs at the weights as they are now, if it and its gradient are known.
  private var known: Objective.Value?
  private let largestLoss: Double

  /// A network at its start.
  ///
  /// - Parameter threads: number of parts of the pairs that are taken at a time.
  public init(
    _ training: TrainingSection, pairs: CompositionPairs, network: CompositionNetwork<Scalar>,
    threads: Int
  ) {
    self.network = network
    optimiser = Optimiser(training, shape: network.shape)
    objective = Objective(training.loss, reduction: training.reduction)
    func rows(_ chosen: [Int]) -> CompositionRows<Scalar> {
      CompositionRows(network.shape, pairs: chosen, table: pairs.group.table, threads: threads)
    }
    self.training = rows(pairs.training)
    valid = rows(pairs.valid)
    gradient = Array(repeating: 0, count: network.parameters.count)
    var nothing: [Scalar]?
    let value = Self.evaluate(&self.training, network, objective, &nothing)
    largestLoss = 1e6 * value.loss
  }

  /// All parameters.
  public var parameters: [Scalar] { network.parameters }

  /// Takes steps until the given iteration; returns true if it diverged before.
  public mutating func advance(to last: Int) -> Bool {
    while iteration < last, divergedAt == nil {
      let loss = trainingValue().loss
      guard loss.isFinite, loss <= largestLoss else {
        divergedAt = iteration
        break
      }
      optimiser.step(&network.parameters, gradient: gradient, at: iteration)
      known = nil
      iteration += 1
    }
    return divergedAt != nil
  }

  /// Loss of all training pairs; its gradient is kept for the next step.
  public mutating func trainingValue() -> Objective.Value {
    if let known { return known }
    var slopes: [Scalar]? = gradient
    gradient = []
    let value = Self.evaluate(&training, network, objective, &slopes)
    gradient = slopes ?? []
    known = value
    return value
  }

  /// Loss of all validation pairs.
  public mutating func validationValue() -> Objective.Value {
    var nothing: [Scalar]?
    return Self.evaluate(&valid, network, objective, &nothing)
  }

  private static func evaluate(
    _ rows: inout CompositionRows<Scalar>, _ network: CompositionNetwork<Scalar>,
    _ objective: Objective, _ gradient: inout [Scalar]?
  ) -> Objective.Value {
    let divisor = objective.divisor(rows: rows.count, outputs: network.shape.elements)
    var value = rows.evaluate(network, divisor: divisor, gradient: &gradient)
    value.loss /= divisor
    return value
  }

  /// Takes up weights, moments and the number of steps of another descent on the same pairs.
  public mutating func takeUp(
    parameters: [Scalar], first: [Scalar], second: [Scalar], iteration: Int, divergedAt: Int?
  ) {
    network.parameters = parameters
    optimiser.first = first
    optimiser.second = second
    self.iteration = iteration
    self.divergedAt = divergedAt
    known = nil
  }
}
