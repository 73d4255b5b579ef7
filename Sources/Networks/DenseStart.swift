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
  /// A network at the start that a section describes.
  ///
  /// All layers are made as new `torch.nn.Conv2d` and `torch.nn.Linear` layers, first layer first; a start of another kind
  /// then draws their weights again, likewise, and leaves the biases. Scales multiply weights only.
  ///
  /// - Source: the initialisation of PyTorch's linear layers, after LeCun, Bottou, Orr & Müller 1998,
  ///   "Efficient BackProp": uniform between ∓1/√(inputs of the layer), of a convolution those
  ///   of a patch. The weights that are drawn
  ///   again are those of Heckel & Yilmaz, arXiv:2007.10099.
  public init(
    shape: DenseShape, start section: DenseNetworkSection, using stream: inout TorchStream
  ) {
    var parameters: [Float] = []
    parameters.reserveCapacity(shape.parameterCount)
    for number in 1...shape.depth {
      let layer = stream.linearLayer(
        inputs: shape.fanIn(number), outputs: shape.channels(number), bias: shape.hasBiases)
      parameters += layer.weights.elements
      parameters += layer.biases ?? []
    }
    for (layer, scale) in zip(1...shape.depth, section.layerScales) {
      let place = shape.weights(layer)
      if let drawn = section.start.independent {
        let size = LayerShape(rows: shape.channels(layer), columns: shape.fanIn(layer))
        parameters.replaceSubrange(
          place,
          with: drawn.elements(
            of: size, isLast: layer == shape.depth, scale: scale, using: &stream))
      } else if scale != 1 {
        for i in place { parameters[i] *= Float(scale) }
      }
    }
    self.init(shape: shape, parameters: parameters)
  }
}

extension DenseNetworkSection.Start {
  /// The draws that replace the weights of new layers; nil for none.
  fileprivate var independent: IndependentStart? {
    switch self {
    case .torch: nil
    case .gaussian: .gaussian
    case .kaiming: .kaiming
    case .uniform: .uniform
    }
  }
}

extension DenseNetworkSection {
  /// Variance of the weights that a layer starts from.
  ///
  /// - Parameters:
  ///   - layer: counted from 1.
  ///   - columns: its inputs, of a convolution those of a patch.
  public func startVariance(ofLayer layer: Int, columns: Int) -> Double {
    let square = layerScales[layer - 1] * layerScales[layer - 1]
    return switch start {
    // Uniform between ∓1/√columns, or normal of the same variance.
    case .torch, .kaiming: square / Double(3 * columns)
    case .gaussian: square
    case .uniform: square / 3
    }
  }
}
