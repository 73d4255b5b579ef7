import RandomStreams
import Scenarios

extension DenseNetworkSection {
  /// The shape of the network for data of the given size.
  public func shape(inputs: Int, outputs: Int) -> DenseShape {
    DenseShape(
      widths: widths(inputs: inputs, outputs: outputs), activation: activation,
      hasBiases: hasBiases)
  }
}

extension DenseNetwork<Float> {
  /// A network with the weights and biases of new `torch.nn.Linear` layers, first layer first.
  ///
  /// - Source: the initialisation of PyTorch's linear layers, after LeCun, Bottou, Orr & Müller 1998,
  ///   "Efficient BackProp": uniform between ∓1/√(inputs of the layer).
  public init(shape: DenseShape, using stream: inout TorchStream) {
    var parameters: [Float] = []
    parameters.reserveCapacity(shape.parameterCount)
    for (inputs, outputs) in zip(shape.widths, shape.widths.dropFirst()) {
      let layer = stream.linearLayer(inputs: inputs, outputs: outputs, bias: shape.hasBiases)
      parameters += layer.weights.elements
      parameters += layer.biases ?? []
    }
    self.init(shape: shape, parameters: parameters)
  }
}

extension DenseShape {
  /// Variance of the weights that a layer starts from, 1/(3·inputs of the layer).
  public func startVariance(ofLayer layer: Int) -> Double { 1 / Double(3 * widths[layer - 1]) }
}
