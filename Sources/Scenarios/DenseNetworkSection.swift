/// A dense network, z_l = W_l·φ_{l−1} + b_l with φ_l = activation(z_l), its last layer without one.
public struct DenseNetworkSection: PlainSection {
  /// Widths of the hidden layers, first to last; none for a single layer.
  public var hidden = [16]
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
  public var depth: Int { hidden.count + 1 }

  /// One scale per layer, resolved.
  public var layerScales: [Double] { scales.perLayer(depth) }

  /// Widths of all layers, from the inputs to the outputs.
  public func widths(inputs: Int, outputs: Int) -> [Int] { [inputs] + hidden + [outputs] }

  /// The keys.
  public static let fields: [Field<DenseNetworkSection>] = [
    Field(
      "hidden", \.hidden,
      Condition("each at least 1, at most 1000000") {
        $0.allSatisfy { (1...1_000_000).contains($0) }
      }, "widths of the hidden layers"),
    Field("activation", \.activation, "what hidden units make of their inputs"),
    Field("bias", \.hasBiases, "every layer has biases"),
    Field("init", \.start, "how the weights start"),
    Field("scales", \.scales, "scale of the start, for all layers or each"),
    Field("precision", \.precision, "numbers that the network trains in"),
  ]

  /// Checks what no key can check alone.
  func validate(path: String) throws {
    guard [1, depth].contains(scales.count) else {
      throw ScenarioError.perLayer(scales.count, depth, "scales", key: path + ".scales")
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
