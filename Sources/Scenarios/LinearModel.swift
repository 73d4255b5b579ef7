/// Data of a linear model: inputs with a chosen spectrum, targets by a linear teacher plus noise.
///
/// The defaults are those of the scenario `exact-solutions`.
public struct LinearModel: PlainSection {
  /// Number of training samples n.
  public var samples = 50
  /// Number of inputs d.
  public var inputs = 2
  /// Number of outputs.
  public var outputs = 2
  /// Number of test samples; nil for 100·n.
  public var testSamples: Int?
  /// κ, the ratio of the singular values of X; nil leaves the spectrum as drawn.
  public var kappa: Double? = 10
  /// How many singular values of X are 1 (the others are κ); nil for half of them, rounded up.
  public var unitValues: Int?
  /// Whether the singular values run evenly from 1 to κ instead.
  public var hasContinuousSpectrum = false
  /// Whether the inputs are turned into the basis of their own right singular vectors.
  public var isTransformed = true
  /// Standard deviations of the input draws.
  public var inputScales = InputScales.uniform(1)
  /// First and last standard deviation where the scales are geometric.
  public var scaleRange = [1.0, 10]
  /// Whether the standard deviations are divided by √d.
  public var isNormalized = false
  /// The map that makes the targets.
  public var teacher = Teacher.compensated
  /// Whether the teacher's rows are divided by the singular values, B ← F⁻¹B.
  public var scalesTeacher = false
  /// Standard deviation of the target noise, or of its first and second half.
  public var noise = [0.0]

  /// The defaults.
  public init() {}

  /// Number of test samples, resolved.
  public var resolvedTestSamples: Int { testSamples ?? 100 * samples }

  /// The noise of the two halves of the rows, resolved.
  public var noiseLevels: [Double] { noise.count == 1 ? [noise[0], noise[0]] : noise }

  /// The keys.
  public static let fields: [Field<LinearModel>] = [
    Field("samples", \.samples, .size, "training samples n"),
    Field("dim", \.inputs, .size, "input dimension d"),
    Field("outputs", \.outputs, .size, "output dimension"),
    Field("test_samples", \.testSamples, .size, "test samples; null for 100·n"),
    Field(
      "kappa", \.kappa, .positive,
      "ratio of the singular values of X (κ² for the eigenvalues of Σxx); null: as drawn"),
    Field(
      "unit_values", \.unitValues, .atLeast(0),
      "how many singular values of X are 1, the rest κ; null for half"),
    Field(
      "continuous_eigs", \.hasContinuousSpectrum,
      "singular values of X evenly spaced from 1 to κ"),
    Field(
      "transform_data", \.isTransformed, "turn the inputs into the basis of their own modes"),
    Field("sigmas", \.inputScales, "standard deviations of the input draws"),
    Field(
      "s_range", \.scaleRange,
      Condition("two numbers greater than 0") { $0.count == 2 && $0.allSatisfy { $0 > 0 } },
      "first and last standard deviation for sigmas geo"),
    Field("normalized", \.isNormalized, "divide the standard deviations by √d"),
    Field("teacher", \.teacher, "the map that makes the targets"),
    Field("scale_beta", \.scalesTeacher, "divide the teacher by the singular values of X"),
    Field(
      "sigma_noise", \.noise, .notNegative(count: 1...2),
      "standard deviation of the target noise, in all rows or in each half"),
  ]

  /// Checks what no key can check alone.
  func validate(path: String) throws {
    let active = min(samples, inputs)
    if let unitValues, unitValues > active {
      throw ScenarioError(
        key: path + ".unit_values",
        problem: "\(unitValues) singular values cannot be 1 where X has only \(active)",
        remedy: "give at most \(active)")
    }
    if case .each(let scales) = inputScales, scales.count != inputs {
      throw ScenarioError(
        key: path + ".sigmas",
        problem: "There are \(scales.count) input scales for \(inputs) inputs",
        remedy: "give one for all, or \(inputs)")
    }
    if case .matrix(let rows) = teacher,
      rows.count != inputs || rows.contains(where: { $0.count != outputs })
    {
      throw ScenarioError(
        key: path + ".teacher",
        problem: "The teacher has \(rows.count) rows of lengths \(Set(rows.map(\.count)).sorted())",
        remedy: "give \(inputs) rows (inputs) of \(outputs) numbers (outputs)")
    }
    guard scalesTeacher else { return }
    if kappa == nil {
      throw ScenarioError(
        key: path + ".scale_beta", problem: "The teacher cannot be scaled without kappa",
        remedy: "give a kappa, or leave the scaling out")
    }
    if teacher == .compensated {
      throw ScenarioError(
        key: path + ".scale_beta",
        problem: "The teacher 'compensated' already divides by the singular values",
        remedy: "choose the teacher ones or gaussian, or leave the scaling out")
    }
  }
}

/// Standard deviations of the inputs before their spectrum is shaped.
public enum InputScales: ScenarioValue {
  /// The same for every input.
  case uniform(Double)
  /// One for each input.
  case each([Double])
  /// Geometrically spaced over the scale range.
  case geometric
  /// 1 for the first half of the inputs, 0.01 for the rest.
  case halves

  /// Words for the accepted values.
  public static var accepts: String {
    "a number greater than 0, a list of them, \"geo\" or \"halves\""
  }

  /// A number, a list or a word.
  public init?(json: JSON) {
    switch json.content {
    case .number(let scale) where scale > 0: self = .uniform(scale)
    case .string("geo"), .string("geometric"): self = .geometric
    case .string("halves"): self = .halves
    case .array:
      guard let scales = [Double](json: json), !scales.isEmpty, scales.allSatisfy({ $0 > 0 })
      else { return nil }
      self = .each(scales)
    default: return nil
    }
  }

  /// The number, list or word.
  public var json: JSON {
    switch self {
    case .uniform(let scale): .number(scale)
    case .each(let scales): scales.json
    case .geometric: .string("geo")
    case .halves: .string("halves")
    }
  }
}

/// The linear map that makes the targets, B with Y = X·B.
public enum Teacher: ScenarioValue {
  /// Zero but for B_ii = sᵢ/Fᵢ² with nearly equal sᵢ, so that all modes are learned together.
  case compensated
  /// Every entry 1.
  case ones
  /// Standard normal entries, drawn before the inputs.
  case gaussian
  /// Given entries, rows are inputs and columns are outputs.
  case matrix([[Double]])

  /// Words for the accepted values.
  public static var accepts: String {
    "\"compensated\", \"ones\", \"gaussian\", or a list of rows (inputs) of numbers (outputs)"
  }

  /// A word or a list of rows.
  public init?(json: JSON) {
    switch json.content {
    case .string("compensated"): self = .compensated
    case .string("ones"): self = .ones
    case .string("gaussian"): self = .gaussian
    case .array:
      guard let rows = [[Double]](json: json), !rows.isEmpty else { return nil }
      self = .matrix(rows)
    default: return nil
    }
  }

  /// The word or rows.
  public var json: JSON {
    switch self {
    case .compensated: .string("compensated")
    case .ones: .string("ones")
    case .gaussian: .string("gaussian")
    case .matrix(let rows): rows.json
    }
  }
}
