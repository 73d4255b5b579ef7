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
  /// A network at the start that a section describes.
  ///
  /// All layers are made as new `torch.nn.Linear` layers, first layer first; a start of another kind
  /// then draws their weights again, likewise, and leaves the biases. Scales multiply weights only.
  ///
  /// - Source: the initialisation of PyTorch's linear layers, after LeCun, Bottou, Orr & Müller 1998,
  ///   "Efficient BackProp": uniform between ∓1/√(inputs of the layer). The weights that are drawn
  ///   again are those of Heckel & Yilmaz, arXiv:2007.10099.
  public init(
    shape: DenseShape, start section: DenseNetworkSection, using stream: inout TorchStream
  ) {
    var parameters: [Float] = []
    parameters.reserveCapacity(shape.parameterCount)
    for (inputs, outputs) in zip(shape.widths, shape.widths.dropFirst()) {
      let layer = stream.linearLayer(inputs: inputs, outputs: outputs, bias: shape.hasBiases)
      parameters += layer.weights.elements
      parameters += layer.biases ?? []
    }
    for (layer, scale) in zip(1...shape.depth, section.layerScales) {
      let place = shape.weights(layer)
      if let drawn = section.start.independent {
        let size = LayerShape(rows: shape.widths[layer], columns: shape.widths[layer - 1])
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
  ///   - columns: its inputs.
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
