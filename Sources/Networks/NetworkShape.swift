/// A matrix of parameters, or a list of them, by its name in run files.
public struct ParameterArray: Equatable, Sendable {
  /// Name in run files, such as `W1`.
  public let name: String
  /// Meaning in words.
  public let longName: String
  /// Layer that it belongs to, from 1.
  public let layer: Int
  /// Where it lies among all parameters.
  public let range: Range<Int>
  /// Sizes of its axes, row-major.
  public let sizes: [Int]

  init(_ name: String, _ longName: String, layer: Int, at start: Int, _ sizes: [Int]) {
    (self.name, self.longName, self.layer, self.sizes) = (name, longName, layer, sizes)
    range = start..<start + sizes.reduce(1, *)
  }
}

/// Where the parameters of a kind of network lie.
public protocol NetworkShape: Sendable {
  /// Number of parameters.
  var parameterCount: Int { get }
  /// All parameters by name, in the order in which they lie.
  var arrays: [ParameterArray] { get }
}

extension NetworkShape {
  /// Where the parameters of each layer lie, which follow each other; layer 1 first.
  public var layers: [Range<Int>] {
    let arrays = arrays
    return (1...(arrays.last?.layer ?? 1)).map { layer in
      let own = arrays.filter { $0.layer == layer }
      return (own.first?.range.lowerBound ?? 0)..<(own.last?.range.upperBound ?? 0)
    }
  }

  /// The array of a name.
  public func array(_ name: String) -> ParameterArray? { arrays.first { $0.name == name } }
}

extension DenseShape: NetworkShape {
  /// Weights W1, … and, if there are any, biases b1, … of every layer.
  public var arrays: [ParameterArray] {
    (1...depth).flatMap { layer in
      let weights = ParameterArray(
        "W\(layer)", "weights of layer \(layer)", layer: layer, at: weights(layer).lowerBound,
        [channels(layer), fanIn(layer)])
      guard hasBiases else { return [weights] }
      return [
        weights,
        ParameterArray(
          "b\(layer)", "biases of layer \(layer)", layer: layer, at: biases(layer).lowerBound,
          [channels(layer)]),
      ]
    }
  }
}
