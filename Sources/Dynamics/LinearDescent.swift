import LearningProblems
import LinearAlgebra
import Networks

/// A way of moving the weights of a linear network down the gradient.
public protocol LinearDescent: Trainable, Sendable {
  /// The network with the weights after ``Trainable/iteration`` steps.
  var network: LinearNetwork { get }
  /// An equivalent network of the hidden width that the descent works with.
  var reducedNetwork: LinearNetwork { get }
  /// The map of the network in the basis of the data, shape [output, input].
  var product: Matrix<Double> { get }
  /// The map of the network in the basis of the modes, shape [output, input].
  var synapticProduct: Matrix<Double> { get }
  /// The loss 2J of the weights as they are now.
  mutating func loss() -> Double
}

extension LinearDescent {
  /// The network itself.
  public var reducedNetwork: LinearNetwork { network }
  /// The map of the network in the basis of the data, shape [output, input].
  public var product: Matrix<Double> { network.product }
  /// The map of the network in the basis of the modes, shape [output, input].
  public var synapticProduct: Matrix<Double> {
    let network = reducedNetwork
    return network.space == .synaptic
      ? network.weights.product : network.modes.coordinates(of: product)
  }
}

/// A descent of any kind.
public struct AnyLinearDescent: LinearDescent {
  private(set) var base: any LinearDescent

  /// A descent, its kind hidden.
  public init(_ base: any LinearDescent) { self.base = base }

  /// The network as it stands.
  public var network: LinearNetwork { base.network }
  /// An equivalent network of the hidden width that the descent works with.
  public var reducedNetwork: LinearNetwork { base.reducedNetwork }
  /// The map of the network in the basis of the data, shape [output, input].
  public var product: Matrix<Double> { base.product }
  /// The map of the network in the basis of the modes, shape [output, input].
  public var synapticProduct: Matrix<Double> { base.synapticProduct }
  /// Whether it is known that no step will change the weights again.
  public var isFrozen: Bool { base.isFrozen }
  /// Number of steps taken.
  public var iteration: Int { base.iteration }
  /// Takes steps until the given iteration; returns true if it diverged before.
  public mutating func advance(to iteration: Int) -> Bool { base.advance(to: iteration) }
  /// The loss 2J of the weights as they are now.
  public mutating func loss() -> Double { base.loss() }
  /// What it needs to go on later; nil for a kind that cannot be taken up.
  public var state: DescentState? { (base as? any CheckpointableState)?.state }
  /// Takes a state up, in a descent that has not gone beyond it.
  ///
  /// - Throws: ``DescentStateError``.
  public mutating func restore(_ state: DescentState) throws {
    guard var descent = base as? any LinearDescent & CheckpointableState else {
      throw DescentStateError.notRestorable(kind: state.kind, iteration: state.iteration)
    }
    try descent.restore(state)
    base = descent
  }
}
