/// A linear network W = W_N ⋯ W₁, the space that it trains in, and its start.
public struct LinearNetworkSection: PlainSection {
  /// Width of the hidden layers; without meaning for a single layer.
  public var hidden = 50
  /// Number of layers N.
  public var depth = 2
  /// The space in which the weights are trained.
  public var space = WeightSpace.synaptic
  /// How the weights start.
  public var start = Start.diagonal
  /// Scale of the start, for all layers or for each.
  public var scales = [0.1]
  /// Whether the absolute values of the draws are taken.
  public var isUnsigned = false
  /// λ of a balanced start, (η₁·W₂ᵀW₂ − η₂·W₁W₁ᵀ)/√(η₁η₂) = λI.
  public var balance = 0.0
  /// Layers that do not train, counted from 1.
  public var frozen: [Int] = []

  /// The defaults.
  public init() {}

  /// One scale per layer, resolved.
  public var layerScales: [Double] {
    scales.count == 1 ? Array(repeating: scales[0], count: depth) : scales
  }

  /// The keys.
  public static let fields: [Field<LinearNetworkSection>] = [
    Field("hidden", \.hidden, .atLeast(1), "hidden width"),
    Field("depth", \.depth, .atLeast(1), "layers N"),
    Field("space", \.space, "basis of the weights: modes or data"),
    Field("init", \.start, "how the weights start"),
    Field("scales", \.scales, "scale of the start, for all layers or each"),
    Field("unsigned", \.isUnsigned, "take the absolute values of the draws"),
    Field("balance", \.balance, "λ of a balanced start"),
    Field("frozen", \.frozen, "layers that do not train, counted from 1"),
  ]

  /// Checks what no key can check alone.
  func validate(path: String) throws {
    guard [1, depth].contains(scales.count) else {
      throw ScenarioError.perLayer(scales.count, depth, "scales", key: path + ".scales")
    }
    if let layer = frozen.first(where: { !(1...depth).contains($0) }) {
      throw ScenarioError(
        key: path + ".frozen", problem: "\(path).frozen names layer \(layer)",
        remedy: depth == 1 ? "there is layer 1 only" : "layers go from 1 to \(depth)")
    }
    if isUnsigned && !start.hasSignedDraws {
      throw ScenarioError(
        key: path + ".unsigned",
        problem: "\(path).unsigned is true, but a \(start.rawValue) start has no signs to drop",
        remedy: "leave it out, or choose an init that draws its weights")
    }
    guard balance != 0 else { return }
    guard start == .balanced else {
      throw ScenarioError(
        key: path + ".balance",
        problem: "\(path).balance is \(balance), but the start is \(start.rawValue)",
        remedy: "set \(path).init to balanced")
    }
    guard depth == 2 else {
      throw ScenarioError(
        key: path + ".balance", problem: "\(path).balance is \(balance) with \(depth) layers",
        remedy: "only two layers can have a balance other than 0")
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
  /// Every weight of a layer equal to its scale.
  case constant
  /// Rank one, W₁ = p·zᵀ and W₂ = u·q·pᵀ with unit vectors p and q.
  case rankOne = "rank-one"
  /// Balanced between the layers, in directions that have nothing to do with the data.
  case balanced
  /// Independent normal weights of the given standard deviations.
  case gaussian
  /// Independent weights by the rules of He et al., normal but uniform in the last layer, scaled.
  case kaiming
  /// Independent weights uniform between ∓ the given scales.
  case uniform
  /// The same under its other name.
  case tuned

  /// Whether the start draws weights that can have either sign.
  var hasSignedDraws: Bool {
    switch self {
    case .diagonal, .rankOne, .gaussian, .kaiming, .uniform, .tuned: true
    case .diagonalFixed, .constant, .balanced: false
    }
  }
}

extension ScenarioError {
  /// The error for a list that has neither one entry nor one for each layer.
  static func perLayer(_ found: Int, _ depth: Int, _ what: String, key: String) -> ScenarioError {
    ScenarioError(
      key: key, problem: "There are \(found) \(what) for a network of \(depth) layers",
      remedy: depth == 1 ? "give one" : "give one for all layers, or \(depth)")
  }
}
