import Networks

/// Training of one network on its own rows.
public protocol NetworkDescent: Trainable, Sendable {
  /// The numbers that it trains in.
  associatedtype Scalar: DenseScalar
  /// The word for the kind of network in checkpoints.
  static var kind: String { get }
  /// All parameters after ``Trainable/iteration`` steps.
  var parameters: [Scalar] { get }
  /// What turns gradients into steps, with its moments.
  var optimiser: Optimiser<Scalar> { get }
  /// The step at which the loss was not finite or had exploded; nil while it has not.
  var divergedAt: Int? { get }
  /// Loss of all training rows.
  mutating func trainingValue() -> Objective.Value
  /// Loss of all validation rows.
  mutating func validationValue() -> Objective.Value
  /// Squared or absolute errors of all validation rows, over N; nil where rows have classes only.
  mutating func riskValue() -> Objective.Value?
  /// What computes the derivative of the predictions of all training rows by all parameters as they
  /// are now; nil for kinds of networks without.
  var jacobian: (@Sendable () throws -> ParameterJacobian)? { get }
  /// Takes up parameters, moments and the number of steps of another descent on the same rows.
  mutating func takeUp(
    parameters: [Scalar], first: [Scalar], second: [Scalar], iteration: Int, divergedAt: Int?)
}

extension NetworkDescent {
  /// None.
  public mutating func riskValue() -> Objective.Value? { nil }
  /// None.
  public var jacobian: (@Sendable () throws -> ParameterJacobian)? { nil }
}
