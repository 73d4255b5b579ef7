import LearningProblems
import LinearAlgebra
import Scenarios

/// A linear network in the space in which it is trained.
public struct LinearNetwork: Equatable, Sendable {
  /// The weights in the network's own space.
  public var weights: LinearWeights
  /// Whether the weights are in the basis of the modes or of the data.
  public let space: WeightSpace
  /// The modes that relate the two spaces.
  public let modes: Modes

  /// A network from weights in the given space.
  public init(weights: LinearWeights, space: WeightSpace, modes: Modes) {
    self.weights = weights
    self.space = space
    self.modes = modes
  }

  /// The weights in the basis of the data.
  public var originalWeights: LinearWeights {
    space == .original ? weights : weights.rotated(outOf: modes)
  }

  /// The weights in the basis of the modes.
  public var synapticWeights: LinearWeights {
    space == .synaptic ? weights : weights.rotated(into: modes)
  }

  /// The network's map W in the basis of the data, shape [output, input].
  public var product: Matrix<Double> {
    let product = weights.product
    return space == .original ? product : modes.map(withCoordinates: product)
  }

  /// The network's map in the basis of the modes Uᵀ·W·V, shape [output, input].
  public var synapticProduct: Matrix<Double> {
    let product = weights.product
    return space == .synaptic ? product : modes.coordinates(of: product)
  }

  /// Inputs in the coordinates that the network's first layer expects, shape [sample, input].
  public func coordinates(ofInputs inputs: Matrix<Double>) -> Matrix<Double> {
    space == .original ? inputs : inputs * modes.right
  }

  /// Targets in the coordinates of the network's output, shape [sample, output].
  public func coordinates(ofTargets targets: Matrix<Double>) -> Matrix<Double> {
    space == .original ? targets : targets * modes.left
  }
}
