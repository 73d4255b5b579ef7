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
  ///
  /// With given strengths it is that of every mode, and with a single moving layer in units of its
  /// rate.
  public var balance = 0.0
  /// Strength of each mode at a start that is fixed, one for all or one for each; nil for the
  /// product of the scales.
  public var strengths: [Double]?
  /// Weights of each layer at a given start, row by row.
  public var weights: [[[Double]]] = []
  /// Layers that do not train, counted from 1.
  public var frozen: [Int] = []

  /// The defaults.
  public init() {}

  /// One scale per layer, resolved.
  public var layerScales: [Double] { scales.perLayer(depth) }

  /// The keys.
  public static let fields: [Field<LinearNetworkSection>] = [
    Field("hidden", \.hidden, .atLeast(1), "hidden width"),
    Field("depth", \.depth, .atLeast(1), "layers N"),
    Field("space", \.space, "basis of the weights: modes or data"),
    Field("init", \.start, "how the weights start"),
    Field("scales", \.scales, "scale of the start, for all layers or each"),
    Field("unsigned", \.isUnsigned, "take the absolute values of the draws"),
    Field("balance", \.balance, "λ of a start that is balanced or has strengths"),
    Field(
      "strengths", \.strengths, Condition("at least one") { $0.map { !$0.isEmpty } ?? true },
      "strength of each mode at a fixed start; null: the product of the scales"),
    Field("weights", \.weights, "weights of each layer at a given start, row by row"),
    Field("frozen", \.frozen, "layers that do not train, counted from 1"),
  ]

  /// Checks what no key can check alone.
  ///
  /// - Parameter rates: one for each layer.
  func validate(path: String, rates: [Double]) throws {
    try validateGivenWeights(path: path)
    try validateStrengths(path: path, rates: rates)
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
    guard balance != 0, strengths == nil else { return }
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

  private func validateGivenWeights(path: String) throws {
    guard start == .given || !weights.isEmpty else { return }
    guard start == .given else {
      throw ScenarioError(
        key: path + ".weights",
        problem: "\(path).weights are given, but the start is \(start.rawValue)",
        remedy: "set \(path).init to given")
    }
    let rows = weights.map { $0.map(\.count) }
    guard weights.count == depth, rows.allSatisfy({ $0.first != nil && Set($0).count == 1 }),
      zip(weights, rows.dropFirst()).allSatisfy({ $0.count == $1[0] }),
      depth == 1 || weights[0].count == hidden
    else {
      throw ScenarioError(
        key: path + ".weights",
        problem: "\(path).weights has layers with rows of the lengths \(rows)",
        remedy: "give \(depth) layers of rows, as many in each as the next has columns, "
          + "\(hidden) in a hidden one")
    }
  }

  private func validateStrengths(path: String, rates: [Double]) throws {
    guard let strengths else { return }
    guard start == .diagonalFixed, depth == 2 else {
      throw ScenarioError(
        key: path + ".strengths",
        problem: "\(path).strengths are given for \(depth) layers with a start that is "
          + start.rawValue,
        remedy: "set \(path).init to diagonal-fixed and depth to 2")
    }
    let moving = zip(rates, 1...).filter { $0.0 > 0 && !frozen.contains($0.1) }.map(\.1)
    // A frozen layer must not be 0: λ is its square, with the sign of the layer that is larger.
    guard moving != [1] || balance > 0, moving != [2] || balance < 0 else {
      throw ScenarioError(
        key: path + ".balance",
        problem: "Only layer \(moving[0]) moves, but \(path).balance is \(balance)",
        remedy: "give the square of the other layer's scale"
          + (moving == [2] ? ", with a minus sign" : ""))
    }
    guard strengths.allSatisfy({ $0 >= 0 }) || balance != 0 else {
      throw ScenarioError(
        key: path + ".strengths",
        problem: "Balanced layers of the strengths \(strengths.json.brief) have opposite signs",
        remedy: "give strengths of at least 0, or a balance")
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
  /// The weights that the scenario gives, in the basis of the data.
  case given

  /// Whether the start draws weights that can have either sign.
  var hasSignedDraws: Bool {
    switch self {
    case .diagonal, .rankOne, .gaussian, .kaiming, .uniform, .tuned: true
    case .diagonalFixed, .constant, .balanced, .given: false
    }
  }
}

extension [Double] {
  /// One value per layer of a list that has one for all layers, or one for each.
  func perLayer(_ depth: Int) -> [Double] {
    count == 1 ? Array(repeating: self[0], count: depth) : self
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
