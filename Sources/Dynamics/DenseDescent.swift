import Datasets
import LinearAlgebra
import Networks
import RandomStreams
import Scenarios

/// Training of one dense network on its own rows.
public struct DenseDescent<Scalar: DenseScalar>: NetworkDescent {
  /// The word for the kind of network in checkpoints.
  public static var kind: String { "dense" }

  /// The network with the weights after ``iteration`` steps.
  public internal(set) var network: DenseNetwork<Scalar>
  /// What turns gradients into steps, with its moments.
  public internal(set) var optimiser: Optimiser<Scalar>
  /// Number of steps taken.
  public internal(set) var iteration = 0
  /// The step at which the loss was not finite or had exploded; nil while it has not.
  public internal(set) var divergedAt: Int?
  private let objective: Objective
  private let risk: Objective
  private var training: Rows
  private var valid: Rows
  private var order: BatchOrder?
  private var batch: Rows?
  private var gradient: [Scalar]
  /// Loss and gradient of all training rows at the weights as they are now, if they are known.
  private var known: Objective.Value?
  private let largestLoss: Double

  /// Rows with their targets, and a pass over the network whose blocks are no higher than they need.
  private struct Rows: Sendable {
    var inputs: RowBlocks<Scalar>
    var targets: RowBlocks<Scalar>
    var pass: DensePass<Scalar>

    init(_ inputs: Matrix<Double>, _ targets: Matrix<Double>, shape: DenseShape) {
      let pass = DensePass<Scalar>(shape, rows: inputs.rows)
      func blocks(_ matrix: Matrix<Double>) -> RowBlocks<Scalar> {
        RowBlocks(
          Matrix(
            rows: matrix.rows, columns: matrix.columns, elements: matrix.elements.map(Scalar.init)),
          height: pass.height)
      }
      self.inputs = blocks(inputs)
      self.targets = blocks(targets)
      self.pass = pass
    }

    init(room rows: Int, shape: DenseShape) {
      pass = DensePass(shape, rows: rows)
      inputs = RowBlocks(room: rows, columns: shape.inputs, height: pass.height)
      targets = RowBlocks(room: rows, columns: shape.outputs, height: pass.height)
    }
  }

  /// A network at its start.
  ///
  /// - Parameters:
  ///   - training: rule, objective and batches.
  ///   - riskLoss: how errors of the validation rows count in the risk.
  ///   - samples: the rows.
  ///   - network: the start.
  ///   - stream: PyTorch's stream where it stands after the start; gives the order of batches.
  public init(
    _ training: TrainingSection, riskLoss: RecordSection.RiskLoss = .squared,
    samples: LabelledSamples, network: DenseNetwork<Scalar>, stream: TorchStream
  ) {
    self.network = network
    optimiser = Optimiser(training, shape: network.shape)
    objective = Objective(training.loss, reduction: training.reduction)
    risk = Objective(risk: riskLoss, reduction: training.reduction)
    self.training = Rows(samples.inputs, samples.targets, shape: network.shape)
    valid = Rows(samples.validInputs, samples.validTargets, shape: network.shape)
    if let size = training.batch {
      order = BatchOrder(rows: samples.inputs.rows, batch: size, stream: stream)
      batch = Rows(room: size, shape: network.shape)
    }
    gradient = Array(repeating: 0, count: network.parameters.count)
    let value = Self.evaluate(
      &self.training, network.parameters, objective, gradient: &gradient)
    known = training.batch == nil ? value : nil
    largestLoss = 1e6 * value.loss
  }

  /// All parameters.
  public var parameters: [Scalar] { network.parameters }

  /// Number of steps in a pass over all training rows.
  public var stepsPerEpoch: Int { order?.batches ?? 1 }

  /// Takes steps until the given iteration; returns true if it diverged before.
  public mutating func advance(to last: Int) -> Bool {
    while iteration < last, divergedAt == nil {
      let loss: Double
      if var order, var batch {
        // Out of their places, so that they are changed without a copy.
        (self.order, self.batch) = (nil, nil)
        let rows = order.rows(at: iteration)
        batch.inputs.gather(rows, from: training.inputs)
        batch.targets.gather(rows, from: training.targets)
        loss =
          Self.evaluate(&batch, network.parameters, objective, gradient: &gradient).loss
        (self.order, self.batch) = (order, batch)
      } else {
        loss = trainingValue().loss
      }
      guard loss.isFinite, loss <= largestLoss || largestLoss == 0 else {
        divergedAt = iteration
        break
      }
      optimiser.step(&network.parameters, gradient: gradient, at: iteration)
      known = nil
      iteration += 1
    }
    return divergedAt != nil
  }

  /// Loss of all training rows.
  ///
  /// With full batches its gradient is kept for the next step, so that it costs nothing.
  public mutating func trainingValue() -> Objective.Value {
    if let known { return known }
    let value = Self.evaluate(&training, network.parameters, objective, gradient: &gradient)
    if order == nil { known = value }
    return value
  }

  /// Loss of all validation rows.
  public mutating func validationValue() -> Objective.Value {
    Self.evaluate(&valid, network.parameters, objective)
  }

  /// Squared or absolute errors of all validation rows, over N; nil with classes.
  public mutating func riskValue() -> Objective.Value? {
    objective.loss == .crossEntropy ? nil : Self.evaluate(&valid, network.parameters, risk)
  }

  /// What computes the derivative of the predictions of all training rows by all parameters.
  public var jacobian: (@Sendable () throws -> ParameterJacobian)? {
    let (network, inputs) = (network, training.inputs)
    let divisor = objective.reduction == .mean ? Double(inputs.rows) : 1
    return {
      let rows = inputs.matrix
      return try ParameterJacobian(
        network: network.widened,
        inputs: Matrix(
          rows: rows.rows, columns: rows.columns, elements: rows.elements.map { Double($0) }),
        divisor: divisor)
    }
  }

  /// Loss and gradient of some rows.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private static func evaluate(
    _ rows: inout Rows, _ parameters: [Scalar], _ objective: Objective, gradient: inout [Scalar]
  ) -> Objective.Value {
    gradient.withUnsafeMutableBufferPointer { gradient in
      gradient.update(repeating: 0)
      return evaluate(&rows, parameters, objective, adding: gradient.baseAddress)
    }
  }

  /// Loss of some rows; its gradient is added to `sums`.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private static func evaluate(
    _ rows: inout Rows, _ parameters: [Scalar], _ objective: Objective,
    adding sums: UnsafeMutablePointer<Scalar>? = nil
  ) -> Objective.Value {
    var value = Objective.Value()
    let (inputs, targets) = (rows.inputs, rows.targets)
    let (count, outputs, height) = (inputs.rows, targets.columns, inputs.height)
    let divisor = objective.divisor(rows: count, outputs: outputs)
    for block in 0..<inputs.count {
      rows.pass.forward(parameters, inputs, block: block)
      targets.withBlock(block) { targets in
        rows.pass.setOutputGradient { predictions, slopes in
          objective.evaluate(
            &value, units: outputs, rows: height, filled: inputs.rows(inBlock: block),
            outputs: predictions, targets: targets, gradient: slopes, divisor: divisor)
        }
      }
      if let sums { rows.pass.backward(parameters, to: 0, adding: sums) }
    }
    value.loss /= divisor
    return value
  }
}

extension DenseDescent {
  /// Takes up weights, moments and the number of steps of another descent on the same rows.
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
