/// A dense network, z_l = W_l·φ_{l−1} + b_l with φ_l = activation(z_l), its last layer without one.
///
/// The first layers may be convolutional, without padding, which data of images need: what they make
/// of each patch is what a dense layer makes of its inputs.
public struct DenseNetworkSection: PlainSection {
  /// Widths of the hidden layers, first to last; none for a single layer.
  public var hidden = [16]
  /// Channels of the convolutional layers before them, first to last; none for no such layer.
  public var channels: [Int] = []
  /// Rows and columns of the patches of all convolutional layers, or of each.
  public var kernels = [5]
  /// Pixels from a patch to the next, of all convolutional layers, or of each.
  public var strides = [2]
  /// What hidden units make of their inputs.
  public var activation = Activation.relu
  /// Whether every layer has biases.
  public var hasBiases = true
  /// How the weights start; biases start as those of new PyTorch layers.
  public var start = Start.torch
  /// Scale of the weights at the start, for all layers or for each.
  public var scales = [1.0]
  /// Numbers that the network trains in; everything else is computed in double precision.
  public var precision = Precision.single

  /// The defaults.
  public init() {}

  /// Number of layers.
  public var depth: Int { channels.count + hidden.count + 1 }

  /// The convolutional layers, first to last.
  public var convolutions: [(channels: Int, kernel: Int, stride: Int)] {
    channels.enumerated().map {
      (
        $1, kernels.count == 1 ? kernels[0] : kernels[$0],
        strides.count == 1 ? strides[0] : strides[$0]
      )
    }
  }
  /// One scale per layer, resolved.
  public var layerScales: [Double] { scales.perLayer(depth) }

  /// The keys.
  public static let fields: [Field<DenseNetworkSection>] = [
    Field(
      "hidden", \.hidden, .layerSizes, "widths of the hidden layers"),
    Field(
      "channels", \.channels, .layerSizes, "channels of the convolutional layers before them"),
    Field("kernel", \.kernels, .layerSizes, "rows and columns of their patches, of all or each"),
    Field("stride", \.strides, .layerSizes, "pixels from a patch to the next, of all or each"),
    Field("activation", \.activation, "what hidden units make of their inputs"),
    Field("bias", \.hasBiases, "every layer has biases"),
    Field("init", \.start, "how the weights start"),
    Field("scales", \.scales, "scale of the start, for all layers or each"),
    Field("precision", \.precision, "numbers that the network trains in"),
  ]

  /// Checks what no key can check alone, as that convolutional layers fit into the images of the
  /// data.
  func validate(path: String, data: DataSection) throws {
    guard [1, depth].contains(scales.count) else {
      throw ScenarioError.perLayer(scales.count, depth, "scales", key: path + ".scales")
    }
    guard !channels.isEmpty else { return }
    for (key, sizes) in [("kernel", kernels), ("stride", strides)]
    where ![1, channels.count].contains(sizes.count) {
      throw ScenarioError(
        key: "\(path).\(key)",
        problem:
          "\(path).\(key) has \(sizes.count) entries for \(channels.count) convolutional layers",
        remedy: "give one for all of them, or \(channels.count)")
    }
    guard let image = data.image else {
      throw ScenarioError(
        key: path + ".channels",
        problem: "The rows of \(data.kind) data of \(data.inputs) inputs are no images",
        remedy: "leave \(path).channels out, or give data of images and data.height")
    }
    var (height, width) = (image.height, image.width)
    for (number, layer) in convolutions.enumerated() {
      guard layer.kernel <= min(height, width) else {
        throw ScenarioError(
          key: path + ".kernel",
          problem: "Convolutional layer \(number + 1) has patches of \(layer.kernel) × "
            + "\(layer.kernel) in images of \(height) × \(width)",
          remedy: "give a kernel of at most \(min(height, width)), or fewer layers")
      }
      height = (height - layer.kernel) / layer.stride + 1
      width = (width - layer.kernel) / layer.stride + 1
    }
  }

  /// How the weights of each layer start, times its scale.
  public enum Start: String, ScenarioChoice {
    /// As those of a new `torch.nn.Linear`, uniform between ∓1/√(inputs of the layer).
    case torch
    /// Standard normal.
    case gaussian
    /// By the rules of He et al., normal but uniform in the last layer.
    case kaiming
    /// Uniform between ∓1.
    case uniform
  }

  /// What hidden units make of their inputs.
  public enum Activation: String, ScenarioChoice {
    /// The larger of the input and 0.
    case relu
    /// The input itself.
    case linear
  }

  /// Numbers that a network trains in.
  public enum Precision: String, ScenarioChoice {
    /// Float32.
    case single
    /// Float64.
    case double
  }
}

extension Condition where Value == [Int] {
  /// Sizes of layers.
  fileprivate static var layerSizes: Condition {
    Condition("each at least 1, at most 1000000") {
      $0.allSatisfy { (1...1_000_000).contains($0) }
    }
  }
}
