import Dynamics
import LinearAlgebra
import Scenarios

/// A recorded quantity: what it is called, measured in, plotted as, and how it is read off.
///
/// The file, plot labels, tables and documentation all take their words from here.
public struct Quantity: Sendable {
  /// Name in the file.
  public let name: String
  /// Symbol in formulas, as plots show it.
  public let symbol: String
  /// Meaning in words.
  public let longName: String
  /// Axes after the iteration.
  public let axes: [Axis]
  /// Whether every run records it, or only one that asks for it.
  public let isUsual: Bool
  /// Unit; everything is dimensionless so far.
  public var units: String { "1" }
  /// Reads the values off an observation, row-major over ``axes``.
  let reader: Reader

  /// How values are read off the observations of a kind of network, and appended to others.
  enum Reader: Sendable {
    case linear(@Sendable (LinearObservation, _ values: inout [Double]) throws -> Void)
    case network(@Sendable (NetworkObservation, _ values: inout [Double]) throws -> Void)
  }

  /// A quantity that every run records: read off at every recorded step, so without allocating.
  init(
    _ name: String, _ symbol: String, _ longName: String, _ axes: [Axis] = [],
    append: @escaping @Sendable (LinearObservation, _ values: inout [Double]) -> Void
  ) {
    (self.name, self.symbol, self.longName, self.axes) = (name, symbol, longName, axes)
    isUsual = true
    reader = .linear(append)
  }

  /// A quantity that only runs that ask for it record.
  init(
    onRequest name: String, _ symbol: String, _ longName: String, _ axes: [Axis] = [],
    values: @escaping @Sendable (LinearObservation) throws -> [Double]
  ) {
    (self.name, self.symbol, self.longName, self.axes) = (name, symbol, longName, axes)
    isUsual = false
    reader = .linear { $1 += try values($0) }
  }

  /// A quantity of networks that train on rows.
  init(
    network name: String, _ symbol: String, _ longName: String, _ axes: [Axis] = [],
    isUsual: Bool = true, values: @escaping @Sendable (NetworkObservation) throws -> [Double]
  ) {
    (self.name, self.symbol, self.longName, self.axes) = (name, symbol, longName, axes)
    self.isUsual = isUsual
    reader = .network { $1 += try values($0) }
  }

  /// All quantities of linear networks, in the order in which a file lists them.
  public static let all: [Quantity] = [
    Quantity("time", "t", "time: the sum of √(η₁η₂) over the steps taken") { $1.append($0.time) },
    Quantity("learning_rate", "η", "learning rate of the next step", [.layer]) {
      $1.append(contentsOf: $0.rates)
    },
    Quantity("loss", "L", "training loss 2J: sum of squared errors over N") { $1.append($0.loss) },
    Quantity("risk", "R", "risk: errors on noise-free test samples, summed over N") {
      $1.append($0.risk)
    },
    Quantity("product", "W", "map of the network in the original space", [.output, .input]) {
      $1.append(contentsOf: $0.product.elements)
    },
    Quantity(
      "teacher_error", "(W − Bᵀ)²", "squared error against the teacher, entry by entry",
      [.output, .input]
    ) { $0.appendTeacherError(to: &$1) },
    Quantity(
      "fit_error", "(W − Ŵ)²", "squared error against the least-squares fit, entry by entry",
      [.output, .input]
    ) { $0.appendFitError(to: &$1) },
    Quantity("mode_strength", "uᵀWv", "strength of each mode of the fit", [.mode]) {
      $0.appendModeStrengths(to: &$1)
    },
    Quantity(
      "mode_train_error", "[ΔGΔᵀ]ᵢᵢ", "excess training loss of each output mode", [.mode]
    ) { $0.appendModeTrainErrors(to: &$1) },
    Quantity(
      "mode_test_error", "[ΔGₜΔᵀ]ᵢᵢ", "test error of each output mode", [.mode]
    ) { $0.appendModeTestErrors(to: &$1) },
    Quantity(
      "coupling", "‖W̄ off diagonal‖", "norm of what is off the diagonal in the modes' basis"
    ) { $1.append($0.coupling) },
    Quantity("balance_gap", "‖Λ − Λ₀‖", "change of the balance of the layers since the start") {
      $1.append($0.balanceGap)
    },
    Quantity("weight_norm", "‖W_l‖", "Frobenius norm of each layer", [.layer]) {
      $0.appendWeightNorms(to: &$1)
    },
    Quantity(onRequest: "W1", "W₁", "weights of the first layer", [.hidden, .input]) {
      $0.network.originalWeights.layers[0].elements
    },
    Quantity(onRequest: "W2", "W₂", "weights of the second layer", [.output, .hidden]) {
      $0.network.originalWeights.layers[1].elements
    },
    Quantity(
      onRequest: "ntk_spectrum", "σ²(J)", "eigenvalues of the neural tangent kernel over N",
      [.direction]
    ) { try $0.parameterJacobian().spectrum },
    Quantity(
      onRequest: "layer_share", "‖v_l‖²",
      "share of each layer in each direction of the parameter Jacobian",
      [.direction, .layer]
    ) { try $0.parameterJacobian().layerShares.elements },
    Quantity(
      onRequest: "layer_ntk_spectrum", "σ²(J_l)",
      "eigenvalues of each layer's part of the neural tangent kernel over N",
      [.layer, .direction]
    ) { try $0.parameterJacobian().layerSpectra().elements },
    Quantity(onRequest: "sharpness", "λ_max(H)", "largest eigenvalue of the Hessian of J") {
      [try $0.sharpness()]
    },
    Quantity(
      onRequest: "hessian_spectrum", "λ(H)", "largest eigenvalues of the Hessian of J",
      [.hessianMode]
    ) { try $0.hessianSpectrum() },
    Quantity(
      onRequest: "gradient_norm", "‖∂J/∂W_l‖", "norm of the gradient of each layer", [.layer]
    ) { $0.gradientNorms },
    Quantity(onRequest: "rank", "rank W_l", "numerical rank of each layer", [.layer]) {
      try $0.ranks()
    },
    Quantity(
      onRequest: "alignment", "‖W₁v‖²/‖W₁‖²", "share of each mode in the first layer", [.mode]
    ) { $0.alignments },
    Quantity(
      onRequest: "sample_loss", "‖y − ŷ‖²", "squared error of each training sample", [.sample]
    ) { $0.sampleLosses },
    Quantity(
      onRequest: "low_rank_loss", "L_k", "loss on the k leading principal components of the inputs",
      [.input]
    ) { $0.lowRankLosses },
  ]

  /// The quantity of linear networks of the given name.
  public static func named(_ name: String) -> Quantity? { all.first { $0.name == name } }

  /// All quantities of the networks of a scenario, in the order in which a file lists them.
  public static func all(of scenario: Scenario) -> [Quantity] {
    switch scenario.network {
    case .linear: all
    case .dense(let section):
      dense(
        depth: section.depth, loss: scenario.training.loss, convolutions: section.channels.count,
        hasBiases: section.hasBiases)
    case .composition(let section): composition(section)
    }
  }

  /// The quantities that a run of a scenario records.
  ///
  /// - Throws: ``RecordingError/unknownQuantity(_:known:)`` for one that cannot be asked for.
  public static func recorded(by scenario: Scenario) throws -> [Quantity] {
    let (all, extra) = (all(of: scenario), scenario.record.requested)
    let optional = all.filter { !$0.isUsual }
    for name in extra where !optional.contains(where: { $0.name == name }) {
      throw RecordingError.unknownQuantity(name, known: optional.map(\.name))
    }
    return all.filter { $0.isUsual || extra.contains($0.name) }
  }
}
