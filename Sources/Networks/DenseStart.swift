import RandomStreams
import Scenarios

extension DenseNetworkSection {
  /// The shape of the network for some data.
  ///
  /// - Precondition: the scenario is valid, so that convolutions fit into the images.
  public func shape(of data: DataSection) -> DenseShape {
    var image = data.image.map { ($0.channels, $0.height, $0.width) } ?? (1, 1, data.inputs)
    let convolutions = convolutions.map { layer in
      let convolution = Convolution(
        inputChannels: image.0, inputHeight: image.1, inputWidth: image.2,
        channels: layer.channels, kernel: layer.kernel, stride: layer.stride)
      image = (layer.channels, convolution.height, convolution.width)
      return convolution
    }
    return DenseShape(
      widths: [data.inputs] + convolutions.map { $0.channels * $0.positions } + hidden
        + [data.outputs],
      activation: activation, hasBiases: hasBiases, convolutions: convolutions)
  }
}

extension DenseNetwork<Float> {
  /// A network with the weights and biases of new `torch.nn.Conv2d` and `torch.nn.Linear` layers,
  /// first layer first.
  ///
  /// - Source: the initialisation of PyTorch's layers, after LeCun, Bottou, Orr & Müller 1998,
  ///   "Efficient BackProp": uniform between ∓1/√(inputs of the layer), of a convolution those of a
  ///   patch.
  public init(shape: DenseShape, using stream: inout TorchStream) {
    var parameters: [Float] = []
    parameters.reserveCapacity(shape.parameterCount)
    for number in 1...shape.depth {
      let layer = stream.linearLayer(
        inputs: shape.fanIn(number), outputs: shape.channels(number), bias: shape.hasBiases)
      parameters += layer.weights.elements
      parameters += layer.biases ?? []
    }
    self.init(shape: shape, parameters: parameters)
  }
}

extension DenseShape {
  /// Variance of the weights that a layer starts from, 1/(3·inputs of the layer).
  public func startVariance(ofLayer layer: Int) -> Double { 1 / Double(3 * fanIn(layer)) }
}
