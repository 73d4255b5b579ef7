import Scenarios

/// Widths, activation and biases of a dense network, and where its parameters lie.
///
/// Layers count from 1 to ``depth``; layer 0 is the inputs. The parameters of all layers lie one
/// after the other, of each layer its weights row by row and then its biases.
public struct DenseShape: Equatable, Sendable {
  /// Widths from the inputs to the outputs, shape [layer + 1].
  public let widths: [Int]
  /// What hidden units make of their inputs.
  public let activation: DenseNetworkSection.Activation
  /// Whether every layer has biases.
  public let hasBiases: Bool
  /// Where the weights of layer 1, 2, … begin.
  private let starts: [Int]
  /// Number of parameters.
  public let parameterCount: Int

  /// A shape of the given widths.
  ///
  /// - Precondition: there are at least two widths, each at least 1.
  public init(
    widths: [Int], activation: DenseNetworkSection.Activation = .relu, hasBiases: Bool = true
  ) {
    precondition(
      widths.count >= 2 && widths.allSatisfy { $0 >= 1 }, "there is no network of widths \(widths)")
    self.widths = widths
    self.activation = activation
    self.hasBiases = hasBiases
    var starts: [Int] = []
    var count = 0
    for (inputs, outputs) in zip(widths, widths.dropFirst()) {
      starts.append(count)
      count += outputs * (inputs + (hasBiases ? 1 : 0))
    }
    self.starts = starts
    parameterCount = count
  }

  /// Number of layers.
  public var depth: Int { widths.count - 1 }
  /// Number of inputs.
  public var inputs: Int { widths[0] }
  /// Number of outputs.
  public var outputs: Int { widths[depth] }

  /// Whether what a layer hands on is cut off below 0.
  public func rectifies(_ layer: Int) -> Bool {
    activation == .relu && layer >= 1 && layer < depth
  }

  /// Where the weights of a layer lie, [output][input].
  public func weights(_ layer: Int) -> Range<Int> {
    starts[layer - 1]..<starts[layer - 1] + widths[layer] * widths[layer - 1]
  }

  /// Where the biases of a layer lie; empty if there are none.
  public func biases(_ layer: Int) -> Range<Int> {
    let start = weights(layer).upperBound
    return start..<start + (hasBiases ? widths[layer] : 0)
  }

  /// Where all parameters of a layer lie.
  public func parameters(_ layer: Int) -> Range<Int> {
    weights(layer).lowerBound..<biases(layer).upperBound
  }

  /// The layer that is called layer l in words: `input`, `hidden l` or `output`.
  public func name(_ layer: Int) -> String {
    layer == 0 ? "input" : layer == depth ? "output" : "hidden \(layer)"
  }
}
