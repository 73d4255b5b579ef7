/// What is evaluated instead of a training: nothing, a solution for the problem, or a closed form
/// with parameters of its own.
public enum FormulaSection: KindedSection {
  /// Nothing: the network is trained.
  case none(NoFormula)
  /// The solution that the key `theory` names, of the scenario's own problem.
  case solution(SolutionFormula)
  /// A trade-off per feature.
  case featureRisk(FeatureRiskFormula)
  /// Overlaps with a teacher through features of two scales.
  case overlaps(OverlapFormula)
  /// Train and test error of linear regression on Gaussian inputs.
  case generalization(GeneralizationFormula)
  /// Test error of a network that learns a few singular values in noise.
  case noisyTeacher(NoisyTeacherFormula)

  /// The kinds with their defaults.
  public static let kinds: [(name: String, section: FormulaSection)] = [
    ("none", .none(NoFormula())),
    ("solution", .solution(SolutionFormula())),
    ("feature-risk", .featureRisk(FeatureRiskFormula())),
    ("overlaps", .overlaps(OverlapFormula())),
    ("generalization", .generalization(GeneralizationFormula())),
    ("noisy-teacher", .noisyTeacher(NoisyTeacherFormula())),
  ]

  /// What is particular to the kind.
  public var contents: any PlainSection {
    switch self {
    case .none(let section): section
    case .solution(let section): section
    case .featureRisk(let section): section
    case .overlaps(let section): section
    case .generalization(let section): section
    case .noisyTeacher(let section): section
    }
  }

  /// A formula of the same kind.
  public func with(_ contents: any PlainSection) -> FormulaSection {
    switch contents {
    case let section as NoFormula: .none(section)
    case let section as SolutionFormula: .solution(section)
    case let section as FeatureRiskFormula: .featureRisk(section)
    case let section as OverlapFormula: .overlaps(section)
    case let section as GeneralizationFormula: .generalization(section)
    case let section as NoisyTeacherFormula: .noisyTeacher(section)
    default: self
    }
  }

  /// Whether the network is trained.
  public var isNone: Bool { if case .none = self { true } else { false } }

  /// Checks what no key can check alone.
  func validate(path: String, scenario: Scenario) throws {
    switch self {
    case .none: return
    case .solution:
      guard !["auto", "none", "flow"].contains(scenario.theory) else {
        throw ScenarioError(
          key: "theory", problem: "The theory \(scenario.theory) names no solution to evaluate",
          remedy: "name one that 'dyn theory --list' lists")
      }
      return
    case .featureRisk(let section): try section.validate(path: path)
    case .overlaps(let section): try section.validate(path: path)
    case .generalization, .noisyTeacher: break
    }
    let plain = Scenario()
    for (name, isChanged) in [
      ("data", scenario.data != plain.data), ("network", scenario.network != plain.network),
      ("training", scenario.training != plain.training),
      ("record", scenario.record != plain.record), ("theory", scenario.theory != plain.theory),
    ] where isChanged {
      throw ScenarioError(
        key: name, problem: "The formula \(kind) has parameters of its own, but \(name) is given",
        remedy: "leave \(name) out")
    }
  }
}

/// No formula: the network is trained.
public struct NoFormula: PlainSection {
  /// No formula.
  public init() {}
  /// The keys: none.
  public static let fields: [Field<NoFormula>] = []
}

/// The solution that the key `theory` names, evaluated for the scenario's problem.
public struct SolutionFormula: PlainSection {
  /// Numbers of steps, not necessarily whole for a solution in continuous time.
  public var steps = AxisValues.geometric(from: 1, to: 10_000, count: 401)

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields: [Field<SolutionFormula>] = [
    Field(
      "steps", \.steps, .ascending,
      "numbers of steps at which it is evaluated, also between whole ones")
  ]
}

/// Features that are learned independently, a bias–variance trade-off each.
///
/// - Source: Heckel & Yilmaz 2020, arXiv:2007.10099.
public struct FeatureRiskFormula: PlainSection {
  /// σᵢ of the features.
  public var scales = [1, 0.15]
  /// θᵢ of the features.
  public var coefficients = [0.45, 3]
  /// σ of the noise.
  public var noise = 1.0
  /// Number of samples n.
  public var samples = 10
  /// Step sizes, one for all features or one for each.
  public var rates = [0.1]
  /// The step at which all features are made to turn, by changing their step sizes.
  public var turning: Double?
  /// Numbers of steps.
  public var steps = AxisValues.geometric(from: 1, to: 10_000, count: 401)

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields: [Field<FeatureRiskFormula>] = [
    Field("scales", \.scales, "standard deviations σᵢ of the features"),
    Field("coefficients", \.coefficients, "coefficients θᵢ of the features"),
    Field("noise", \.noise, .notNegative, "standard deviation of the noise of a sample"),
    Field("samples", \.samples, .size, "number of samples n"),
    Field("lr", \.rates, .notNegative(count: 1...1_000_000), "step sizes, for all or each"),
    Field(
      "turning_step", \.turning, .positive,
      "the step at which all features turn, by step sizes of their own; null: lr"),
    Field("steps", \.steps, .ascending, "numbers of steps at which it is evaluated"),
  ]

  /// Checks what no key can check alone.
  func validate(path: String) throws {
    guard coefficients.count != scales.count || ![1, scales.count].contains(rates.count) else {
      return
    }
    throw ScenarioError(
      key: path + ".coefficients",
      problem: "There are \(coefficients.count) coefficients and \(rates.count) step sizes for "
        + "\(scales.count) scales",
      remedy: "give \(scales.count) coefficients, and one step size or \(scales.count)")
  }
}

/// A linear student that sees the latent inputs of its teacher through features of two scales.
///
/// - Source: Pezeshki et al. 2022, arXiv:2112.03215.
public struct OverlapFormula: PlainSection {
  /// Number of samples n.
  public var samples = 130
  /// Number of latent inputs d.
  public var inputs = 100
  /// Number of fast features p.
  public var fast = 70
  /// κ, how much larger the singular values of the fast features are.
  public var kappa = 100.0
  /// Standard deviation of the noise.
  public var noise = 0.0
  /// Ridge λ that is added to XᵀX.
  public var ridge = 0.0
  /// Penalty μ on the overlap with itself, μQ/2 in the loss per sample.
  public var penalty = 0.0
  /// Which features the student sees.
  public var part = Part.both
  /// Numbers of steps of size 1/(largest eigenvalue of XᵀX + λ).
  public var steps = AxisValues.geometric(from: 0.1, to: 1e7, count: 81)

  /// The defaults.
  public init() {}

  /// Which features the student sees.
  public enum Part: String, ScenarioChoice {
    /// All of them.
    case both
    /// Only the fast ones.
    case fast
    /// Only the slow ones.
    case slow
  }

  /// The keys.
  public static let fields: [Field<OverlapFormula>] = [
    Field("samples", \.samples, .size, "number of samples n"),
    Field("dim", \.inputs, .size, "number of latent inputs d"),
    Field("fast", \.fast, .atLeast(0), "number of fast features p"),
    Field("kappa", \.kappa, .positive, "ratio κ of the scales of fast and slow features"),
    Field("noise", \.noise, .notNegative, "standard deviation of the noise of a sample"),
    Field("ridge", \.ridge, .notNegative, "ridge λ added to XᵀX"),
    Field("penalty", \.penalty, .notNegative, "penalty μ on the overlap with itself, μQ/2"),
    Field("part", \.part, "which features the student sees"),
    Field("steps", \.steps, .ascending, "numbers of steps at which it is evaluated"),
  ]

  /// Checks what no key can check alone.
  func validate(path: String) throws {
    guard fast > inputs else { return }
    throw ScenarioError(
      key: path + ".fast", problem: "There are \(fast) fast features of \(inputs)",
      remedy: "give at most \(inputs)")
  }
}

/// Linear regression on independent Gaussian inputs of unit variance, averaged over teachers.
///
/// - Source: Advani, Saxe & Sompolinsky 2020, arXiv:1710.03667.
public struct GeneralizationFormula: PlainSection {
  /// α, samples for each input.
  public var load = 1.0
  /// σ_w² of the teacher.
  public var teacher = 1.0
  /// σ₀² of the start.
  public var start = 0.0
  /// σ_ε² of the noise.
  public var noise = 0.25
  /// Times, in units of one over the mean eigenvalue.
  public var times = AxisValues.geometric(from: 0.01, to: 10_000, count: 401)

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields: [Field<GeneralizationFormula>] = [
    Field("load", \.load, .positive, "samples per input α"),
    Field("teacher", \.teacher, .notNegative, "variance σ_w² of the teacher"),
    Field("start", \.start, .notNegative, "variance σ₀² of the start"),
    Field("noise", \.noise, .notNegative, "variance σ_ε² of the noise of a sample"),
    Field("times", \.times, .ascending, "times at which it is evaluated"),
  ]
}

/// A two-layer network that learns a teacher of few singular values from noisy targets.
///
/// - Source: Lampinen & Ganguli 2019, arXiv:1809.10374.
public struct NoisyTeacherFormula: PlainSection {
  /// Singular values of the teacher, in units of the noise.
  public var singularValues = [4.0]
  /// Standard deviation σ of the noise on the normalised correlations.
  public var noise = 1.0
  /// Number of outputs.
  public var outputs = 50
  /// Number of inputs.
  public var inputs = 100
  /// Strength u₀ of every mode at the start.
  public var initial = 1e-3
  /// Times.
  public var times = AxisValues.geometric(from: 0.01, to: 100, count: 401)

  /// The defaults.
  public init() {}

  /// The keys.
  public static let fields: [Field<NoisyTeacherFormula>] = [
    Field(
      "singular_values", \.singularValues, .notNegative(count: 1...1000),
      "singular values of the teacher"),
    Field("noise", \.noise, .positive, "noise σ, in whose units the largest noise mode is 1 + √A"),
    Field("outputs", \.outputs, .size, "number of outputs"),
    Field("inputs", \.inputs, .size, "number of inputs"),
    Field("initial", \.initial, .positive, "strength of every mode at the start"),
    Field("times", \.times, .ascending, "times at which it is evaluated"),
  ]
}
