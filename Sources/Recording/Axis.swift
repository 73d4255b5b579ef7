/// An axis of recorded arrays; its name is part of the file format.
///
/// Labels along an axis count from 1, as in formulas, except for iterations.
public struct Axis: Hashable, Sendable, RawRepresentable, CaseIterable {
  /// Name in the file.
  public let rawValue: String
  /// What the labels along the axis are, for the file.
  public let longName: String

  private init(_ name: String, _ longName: String) {
    rawValue = name
    self.longName = longName
  }

  /// The axis of a name; nil if there is none.
  public init?(rawValue: String) {
    if let known = Self.allCases.first(where: { $0.rawValue == rawValue }) {
      self = known
      return
    }
    let word = rawValue.prefix { !$0.isNumber }
    guard let family = Self.families[String(word)], let layer = Int(rawValue.dropFirst(word.count)),
      layer >= 1, family(layer).rawValue == rawValue
    else { return nil }
    self = family(layer)
  }

  /// Axes of each layer, by what their names begin with.
  private static let families: [String: @Sendable (Int) -> Axis] = [
    "hidden_": { hidden($0) }, "channel_": { channel($0) }, "patch_": { patch($0) },
    "eigenvalue_hidden_": { eigenvalue(ofHidden: $0) },
    "eigenvalue_weights_": { eigenvalue(ofWeights: $0) },
    "other_eigenvalue_hidden_": { eigenvalue(ofHidden: $0, isOther: true) },
    "other_eigenvalue_weights_": { eigenvalue(ofWeights: $0, isOther: true) },
    "rank_hidden_": { rank(ofHidden: $0) },
    "rank_weights_": { rank(ofWeights: $0) },
  ]

  /// Whether two axes have one name.
  public static func == (left: Axis, right: Axis) -> Bool { left.rawValue == right.rawValue }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

  /// Unit of a hidden layer, counted from 1.
  public static func hidden(_ layer: Int) -> Axis {
    layer == 1 ? hidden : Axis("hidden_\(layer)", "unit of hidden layer \(layer), from 1")
  }

  /// Channel of a convolutional layer, counted from 1.
  public static func channel(_ layer: Int) -> Axis {
    Axis("channel_\(layer)", "channel of convolutional layer \(layer), from 1")
  }

  /// Entry of the patches of a convolutional layer, counted from 1.
  public static func patch(_ layer: Int) -> Axis {
    Axis("patch_\(layer)", "entry of the patches of convolutional layer \(layer), from 1")
  }

  /// Number of the hidden layer whose units lie along the axis, from 1; nil for other axes.
  var hiddenLayer: Int? {
    self == .hidden
      ? 1 : rawValue.hasPrefix("hidden_") ? Int(rawValue.dropFirst("hidden_".count)) : nil
  }

  /// Eigenvalue of the covariance of a hidden layer, counted from 1.
  ///
  /// - Parameter isOther: of the other of two networks.
  public static func eigenvalue(ofHidden layer: Int, isOther: Bool = false) -> Axis {
    eigenvalue("hidden", layer, isOther, "the covariance of hidden layer \(layer)")
  }

  /// Eigenvalue of WᵀW/n of a layer, counted from 1.
  ///
  /// - Parameter isOther: of the other of two networks.
  public static func eigenvalue(ofWeights layer: Int, isOther: Bool = false) -> Axis {
    eigenvalue("weights", layer, isOther, "WᵀW/n of layer \(layer)")
  }

  private static func eigenvalue(
    _ kind: String, _ layer: Int, _ isOther: Bool, _ words: String
  ) -> Axis {
    Axis(
      "\(isOther ? "other_" : "")eigenvalue_\(kind)_\(layer)",
      "eigenvalue of \(words)\(isOther ? " of the other network" : ""), from the largest, from 1")
  }

  /// A number of directions of a hidden layer that are kept, rising.
  public static func rank(ofHidden layer: Int) -> Axis {
    Axis("rank_hidden_\(layer)", "rank kept of hidden layer \(layer), rising, from 1")
  }

  /// A number of directions of a layer's weights that are kept, rising.
  public static func rank(ofWeights layer: Int) -> Axis {
    Axis("rank_weights_\(layer)", "rank kept of the weights of layer \(layer), rising, from 1")
  }

  /// Number of steps taken.
  public static let iteration = Axis("iteration", "number of gradient steps taken")
  /// Output of the network.
  public static let output = Axis("output", "output of the network, from 1")
  /// Input of the network.
  public static let input = Axis("input", "input of the network, from 1")
  /// Input of the network, where a matrix has two such axes.
  public static let input2 = Axis("input_2", "input of the network (second axis), from 1")
  /// Mode of the fit, as many as outputs.
  public static let mode = Axis("mode", "mode of the fit by falling singular value, from 1")
  /// Direction of the inputs in the basis of the modes, as many as inputs.
  public static let inputMode = Axis("input_mode", "right singular vector of the fit, from 1")
  /// Direction of the inputs in the basis of the modes, where a matrix has two such axes.
  public static let inputMode2 = Axis(
    "input_mode_2", "right singular vector of the fit (second axis), from 1")
  /// Hidden unit.
  public static let hidden = Axis("hidden", "hidden unit, from 1")
  /// Hidden direction of the width-reduced start.
  public static let initialHidden = Axis(
    "initial_hidden", "hidden direction of the width-reduced start, from 1")
  /// Hidden direction of the start, where a matrix has two such axes.
  public static let initialHidden2 = Axis(
    "initial_hidden_2", "hidden direction of the start (second axis), from 1")
  /// Layer of the network.
  public static let layer = Axis("layer", "layer, from 1")
  /// Training sample.
  public static let sample = Axis("sample", "training sample, from 1")
  /// Singular direction of the parameter Jacobian, as many as inputs times outputs.
  public static let direction = Axis(
    "direction", "direction of the parameter Jacobian by falling singular value, from 1")
  /// Eigenvector of the Hessian.
  public static let hessianMode = Axis(
    "hessian_mode", "eigenvector of the Hessian by falling eigenvalue, from 1")
  /// Network of an ensemble.
  public static let net = Axis("net", "network of the ensemble, from 1")
  /// Output of the network, where a matrix has two such axes.
  public static let output2 = Axis("output_2", "output of the network (second axis), from 1")
  /// Singular value.
  public static let singularValue = Axis(
    "singular_value", "singular value, from the largest, from 1")
  /// Network drawn anew, of the null of an analysis.
  public static let draw = Axis("draw", "network drawn anew, from 1")
  /// Neighbouring networks of an ensemble.
  public static let pair = Axis("pair", "network and the next one, from 1")
  /// Angle between subspaces.
  public static let angle = Axis("angle", "principal angle, rising, from 1")
  /// Principal component.
  public static let component = Axis("component", "principal component by falling variance, from 1")
  /// Distinct linear map of a network.
  public static let map = Axis("map", "distinct linear map by falling norm, from 1")
  /// Distinct linear map, where a matrix has two such axes.
  public static let map2 = Axis(
    "map_2", "distinct linear map by falling norm (second axis), from 1")
  /// Row of a probe.
  public static let probe = Axis("probe", "row of the probe, from 1")
  /// Element of a group.
  public static let element = Axis("element", "element of the group, from 1")
  /// Entry of an embedding.
  public static let embedding = Axis("embedding", "entry of an embedding, from 1")
  /// Entry of the embeddings of both elements side by side.
  public static let embedding2 = Axis(
    "embedding_2", "entry of the left, then of the right embedding, from 1")
  /// Example of the training samples.
  public static let example = Axis("example", "example of the training samples, from 1")
  /// Irreducible representation of a group.
  public static let representation = Axis(
    "representation", "irreducible representation, the trivial one first, from 1")
  /// Function on a group: an entry of an irreducible representation.
  public static let function = Axis(
    "function", "entry of the irreducible representations, one after the other, from 1")
  /// Such a function, where a matrix has two such axes.
  public static let function2 = Axis(
    "function_2", "entry of the irreducible representations (second axis), from 1")
  /// Entry of the natural representation.
  public static let naturalEntry = Axis(
    "natural_entry", "entry of the natural representation, row by row, from 1")
  /// Entry of the natural representation, where a matrix has two such axes.
  public static let naturalEntry2 = Axis(
    "natural_entry_2", "entry of the natural representation (second axis), from 1")
  /// Singular value of a second kind of matrix.
  public static let singularValue2 = Axis(
    "singular_value_2", "singular value of the readout, from the largest, from 1")
  /// Part of the pairs of a group.
  public static let subset = Axis(
    "subset", "1: even × even, 2: odd × odd, 3: even × odd, 4: odd × even pairs")
  /// Weights of a hidden unit.
  public static let weights = Axis("weights", "1: left, 2: right contribution, 3: readout")
  /// Task.
  public static let task = Axis("task", "task, from 1")
  /// Recorded step that is analysed.
  public static let step = Axis("step", "recorded step, from 1")

  /// All axes but those of single layers; of the hidden units only the first layer's.
  public static let allCases: [Axis] = [
    iteration, output, input, input2, mode, inputMode, inputMode2, hidden, initialHidden,
    initialHidden2, layer, sample, direction, hessianMode, net,
    output2, singularValue, draw, pair, angle, component, map, map2, probe, example, task, element,
    embedding, embedding2, representation, function, function2, naturalEntry, naturalEntry2,
    singularValue2, subset, weights, step,
  ]
}
