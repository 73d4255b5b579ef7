import LearningProblems
import LinearAlgebra
import RandomStreams
import Scenarios

extension LinearNetworkSection {
  /// The network of this section at its start.
  ///
  /// - Parameters:
  ///   - modes: the modes of the data, in which the start is diagonal.
  ///   - needsLayers: whether the single layers matter, beyond their product.
  ///   - numPy: NumPy's stream, positioned after the draws of the data; gives R.
  ///   - torch: PyTorch's stream; gives the weights.
  /// - Throws: `LinearAlgebraError` if a factorisation fails.
  public func start(
    modes: Modes, needsLayers: Bool, numPy: inout NumPyStream, torch: inout TorchStream
  ) throws -> LinearNetwork {
    let (inputs, outputs) = (modes.right.rows, modes.left.rows)
    let rotation = needsLayers ? try haarOrthogonal(hidden, using: &numPy) : nil
    let diagonal =
      switch start {
      case .diagonal:
        DiagonalStart(
          drawing: layerScales, inputs: inputs, hidden: hidden, outputs: outputs, using: &torch)
      case .diagonalFixed:
        DiagonalStart(constant: layerScales, inputs: inputs, hidden: hidden, outputs: outputs)
      }
    let weights = diagonal.synapticWeights(
      inputs: inputs, hidden: hidden, outputs: outputs, rotation: rotation)
    return LinearNetwork(
      weights: space == .synaptic ? weights : weights.rotated(outOf: modes), space: space,
      modes: modes)
  }
}
