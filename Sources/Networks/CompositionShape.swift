import Scenarios

/// Sizes of a network that composes elements of a group, and where its parameters lie.
public struct CompositionShape: NetworkShape, Equatable {
  /// How the embeddings meet.
  public let form: CompositionNetworkSection.Form
  /// Number of elements N.
  public let elements: Int
  /// Width of the embeddings.
  public let embedding: Int
  /// Width of the hidden layer; that of the embeddings where they are multiplied.
  public let hidden: Int
  /// W_x and W_y [element, embedding], of relu networks W [2·embedding, hidden], and
  /// W_U [hidden, element].
  public let arrays: [ParameterArray]

  /// A shape for a group of so many elements.
  public init(_ section: CompositionNetworkSection, elements: Int) {
    form = section.form
    self.elements = elements
    embedding = section.embedding
    hidden = form == .bilinear ? section.embedding : section.hidden
    var arrays: [ParameterArray] = []
    func add(_ name: String, _ longName: String, _ sizes: [Int]) {
      arrays.append(
        ParameterArray(
          name, longName, layer: arrays.count + 1, at: arrays.last?.range.upperBound ?? 0, sizes))
    }
    add("W_x", "embedding of the left element", [elements, embedding])
    add("W_y", "embedding of the right element", [elements, embedding])
    if form == .relu {
      add("W", "weights from both embeddings to the hidden layer", [2 * embedding, hidden])
    }
    add("W_U", "readout (unembedding)", [hidden, elements])
    self.arrays = arrays
  }

  /// Number of parameters.
  public var parameterCount: Int { arrays[arrays.count - 1].range.upperBound }
  /// Where the left embedding lies.
  public var left: Range<Int> { arrays[0].range }
  /// Where the right embedding lies.
  public var right: Range<Int> { arrays[1].range }
  /// Where the weights to the hidden layer lie; empty where embeddings are multiplied.
  public var mixing: Range<Int> {
    form == .relu ? arrays[2].range : right.upperBound..<right.upperBound
  }
  /// Where the readout lies.
  public var readout: Range<Int> { arrays[arrays.count - 1].range }
}
