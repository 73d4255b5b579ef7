/// How the weights are trained.
public struct TrainingSection: PlainSection {
  /// Learning rate of all layers, or of each.
  public var rates = [0.001]
  /// γ of the factor 1/(1 + γk) on the rates at step k.
  public var decay = 0.0
  /// β of the term β·W that is added to the gradient, for all layers or for each.
  public var weightDecay = [0.0]
  /// Factors on the rate of a single layer, one for each input; none for equal rates.
  public var inputRates: [Double] = []
  /// Order in which the layers take their steps.
  public var order = Order.simultaneous
  /// How the gradients are computed.
  public var gradients = Gradients.manual
  /// Whether the objective sums or averages over samples.
  public var reduction = SampleReduction.sum
  /// Number of steps T.
  public var iterations = 100_000
  /// How the steps are computed; the weights do not depend on it but for rounding.
  public var engine = Engine.auto
  /// Targets that replace those of the data from some iteration on, in order.
  public var stages: [TargetStage] = []

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields: [Field<TrainingSection>] = [
    Field(
      "lr", \.rates, Condition("each at least 0") { $0.allSatisfy { $0 >= 0 } && !$0.isEmpty },
      "learning rate, for all layers or each"),
    Field("decay", \.decay, .notNegative, "γ in rates η/(1 + γk) at step k"),
    Field(
      "weight_decay", \.weightDecay,
      Condition("each at least 0") { $0.allSatisfy { $0 >= 0 } && !$0.isEmpty },
      "β of the term β·W in the gradient"),
    Field(
      "input_rates", \.inputRates, Condition("each at least 0") { $0.allSatisfy { $0 >= 0 } },
      "factors on the rate of a single layer, one for each input"),
    Field("update", \.order, "order in which the layers step"),
    Field("gradients", \.gradients, "where gradients come from"),
    Field("reduction", \.reduction, "sum or mean over the samples"),
    Field("iterations", \.iterations, .atLeast(0, atMost: 1_000_000_000_000_000), "steps T"),
    Field("engine", \.engine, "how the steps are computed"),
    Field("stages", \.stages, "later targets, by iteration"),
  ]

  /// Checks what no key can check alone.
  func validate(path: String, data: DataSection) throws {
    try stages.validate(key: path + ".stages", data: data)
    if case .correlations = data, reduction == .mean {
      throw ScenarioError(
        key: path + ".reduction",
        problem: "Given correlations are those of the objective, with no samples to average over",
        remedy: "set reduction to sum, or divide the correlations yourself")
    }
  }

  /// One rate per layer, resolved.
  public func layerRates(depth: Int) -> [Double] {
    rates.count == 1 ? Array(repeating: rates[0], count: depth) : rates
  }

  /// One weight decay per layer, resolved.
  public func layerWeightDecay(depth: Int) -> [Double] {
    weightDecay.count == 1 ? Array(repeating: weightDecay[0], count: depth) : weightDecay
  }

  /// Checks what no key can check alone.
  func validate(path: String, depth: Int) throws {
    guard [1, depth].contains(rates.count) else {
      throw ScenarioError.perLayer(rates.count, depth, "learning rates", key: path + ".lr")
    }
    guard [1, depth].contains(weightDecay.count) else {
      throw ScenarioError.perLayer(
        weightDecay.count, depth, "weight decays", key: path + ".weight_decay")
    }
    guard inputRates.isEmpty || depth == 1 else {
      throw ScenarioError(
        key: path + ".input_rates",
        problem: "\(path).input_rates is given for a network of \(depth) layers",
        remedy: "rates for each input need network.depth 1")
    }
  }

  /// Order of updates; see `UpdateOrder` for what the words mean.
  public enum Order: String, ScenarioChoice {
    /// All layers from the same weights.
    case simultaneous
    /// First layer first.
    case sequential
  }

  /// Where gradients come from.
  public enum Gradients: String, ScenarioChoice {
    /// Formulas written by hand.
    case manual
    /// Reverse-mode differentiation.
    case autograd
  }

  /// How the steps are computed.
  public enum Engine: String, ScenarioChoice {
    /// The fastest that applies.
    case auto
    /// A pass over all samples for each gradient.
    case literal
    /// Correlations instead of samples, the least hidden width.
    case statistics
    /// Two numbers for each mode, where modes evolve alone.
    case modes
  }

  /// Sum or mean over samples.
  public enum SampleReduction: String, ScenarioChoice {
    /// Sum.
    case sum
    /// Mean.
    case mean
  }
}
