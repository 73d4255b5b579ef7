/// Inputs from a few hidden factors, X = Z·Bᵀ + noise, to be reproduced: Y = X.
///
/// - Source: the autoencoder of `implicit_dynamics` in the code of Olmin & Lindsten,
///   arXiv:2407.09845, after Gidel, Bach & Lacoste-Julien 2019, arXiv:1904.13262.
public struct FactorData: PlainSection {
  /// Number of training samples n.
  public var samples = 1000
  /// Number of inputs and of outputs d.
  public var inputs = 20
  /// Variances D of the factors, one each.
  public var factorVariances = [4, 2, 1, 0.5, 0.25]
  /// Distribution of the loadings B.
  public var loadings = Loadings.uniform
  /// Standard deviation of the noise on every input.
  public var noise = 1e-3
  /// Number of test samples; nil for n.
  public var testSamples: Int?

  /// The defaults.
  public init() {}

  /// Number of factors r.
  public var factors: Int { factorVariances.count }
  /// Number of test samples, resolved.
  public var resolvedTestSamples: Int { testSamples ?? samples }

  /// Distribution of the loadings.
  public enum Loadings: String, ScenarioChoice {
    /// Uniform from 0 to 1.
    case uniform
    /// Standard normal.
    case gaussian
  }

  /// The keys.
  public static let fields: [Field<FactorData>] = [
    Field("samples", \.samples, .size, "training samples n"),
    Field("dim", \.inputs, .size, "input and output dimension d"),
    Field(
      "factor_variances", \.factorVariances,
      Condition("at least one, each greater than 0") { !$0.isEmpty && $0.allSatisfy { $0 > 0 } },
      "variances of the factors, one each"),
    Field("loadings", \.loadings, "distribution of the loadings B"),
    Field("sigma_noise", \.noise, .notNegative, "standard deviation of the noise on the inputs"),
    Field("test_samples", \.testSamples, .size, "test samples, free of noise; null for n"),
  ]

  /// Checks what no key can check alone.
  func validate(path: String) throws {
    guard factors > inputs else { return }
    throw ScenarioError(
      key: path + ".factor_variances",
      problem: "\(factors) factors cannot be told by \(inputs) inputs",
      remedy: "give at most \(inputs), or a larger dim")
  }
}
