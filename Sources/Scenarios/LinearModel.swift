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
  /// Whether the noise lies along the singular vectors of X instead of along the samples.
  public var couplesNoise = false
  /// Whether the inputs are brought to mean 0 and standard deviation 1.
  public var isStandardised = false
  /// How many leading principal components of X are kept; nil for all.
  public var principalComponents: Int?
  /// Whether row i of the inputs is the unit vector of input i, modulo d, and nothing is drawn.
  public var isOneHot = false

  /// The defaults.
  public init() {}

  /// Number of test samples, resolved.
  public var resolvedTestSamples: Int { testSamples ?? 100 * samples }

  /// The noise of the two halves of the rows, resolved; of large and small modes if it is coupled.
  public var noiseLevels: [Double] {
    noise.count == 1 ? [noise[0], couplesNoise ? 0 : noise[0]] : noise
  }

  /// The file of the teacher, if it is in one.
  public var files: [String] { teacher.files }

  /// The keys.
  public static let fields: [Field<LinearModel>] = [
    Field("samples", \.samples, .size, "training samples n"),
    Field("dim", \.inputs, .size, "input dimension d"),
    Field("outputs", \.outputs, .size, "output dimension"),
    Field("test_samples", \.testSamples, .size, "test samples, without noise"),
    Field(
      "kappa", \.kappa, .positive,
      "ratio κ of the singular values of X"),
    Field(
      "unit_values", \.unitValues, .atLeast(0),
      "how many singular values are 1, the rest κ"),
    Field(
      "continuous_eigs", \.hasContinuousSpectrum,
      "singular values of X evenly from 1 to κ"),
    Field(
      "transform_data", \.isTransformed, "turn inputs into their own singular basis"),
    Field("sigmas", \.inputScales, "standard deviations of the input draws"),
    Field(
      "s_range", \.scaleRange,
      Condition("two numbers greater than 0") { $0.count == 2 && $0.allSatisfy { $0 > 0 } },
      "first and last deviation for geo"),
    Field("normalized", \.isNormalized, "divide the standard deviations by √d"),
    Field("teacher", \.teacher, "the map that makes the targets"),
    Field("scale_beta", \.scalesTeacher, "divide the teacher by the singular values"),
    Field(
      "sigma_noise", \.noise, .notNegative(count: 1...2),
      "target noise, in all rows or each half"),
    Field("coupled_noise", \.couplesNoise, "noise along the singular vectors of X"),
    Field("standardise", \.isStandardised, "bring each input to mean 0, deviation 1"),
    Field("pcs", \.principalComponents, .size, "leading components of X that are kept"),
    Field("one_hot", \.isOneHot, "unit vectors, in turn, as inputs"),
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
    try teacher.validate(inputs: inputs, outputs: outputs, key: path + ".teacher")
    if isOneHot, kappa != nil || isTransformed {
      throw ScenarioError(
        key: path + ".one_hot",
        problem: "One-hot inputs have the spectrum of their counts, which nothing may reshape",
        remedy: "set kappa to null and transform_data to false, or leave one_hot out")
    }
    if let principalComponents, principalComponents > active {
      throw ScenarioError(
        key: path + ".pcs",
        problem: "\(principalComponents) principal components cannot be kept where X has \(active)",
        remedy: "give at most \(active)")
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
