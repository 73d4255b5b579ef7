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
  private let rows: DenseRows<Scalar>
  private var order: BatchOrder?
  private var batch: DenseRows<Scalar>.Blocks?
  /// A pass over a batch; nil where there are none.
  private var batchPass: DensePass<Scalar>?
  /// Passes over the training rows and over the validation rows.
  private var pass, validPass: DensePass<Scalar>
  private var gradient: [Scalar]
  /// Loss and gradient of all training rows at the weights as they are now, if they are known.
  private var known: Objective.Value?
  private let largestLoss: Double

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
    self.init(
      training, riskLoss: riskLoss, rows: DenseRows(samples, inBatches: training.batch != nil),
      network: network,
      stream: stream)
  }

  /// A network at its start, on rows that others may share.
  ///
  /// - Precondition: the rows are made for batches if the training has them.
  public init(
    _ training: TrainingSection, riskLoss: RecordSection.RiskLoss = .squared,
    rows: DenseRows<Scalar>, network: DenseNetwork<Scalar>, stream: TorchStream, threads: Int = 1
  ) {
    self.network = network
    self.rows = rows
    optimiser = Optimiser(training, shape: network.shape)
    objective = Objective(training.loss, reduction: training.reduction)
    risk = Objective(risk: riskLoss, reduction: training.reduction)
    pass = DensePass(network.shape, rows: rows.count)
    validPass = DensePass(network.shape, rows: rows.valid.inputs.rows)
    if let size = training.batch {
      order = BatchOrder(rows: rows.count, batch: size, stream: stream)
      let pass = DensePass<Scalar>(network.shape, rows: size)
      batch = DenseRows.Blocks(
        room: size, inputs: rows.columns.inputs, targets: rows.columns.targets, height: pass.height)
      batchPass = pass
    }
    gradient = Array(repeating: 0, count: network.parameters.count)
    pass.threads = threads
    validPass.threads = threads
    batchPass?.threads = threads
    let value = Self.evaluate(rows, network.parameters, objective, &pass, gradient: &gradient)
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
      let loss = stepValue().loss
      guard loss.isFinite, loss <= largestLoss || largestLoss == 0 else {
        divergedAt = iteration
        break
      }
      optimiser.step(
        &network.parameters, gradient: gradient, at: iteration, threads: pass.threads)
      known = nil
      iteration += 1
    }
    return divergedAt != nil
  }

  /// Loss of the rows of the next step; their gradient is left in ``gradient``.
  private mutating func stepValue() -> Objective.Value {
    guard var order, var batch, var batchPass, case .table(let inputs, let targets) = rows.training
    else { return trainingValue() }
    // Out of their places, so that they are changed without a copy.
    (self.order, self.batch, self.batchPass) = (nil, nil, nil)
    let chosen = order.rows(at: iteration)
    batch.inputs.gather(chosen, from: inputs)
    batch.targets.gather(chosen, from: targets)
    let value = gradient.withUnsafeMutableBufferPointer { sums in
      Self.evaluate(
        batch, network.parameters, objective, &batchPass, into: sums.baseAddress)
    }
    (self.order, self.batch, self.batchPass) = (order, batch, batchPass)
    return value
  }

  /// Loss of all training rows.
  ///
  /// With full batches its gradient is kept for the next step, so that it costs nothing.
  public mutating func trainingValue() -> Objective.Value {
    if let known { return known }
    let value = Self.evaluate(rows, network.parameters, objective, &pass, gradient: &gradient)
    if order == nil { known = value }
    return value
  }

  /// Loss of all validation rows.
  public mutating func validationValue() -> Objective.Value {
    Self.evaluate(rows.valid, network.parameters, objective, &validPass)
  }

  /// Squared or absolute errors of all validation rows, over N; nil with classes.
  public mutating func riskValue() -> Objective.Value? {
    objective.loss == .crossEntropy
      ? nil : Self.evaluate(rows.valid, network.parameters, risk, &validPass)
  }

  /// What computes the derivative of the predictions of all training rows by all parameters.
  public var jacobian: (@Sendable () throws -> ParameterJacobian)? {
    let (network, training) = (network, rows.training)
    let divisor = objective.reduction == .mean ? Double(rows.count) : 1
    return {
      let rows =
        switch training {
        case .whole(let blocks): blocks.inputs.matrix
        case .table(let inputs, _): inputs
        }
      return try ParameterJacobian(
        network: network.widened,
        inputs: Matrix(
          rows: rows.rows, columns: rows.columns, elements: rows.elements.map { Double($0) }),
        divisor: divisor)
    }
  }

  /// Loss of all training rows, and its gradient where steps take all of them.
  private static func evaluate(
    _ rows: DenseRows<Scalar>, _ parameters: [Scalar], _ objective: Objective,
    _ pass: inout DensePass<Scalar>, gradient: inout [Scalar]
  ) -> Objective.Value {
    switch rows.training {
    case .whole(let blocks):
      return gradient.withUnsafeMutableBufferPointer { sums in
        evaluate(blocks, parameters, objective, &pass, into: sums.baseAddress)
      }
    case .table(let inputs, let targets):
      var value = Objective.Value()
      var block = DenseRows<Scalar>.Blocks(
        room: pass.height, inputs: inputs.columns, targets: targets.columns, height: pass.height)
      let all = Array(0..<inputs.rows)
      let divisor = objective.divisor(rows: inputs.rows, outputs: targets.columns)
      for first in stride(from: 0, to: inputs.rows, by: pass.height) {
        let part = all[first..<min(first + pass.height, inputs.rows)]
        block.inputs.gather(part, from: inputs)
        block.targets.gather(part, from: targets)
        evaluate(&value, block, parameters, objective, &pass, divisor: divisor)
      }
      value.loss /= divisor
      return value
    }
  }

  /// Loss of some rows; its gradient goes into `sums`.
  private static func evaluate(
    _ rows: DenseRows<Scalar>.Blocks, _ parameters: [Scalar], _ objective: Objective,
    _ pass: inout DensePass<Scalar>, into sums: UnsafeMutablePointer<Scalar>? = nil
  ) -> Objective.Value {
    var value = Objective.Value()
    let divisor = objective.divisor(rows: rows.inputs.rows, outputs: rows.targets.columns)
    evaluate(&value, rows, parameters, objective, &pass, divisor: divisor, into: sums)
    value.loss /= divisor
    return value
  }

  /// Adds up the undivided losses of some rows.
  private static func evaluate(
    _ value: inout Objective.Value, _ rows: DenseRows<Scalar>.Blocks, _ parameters: [Scalar],
    _ objective: Objective, _ pass: inout DensePass<Scalar>, divisor: Double,
    into sums: UnsafeMutablePointer<Scalar>? = nil
  ) {
    let (outputs, height) = (rows.targets.columns, pass.height)
    for block in 0..<rows.inputs.count {
      pass.forward(parameters, rows.inputs, block: block)
      rows.targets.withBlock(block) { targets in
        pass.setOutputGradient { predictions, slopes in
          objective.evaluate(
            &value, units: outputs, rows: height, filled: rows.inputs.rows(inBlock: block),
            outputs: predictions, targets: targets, gradient: slopes, divisor: divisor)
        }
      }
      if let sums { pass.backward(parameters, to: 0, into: sums, adds: block > 0) }
    }
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
