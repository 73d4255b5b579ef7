/// How the weights are trained.
public struct TrainingSection: PlainSection {
  /// Learning rate of all layers, or of each.
  public var rates = [0.001, 0.001]
  /// γ of the factor 1/(1 + γk) on the rates at step k.
  public var decay = 0.0
  /// Order in which the layers take their steps.
  public var order = Order.simultaneous
  /// How the gradients are computed.
  public var gradients = Gradients.manual
  /// Whether the objective sums or averages over samples.
  public var reduction = SampleReduction.sum
  /// Number of steps T.
  public var iterations = 100_000
  /// Targets that replace those of the data from some iteration on, in order.
  public var stages: [TargetStage] = []

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields: [Field<TrainingSection>] = [
    Field(
      "lr", \.rates, Condition("each at least 0") { $0.allSatisfy { $0 >= 0 } && !$0.isEmpty },
      "learning rate, for all layers or for each"),
    Field("decay", \.decay, .notNegative, "γ in rates η/(1 + γk) at step k"),
    Field("update", \.order, "order in which the layers take their steps"),
    Field("gradients", \.gradients, "how the gradients are computed; both give the same"),
    Field("reduction", \.reduction, "whether the objective sums or averages over samples"),
    Field("iterations", \.iterations, .within(0...1_000_000_000_000_000), "steps T"),
    Field("stages", \.stages, "targets that replace those of the data from an iteration on"),
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

  /// Sum or mean over samples.
  public enum SampleReduction: String, ScenarioChoice {
    /// Sum.
    case sum
    /// Mean.
    case mean
  }
}
