/// A dense network, z_l = W_l·φ_{l−1} + b_l with φ_l = activation(z_l), its last layer without one.
///
/// Weights and biases start as those of `torch.nn.Linear`, uniform between ∓1/√(inputs of the layer).
public struct DenseNetworkSection: PlainSection {
  /// Widths of the hidden layers, first to last; none for a single layer.
  public var hidden = [16]
  /// What hidden units make of their inputs.
  public var activation = Activation.relu
  /// Whether every layer has biases.
  public var hasBiases = true
  /// Numbers that the network trains in; everything else is computed in double precision.
  public var precision = Precision.single

  /// The defaults.
  public init() {}

  /// Number of layers.
  public var depth: Int { hidden.count + 1 }

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
    Field("precision", \.precision, "numbers that the network trains in"),
  ]

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
