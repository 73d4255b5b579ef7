import LinearAlgebra
import Networks

/// Networks that train side by side, each on its own; their results do not depend on the threads.
///
/// A network that diverges stays where it does while the others go on; the ensemble has diverged
/// when all of them have.
public struct DenseEnsemble<Scalar: DenseScalar>: Trainable {
  /// The networks.
  public private(set) var descents: [DenseDescent<Scalar>]
  /// Number of steps taken.
  public private(set) var iteration = 0
  /// Number of networks that train at a time.
  private let threads: Int

  /// Networks at the same iteration.
  public init(_ descents: [DenseDescent<Scalar>], threads: Int) {
    self.descents = descents
    self.threads = threads
    iteration = descents.first?.iteration ?? 0
  }

  /// The step at which each network diverged; nil for those that did not.
  public var divergedAt: [Int?] { descents.map(\.divergedAt) }

  /// Takes steps until the given iteration; returns true if all networks diverged before.
  public mutating func advance(to last: Int) -> Bool {
    concurrently(&descents, threads: threads) { _, descent in _ = descent.advance(to: last) }
    let ends = descents.compactMap(\.divergedAt)
    guard ends.count == descents.count, let end = ends.max() else {
      iteration = last
      return false
    }
    iteration = max(end, iteration)
    return true
  }

  /// Losses on training and validation rows, and the risk on the latter.
  public struct Values: Sendable {
    /// On the training rows.
    public var training = Objective.Value()
    /// On the validation rows.
    public var valid = Objective.Value()
    /// Errors of the validation rows.
    public var risk = Objective.Value()
  }

  /// Losses of all networks on their own rows.
  public mutating func values() -> [Values] {
    var values = [Values](repeating: Values(), count: descents.count)
    var pairs = Array(zip(descents, values))
    descents = []
    concurrently(&pairs, threads: threads) { _, pair in
      pair.1 = Values(
        training: pair.0.trainingValue(), valid: pair.0.validationValue(),
        risk: pair.0.riskValue())
    }
    values = pairs.map(\.1)
    descents = pairs.map(\.0)
    return values
  }
}

extension DenseEnsemble: CheckpointableState {
  private static var kind: String { "dense" }

  /// Weights, moments and where networks diverged, one row for each network.
  public var state: DescentState {
    func rows(_ values: (DenseDescent<Scalar>) -> [Scalar]) -> Matrix<Double> {
      let rows = descents.map { values($0).map { Double($0) } }
      return Matrix(
        rows: rows.count, columns: rows.first?.count ?? 0, elements: rows.flatMap(\.self))
    }
    return DescentState(
      kind: Self.kind, iteration: iteration,
      matrices: [
        "parameters": rows(\.network.parameters), "first": rows(\.optimiser.first),
        "second": rows(\.optimiser.second),
        "steps": Matrix(
          rows: descents.count, columns: 2,
          elements: descents.flatMap { [Double($0.iteration), Double($0.divergedAt ?? -1)] }),
      ])
  }

  /// Takes a state up, in an ensemble of the same scenario that has not gone beyond it.
  ///
  /// - Throws: ``DescentStateError``.
  public mutating func restore(_ state: DescentState) throws {
    guard state.kind == Self.kind else {
      throw DescentStateError.wrongKind(expected: Self.kind, found: state.kind)
    }
    guard let model = descents.first, state.iteration >= iteration else {
      throw DescentStateError.notRestorable(kind: state.kind, iteration: state.iteration)
    }
    func matrix(_ name: String, _ columns: Int) throws -> Matrix<Double> {
      try state.matrix(name, rows: descents.count, columns: columns)
    }
    let parameters = try matrix("parameters", model.network.parameters.count)
    let first = try matrix("first", model.optimiser.first.count)
    let second = try matrix("second", model.optimiser.second.count)
    let steps = try matrix("steps", 2)
    guard
      let counts = steps.elements.map({ Int(exactly: $0) }) as? [Int],
      stride(from: 0, to: counts.count, by: 2).allSatisfy({ counts[$0] >= 0 })
    else { throw DescentStateError.missing(name: "number of steps of each network") }
    for i in descents.indices {
      descents[i].takeUp(
        parameters: parameters.row(i).map(Scalar.init), first: first.row(i).map(Scalar.init),
        second: second.row(i).map(Scalar.init), iteration: counts[2 * i],
        divergedAt: counts[2 * i + 1] < 0 ? nil : counts[2 * i + 1])
    }
    iteration = state.iteration
  }
}

/// What is to be recorded of an ensemble where it stands.
public struct DenseObservation: Sendable {
  /// Number of steps taken.
  public let iteration: Int
  /// Passes over all training rows.
  public let epoch: Double
  /// Learning rate of the next step, shape [layer].
  public let rates: [Double]
  /// Loss on the training rows, shape [net].
  public let trainingLosses: [Double]
  /// Loss on the validation rows, shape [net].
  public let validationLosses: [Double]
  /// Errors of the validation rows, squared or absolute, over N; shape [net].
  public let risks: [Double]
  /// Share of training rows of the right class, shape [net].
  public let trainingAccuracies: [Double]
  /// Share of validation rows of the right class, shape [net].
  public let validationAccuracies: [Double]
  /// The networks, widened.
  public let networks: [DenseNetwork<Double>]
  /// The inputs of the training rows of a network, counted from 0; shape [sample, input].
  let trainingInputs: @Sendable (_ network: Int) -> Matrix<Double>
  /// N of the objective: the number of training rows, or 1.
  let divisor: Double

  /// The derivatives of the predictions of all training rows by all parameters, network by network.
  ///
  /// - Throws: `LinearAlgebraError` if a factorisation fails.
  /// - Complexity: O((sample · output)³) for each network.
  public func parameterJacobians() throws -> [ParameterJacobian] {
    try networks.enumerated().map { number, network in
      try ParameterJacobian(network: network, inputs: trainingInputs(number), divisor: divisor)
    }
  }
}

extension DenseTraining {
  /// What is to be recorded of an ensemble where it stands.
  public func observation<Scalar: DenseScalar>(
    of ensemble: inout DenseEnsemble<Scalar>
  ) -> DenseObservation {
    let values = ensemble.values()
    let descents = ensemble.descents
    let inputs = descents.map(\.trainingInputs)
    return DenseObservation(
      iteration: ensemble.iteration, epoch: Double(ensemble.iteration) / Double(stepsPerEpoch),
      rates: ensemble.descents.first?.optimiser.rates(at: ensemble.iteration) ?? [],
      trainingLosses: values.map(\.training.loss), validationLosses: values.map(\.valid.loss),
      risks: values.map(\.risk.loss),
      trainingAccuracies: values.map { Double($0.training.correct) / Double(rows) },
      validationAccuracies: values.map { Double($0.valid.correct) / Double(validRows) },
      networks: descents.map(\.network.widened),
      trainingInputs: { network in
        let matrix = inputs[network].matrix
        return Matrix(
          rows: matrix.rows, columns: matrix.columns, elements: matrix.elements.map { Double($0) })
      },
      divisor: scenario.training.reduction == .mean ? Double(rows) : 1)
  }
}
