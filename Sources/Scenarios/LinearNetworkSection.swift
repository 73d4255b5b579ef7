/// A linear network W = W_N ⋯ W₁, the space that it trains in, and its start.
public struct LinearNetworkSection: PlainSection {
  /// Width of the hidden layers.
  public var hidden = 50
  /// The space in which the weights are trained.
  public var space = WeightSpace.synaptic
  /// How the weights start.
  public var start = Start.diagonal
  /// Scale of the start, for all layers or for each.
  public var scales = [0.1, 0.1]

  /// The defaults.
  public init() {}

  /// Number of layers N.
  public var depth: Int { 2 }

  /// One scale per layer, resolved.
  public var layerScales: [Double] {
    scales.count == 1 ? Array(repeating: scales[0], count: depth) : scales
  }

  /// The keys.
  public static let fields: [Field<LinearNetworkSection>] = [
    Field("hidden", \.hidden, .atLeast(1), "hidden width"),
    Field("space", \.space, "basis of the weights: modes or data"),
    Field("init", \.start, "how the weights start"),
    Field("scales", \.scales, "scale of the start, for all layers or each"),
  ]

  /// Checks what no key can check alone.
  func validate(path: String) throws {
    guard [1, depth].contains(scales.count) else {
      throw ScenarioError.perLayer(scales.count, depth, "scales", key: path + ".scales")
    }
  }
}

/// The basis in which a linear network is trained; gradient descent does not depend on it.
public enum WeightSpace: String, ScenarioChoice {
  /// The basis of the modes of the fit, W̄ = Uᵀ·W·V.
  case synaptic
  /// The basis of the data.
  case original
}

/// How the weights of a linear network start.
public enum Start: String, ScenarioChoice {
  /// Diagonal in the basis of the modes, with Gaussian entries of the given scales.
  case diagonal
  /// Diagonal in the basis of the modes, with entries equal to the given scales.
  case diagonalFixed = "diagonal-fixed"
}

extension ScenarioError {
  /// The error for a list that has neither one entry nor one for each layer.
  static func perLayer(_ found: Int, _ depth: Int, _ what: String, key: String) -> ScenarioError {
    ScenarioError(
      key: key, problem: "There are \(found) \(what) for a network of \(depth) layers",
      remedy: depth == 1 ? "give one" : "give one for all layers, or \(depth)")
  }
}
