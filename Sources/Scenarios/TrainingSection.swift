/// How the weights are trained.
public struct TrainingSection: PlainSection {
  /// The rule that turns gradients into steps.
  public var rule = Rule.gradientDescent
  /// What is minimised.
  public var loss = Loss.squared
  /// Rows per step; nil for all of them.
  public var batch: Int?
  /// μ of stochastic gradient descent.
  public var momentum = 0.0
  /// β₁ and β₂ of Adam.
  public var betas = [0.9, 0.999]
  /// What Adam adds to the root of the second moment.
  public var epsilon = 1e-8
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
    Field("rule", \.rule, "what turns gradients into steps"),
    Field("loss", \.loss, "what is minimised"),
    Field("batch", \.batch, .size, "rows per step, in random order; null for all"),
    Field(
      "momentum", \.momentum, Condition("at least 0, below 1") { $0 >= 0 && $0 < 1 },
      "μ in v ← μv + g of sgd"),
    Field(
      "betas", \.betas,
      Condition("two numbers, at least 0, below 1") {
        $0.count == 2 && $0.allSatisfy { $0 >= 0 && $0 < 1 }
      }, "β₁ and β₂ of adam and adamw"),
    Field("epsilon", \.epsilon, .notNegative, "what adam adds to the root of its second moment"),
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
  public func layerRates(depth: Int) -> [Double] { rates.perLayer(depth) }

  /// One weight decay per layer, resolved.
  public func layerWeightDecay(depth: Int) -> [Double] { weightDecay.perLayer(depth) }

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

  /// What turns gradients into steps.
  public enum Rule: String, ScenarioChoice {
    /// A step down the gradient of all rows.
    case gradientDescent = "gradient-descent"
    /// Steps down the gradients of batches, with momentum.
    case sgd
    /// Steps scaled by running moments, weight decay in the gradient.
    case adam
    /// The same with weight decay outside of the moments.
    case adamW = "adamw"
  }

  /// What is minimised.
  public enum Loss: String, ScenarioChoice {
    /// J = ½·Σ‖y − ŷ‖²/N, reported as 2J.
    case squared
    /// The squared errors, also averaged over outputs where the reduction is mean.
    case meanSquared = "mse"
    /// The absolute errors.
    case absolute
    /// −log of the softmax at the class of each row, the largest of its targets.
    case crossEntropy = "cross-entropy"
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
