/// Independent products: each task has two inputs, and its target is their product.
///
/// For each task y ~ U(0, 1) and u ~ U(0, 1), the inputs are x₁ = y/(u(1 − ε) + ε) and x₂ = y/x₁,
/// exchanged with probability ½ in each row. A permutation of all rows then tells training from
/// validation.
///
/// - Source: `jbremz/physics-mi`, where the inputs are a mass and an acceleration, the target a force.
public struct TwoTaskData: PlainSection {
  /// Number of training samples.
  public var samples = 8000
  /// Number of validation samples.
  public var testSamples = 2000
  /// ε, the smallest value of x₂ before the exchange.
  public var epsilon = 0.5
  /// Whether the two inputs of a task are exchanged in half of the rows.
  public var isSwapped = true
  /// Number of tasks.
  public var tasks = 2

  /// The defaults.
  public init() {}

  /// Number of inputs, two for each task.
  public var inputs: Int { 2 * tasks }
  /// Number of outputs, one for each task.
  public var outputs: Int { tasks }

  /// The keys.
  public static let fields: [Field<TwoTaskData>] = [
    Field("samples", \.samples, .size, "training samples n"),
    Field("test_samples", \.testSamples, .size, "validation samples"),
    Field(
      "epsilon", \.epsilon, Condition("greater than 0, at most 1") { $0 > 0 && $0 <= 1 },
      "ε, smallest second factor of each product"),
    Field("swap", \.isSwapped, "exchange the factors in half of the rows"),
    Field("tasks", \.tasks, .within(1...1000), "independent products"),
  ]
}
