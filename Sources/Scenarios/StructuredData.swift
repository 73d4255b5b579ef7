/// Data whose singular values are chosen one by one: those of X, and those of the fit or of Σyx.
///
/// X = Uₓ·diag(√λ)·Vᵀ and Ŵ = U·diag(S)·Vᵀ with Haar orthogonal Uₓ, V, U, so that the modes are not
/// coupled; noise moves the teacher away from the fit and leaves the fit as it is. The defaults are
/// two inputs of variances 25 and 1 with equal input-output strengths.
///
/// - Source: `exact_solutions_diff_data` of Olmin & Lindsten, arXiv:2407.09845.
public struct StructuredData: PlainSection {
  /// Number of training samples n, at least the number of inputs.
  public var samples = 50
  /// Number of outputs.
  public var outputs = 2
  /// Singular values of X, one per input; nil if the variances are given.
  public var inputValues: [Double]?
  /// Eigenvalues λ of XᵀX, one per input; nil if the singular values are given.
  public var variances: [Double]?
  /// Singular values S of the fit; nil if the strengths are given.
  public var mapValues: [Double]?
  /// Singular values s of YᵀX; nil if those of the fit are given.
  public var strengths: [Double]?
  /// Whether the fit has the right singular vectors of X.
  public var sharesVectors = true
  /// Whether inputs and outputs are rotated at random away from their axes.
  public var isRotated = true
  /// Noise ε̃ of each mode, given; nil if it is drawn.
  public var modeNoise: [Double]?
  /// Standard deviation of the noise of each mode, drawn.
  public var noise = 0.0
  /// Number of test samples; nil for the training inputs themselves.
  public var testSamples: Int?
  /// Factor f of each input's variance in the test set, one per input; none for 1.
  public var testWeights: [Double] = []

  /// The defaults.
  public init() {}

  /// Singular values of X, resolved, shape [input].
  public var resolvedInputValues: [Double] {
    inputValues ?? variances?.map { $0.squareRoot() } ?? [5, 1]
  }

  /// Eigenvalues λ of XᵀX, resolved, shape [input].
  public var resolvedVariances: [Double] {
    variances ?? resolvedInputValues.map { $0 * $0 }
  }

  /// Singular values of YᵀX, resolved; nil if those of the fit are given.
  public var resolvedStrengths: [Double]? { mapValues == nil ? strengths ?? [5, 5] : nil }

  /// Number of inputs d.
  public var inputs: Int { resolvedInputValues.count }

  /// The keys.
  public static let fields: [Field<StructuredData>] = [
    Field("samples", \.samples, .size, "training samples n, at least one per input"),
    Field("outputs", \.outputs, .size, "output dimension"),
    Field(
      "input_values", \.inputValues, .eachPositive,
      "singular values of X, one per input; null: see variances"),
    Field(
      "variances", \.variances, .eachPositive,
      "eigenvalues of XᵀX, one per input; null: see input_values, both null: 25, 1"),
    Field(
      "map_values", \.mapValues, .eachNotNegative,
      "singular values of the fit, from the first input on; null: see strengths"),
    Field(
      "strengths", \.strengths, .eachNotNegative,
      "singular values of YᵀX, from the first input on; null: see map_values, both null: 5, 5"),
    Field("share_v", \.sharesVectors, "the fit has the right singular vectors of X"),
    Field("rotate", \.isRotated, "turn inputs and outputs away from their axes at random"),
    Field("mode_noise", \.modeNoise, "noise of each mode, given; null: drawn"),
    Field("sigma_noise", \.noise, .notNegative, "standard deviation of the noise of each mode"),
    Field(
      "test_samples", \.testSamples, .size,
      "test samples; null: the training inputs with targets free of noise"),
    Field(
      "test_weights", \.testWeights, Condition("each at least 0") { $0.allSatisfy { $0 >= 0 } },
      "factors on the variances of the inputs in the test set, one per input; none for 1"),
  ]

  /// Checks what no key can check alone.
  func validate(path: String) throws {
    for (one, other, names) in [
      (inputValues, variances, ("input_values", "variances")),
      (mapValues, strengths, ("map_values", "strengths")),
    ] where one != nil && other != nil {
      throw ScenarioError(
        key: path + "." + names.1, problem: "Both \(names.0) and \(names.1) are given",
        remedy: "set one of them to null")
    }
    if samples < inputs {
      throw ScenarioError(
        key: path + ".samples", problem: "\(samples) samples cannot have \(inputs) singular values",
        remedy: "give at least \(inputs) samples")
    }
    if !testWeights.isEmpty && testWeights.count != inputs {
      throw ScenarioError(
        key: path + ".test_weights",
        problem: "There are \(testWeights.count) test_weights for \(inputs) inputs",
        remedy: "give one for each input")
    }
    let modes = min(inputs, outputs)
    if mapValues == nil && strengths == nil && modes < 2 {
      throw ScenarioError(
        key: path + ".strengths", problem: "The two default strengths need two modes",
        remedy: "give strengths or map_values, at most \(modes) of them")
    }
    for (values, name) in [
      (mapValues, "map_values"), (strengths, "strengths"), (modeNoise, "mode_noise"),
    ] {
      guard let values, values.count > modes else { continue }
      throw ScenarioError(
        key: path + "." + name, problem: "There are \(values.count) \(name) for \(modes) modes",
        remedy: "give at most \(modes)")
    }
    if modeNoise != nil && noise != 0 {
      throw ScenarioError(
        key: path + ".sigma_noise", problem: "The noise of the modes is both given and to be drawn",
        remedy: "leave out mode_noise or sigma_noise")
    }
    if !sharesVectors && (modeNoise != nil || noise != 0) {
      throw ScenarioError(
        key: path + ".share_v", problem: "Noise of a mode has no meaning where V is not shared",
        remedy: "set share_v to true, or leave the noise out")
    }
  }
}

extension Condition where Value == [Double]? {
  /// At least one number, each above 0, if there is a list.
  static var eachPositive: Condition {
    Condition("each greater than 0") { $0.map { !$0.isEmpty && $0.allSatisfy { $0 > 0 } } ?? true }
  }

  /// At least one number, each 0 or above, if there is a list.
  static var eachNotNegative: Condition {
    Condition("each at least 0") { $0.map { !$0.isEmpty && $0.allSatisfy { $0 >= 0 } } ?? true }
  }
}
