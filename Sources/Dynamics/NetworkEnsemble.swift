import LinearAlgebra
import Networks

/// Networks that train side by side, each on its own; their results do not depend on the threads.
///
/// A network that diverges stays where it does while the others go on; the ensemble has diverged
/// when all of them have.
public struct NetworkEnsemble<Descent: NetworkDescent>: Trainable {
  /// The networks.
  public private(set) var descents: [Descent]
  /// Number of steps taken.
  public private(set) var iteration = 0
  /// Number of networks that train at a time.
  private let threads: Int

  /// Networks at the same iteration.
  public init(_ descents: [Descent], threads: Int) {
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
    /// Errors of the validation rows; nil where rows have classes only.
    public var risk: Objective.Value?
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

extension NetworkEnsemble: CheckpointableState {
  /// Weights, moments and where networks diverged, one row for each network.
  public var state: DescentState {
    func rows(_ values: (Descent) -> [Descent.Scalar]) -> Matrix<Double> {
      let rows = descents.map { values($0).map { Double($0) } }
      return Matrix(
        rows: rows.count, columns: rows.first?.count ?? 0, elements: rows.flatMap(\.self))
    }
    return DescentState(
      kind: Descent.kind, iteration: iteration,
      matrices: [
        "parameters": rows(\.parameters), "first": rows(\.optimiser.first),
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
    guard state.kind == Descent.kind else {
      throw DescentStateError.wrongKind(expected: Descent.kind, found: state.kind)
    }
    guard let model = descents.first, state.iteration >= iteration else {
      throw DescentStateError.notRestorable(kind: state.kind, iteration: state.iteration)
    }
    func matrix(_ name: String, _ columns: Int) throws -> Matrix<Double> {
      try state.matrix(name, rows: descents.count, columns: columns)
    }
    let parameters = try matrix("parameters", model.parameters.count)
    let first = try matrix("first", model.optimiser.first.count)
    let second = try matrix("second", model.optimiser.second.count)
    let steps = try matrix("steps", 2)
    guard
      let counts = steps.elements.map({ Int(exactly: $0) }) as? [Int],
      stride(from: 0, to: counts.count, by: 2).allSatisfy({ counts[$0] >= 0 })
    else { throw DescentStateError.missing(name: "number of steps of each network") }
    for i in descents.indices {
      descents[i].takeUp(
        parameters: parameters.row(i).map { Descent.Scalar($0) },
        first: first.row(i).map { Descent.Scalar($0) },
        second: second.row(i).map { Descent.Scalar($0) }, iteration: counts[2 * i],
        divergedAt: counts[2 * i + 1] < 0 ? nil : counts[2 * i + 1])
    }
    iteration = state.iteration
  }
}

/// What is to be recorded of an ensemble where it stands.
public struct NetworkObservation: Sendable {
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
  /// Errors of the validation rows, squared or absolute, over N; shape [net], empty where rows have
  /// classes only.
  public let risks: [Double]
  /// Share of training rows of the right class, shape [net].
  public let trainingAccuracies: [Double]
  /// Share of validation rows of the right class, shape [net].
  public let validationAccuracies: [Double]
  /// Where the parameters of every network lie.
  public let shape: any NetworkShape
  /// All parameters of each network, widened, shape [net][parameter].
  public let parameters: [[Double]]
  /// What computes the parameter Jacobian of each network, where its kind has one.
  let jacobians: [@Sendable () throws -> ParameterJacobian]

  /// The derivatives of the predictions of all training rows by all parameters, network by network.
  ///
  /// - Throws: `LinearAlgebraError` if a factorisation fails.
  /// - Complexity: O((sample · output)³) for each network.
  public func parameterJacobians() throws -> [ParameterJacobian] {
    try jacobians.map { try $0() }
  }

  /// The parameters of a named array of all networks, one after the other; none if there is no such.
  public func values(of name: String) -> [Double] {
    guard let range = shape.array(name)?.range else { return [] }
    return parameters.flatMap { $0[range] }
  }
}

extension NetworkTraining {
  /// What is to be recorded of an ensemble where it stands.
  public func observation<Descent: NetworkDescent>(
    of ensemble: inout NetworkEnsemble<Descent>
  ) -> NetworkObservation {
    let values = ensemble.values()
    return NetworkObservation(
      iteration: ensemble.iteration, epoch: Double(ensemble.iteration) / Double(stepsPerEpoch),
      rates: ensemble.descents.first?.optimiser.rates(at: ensemble.iteration) ?? [],
      trainingLosses: values.map(\.training.loss), validationLosses: values.map(\.valid.loss),
      risks: values.compactMap(\.risk?.loss),
      trainingAccuracies: values.map { Double($0.training.correct) / Double(rows) },
      validationAccuracies: values.map { Double($0.valid.correct) / Double(validRows) },
      shape: networkShape,
      parameters: ensemble.descents.map { $0.parameters.map { Double($0) } },
      jacobians: ensemble.descents.compactMap(\.jacobian))
  }
}
