import Scenarios

/// Widths, activation and biases of a dense network, and where its parameters lie.
///
/// Layers count from 1 to ``depth``; layer 0 is the inputs. The parameters of all layers lie one
/// after the other, of each layer its weights row by row and then its biases. The first layers may
/// be convolutional: one row of their weights and one bias belong to each channel.
public struct DenseShape: Equatable, Sendable {
  /// Widths from the inputs to the outputs, shape [layer + 1].
  public let widths: [Int]
  /// What hidden units make of their inputs.
  public let activation: DenseNetworkSection.Activation
  /// Whether every layer has biases.
  public let hasBiases: Bool
  /// The convolutional layers, from layer 1 on.
  public let convolutions: [Convolution]
  /// Where the weights of layer 1, 2, … begin.
  private let starts: [Int]
  /// Number of parameters.
  public let parameterCount: Int

  /// A shape of the given widths.
  ///
  /// - Precondition: there are at least two widths, each at least 1; the last layer is dense, and
  ///   convolutional ones have as many units as they make of those below.
  public init(
    widths: [Int], activation: DenseNetworkSection.Activation = .relu, hasBiases: Bool = true,
    convolutions: [Convolution] = []
  ) {
    precondition(
      convolutions.count < widths.count - 1
        && convolutions.enumerated().allSatisfy {
          widths[$0] == $1.inputs && widths[$0 + 1] == $1.units
        }, "convolutions do not fit to the widths \(widths)")
    precondition(
      widths.count >= 2 && widths.allSatisfy { $0 >= 1 }, "there is no network of widths \(widths)")
    self.widths = widths
    self.activation = activation
    self.hasBiases = hasBiases
    self.convolutions = convolutions
    var starts: [Int] = []
    var count = 0
    for layer in 1..<widths.count {
      starts.append(count)
      let convolution = layer <= convolutions.count ? convolutions[layer - 1] : nil
      let outputs = convolution?.channels ?? widths[layer]
      let inputs = convolution?.patch ?? widths[layer - 1]
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

  /// The geometry of a layer; nil for a dense one, and for the inputs.
  public func convolution(_ layer: Int) -> Convolution? {
    (1...max(1, convolutions.count)).contains(layer) && !convolutions.isEmpty
      ? convolutions[layer - 1] : nil
  }

  /// Channels of what a layer hands on; its units, if it is dense.
  public func channels(_ layer: Int) -> Int { convolution(layer)?.channels ?? widths[layer] }
  /// Positions at which each channel stands; 1 if the layer is dense.
  public func positions(_ layer: Int) -> Int { convolution(layer)?.positions ?? 1 }
  /// Numbers that each channel of a layer is made of; the units below, if the layer is dense.
  public func fanIn(_ layer: Int) -> Int { convolution(layer)?.patch ?? widths[layer - 1] }

  /// Whether what a layer hands on is cut off below 0.
  public func rectifies(_ layer: Int) -> Bool {
    activation == .relu && layer >= 1 && layer < depth
  }

  /// Where the weights of a layer lie, [output][input], or [channel][entry of a patch].
  public func weights(_ layer: Int) -> Range<Int> {
    starts[layer - 1]..<starts[layer - 1] + channels(layer) * fanIn(layer)
  }

  /// Where the biases of a layer lie; empty if there are none.
  public func biases(_ layer: Int) -> Range<Int> {
    let start = weights(layer).upperBound
    return start..<start + (hasBiases ? channels(layer) : 0)
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
