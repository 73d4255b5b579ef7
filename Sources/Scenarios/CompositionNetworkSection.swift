/// A network that composes two elements of a group: an embedding of each, a hidden layer, a readout.
///
/// All weights start normal with mean 0 and variance 1/(width that they are summed over).
///
/// - Source: Chughtai, Chan & Nanda 2023, arXiv:2302.03025.
public struct CompositionNetworkSection: PlainSection {
  /// How the embeddings meet.
  public var form = Form.bilinear
  /// Width of the embeddings; of the hidden layer, too, where the network is bilinear.
  public var embedding = 256
  /// Width of the hidden layer of a `relu` network.
  public var hidden = 128
  /// Where to start from: a group of an HDF5 file with W_x, W_y, of relu networks W, and W_U, as in
  /// `run.h5:/network`; empty for drawn weights.
  public var weights = ""
  /// Numbers that the network trains in; everything else is computed in double precision.
  public var precision = DenseNetworkSection.Precision.single

  /// The defaults.
  public init() {}

  /// Number of layers, each with a rate of its own.
  public var depth: Int { form == .bilinear ? 3 : 4 }

  /// The keys.
  public static let fields: [Field<CompositionNetworkSection>] = [
    Field("form", \.form, "how the embeddings meet"),
    Field("embedding", \.embedding, .within(1...100_000), "width of the embeddings E"),
    Field(
      "hidden", \.hidden, .within(1...100_000), "width of the hidden layer of a relu network"),
    Field(
      "weights", \.weights,
      Condition("a file and a group in it, as in run.h5:/network, or empty") {
        $0.isEmpty || $0.contains(":/")
      }, "start instead of drawn weights, FILE.h5:/GROUP"),
    Field("precision", \.precision, "numbers that the network trains in"),
  ]

  /// How the embeddings meet.
  public enum Form: String, ScenarioChoice {
    /// Entry by entry: ((W_x[x]) ⊙ (W_y[y]))·W_U.
    case bilinear
    /// Side by side into a hidden layer: relu([W_x[x], W_y[y]]·W)·W_U.
    case relu
  }

  /// Checks what no key can check alone.
  func validate(path: String, ensemble: Int) throws {
    guard weights.isEmpty || ensemble == 1 else {
      throw ScenarioError(
        key: path + ".weights",
        problem: "\(ensemble) networks cannot start from the same weights",
        remedy: "set ensemble to 1, or leave \(path).weights out")
    }
    guard form == .relu || hidden == CompositionNetworkSection().hidden else {
      throw ScenarioError(
        key: path + ".hidden",
        problem: "\(path).hidden is \(hidden) with a bilinear network, which has no other hidden "
          + "layer than its embeddings",
        remedy: "set \(path).embedding, or \(path).form to relu")
    }
  }
}
