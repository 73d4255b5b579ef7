import Foundation
import LearningProblems
import LinearAlgebra

/// The risk of linear regression as a superposition of one bias–variance trade-off per feature.
///
/// Features of variance σᵢ² with coefficients θᵢ, noise σ², n samples, descent from zero with steps
/// ηᵢ on the loss per sample:
///
///     R(k) = σ² + Σ σᵢ²θᵢ²(1−ηᵢσᵢ²)^(2k) + (σ²/n)·Σ (1 − (1−ηᵢσᵢ²)^k)².
///
/// - Source: Heckel & Yilmaz 2020, arXiv:2007.10099.
public struct FeatureRiskCurve: Equatable, Sendable {
  /// σᵢ, shape [feature].
  public let scales: [Double]
  /// θᵢ, shape [feature].
  public let coefficients: [Double]
  /// σ of the noise.
  public let noise: Double
  /// Number of samples n.
  public let samples: Int
  /// ηᵢ, shape [feature], with 0 < ηᵢσᵢ² < 1 for turning steps.
  public let rates: [Double]

  /// A superposition; one rate may stand for all features.
  public init(
    scales: [Double], coefficients: [Double], noise: Double, samples: Int, rates: [Double]
  ) throws(TheoryError) {
    guard coefficients.count == scales.count else {
      throw .lengthMismatch(
        name: "coefficients", count: coefficients.count, expected: scales.count)
    }
    guard rates.count == 1 || rates.count == scales.count else {
      throw .lengthMismatch(name: "rates", count: rates.count, expected: scales.count)
    }
    for value in scales + coefficients { try require("feature", value, "finite") }
    for value in rates { try require("rate", value, "finite and ≥ 0") { $0 >= 0 } }
    try require("noise", noise, "finite and ≥ 0") { $0 >= 0 }
    try require("number of samples", Double(samples), "at least 1") { $0 >= 1 }
    (self.scales, self.coefficients, self.noise) = (scales, coefficients, noise)
    self.samples = samples
    self.rates = rates.count == 1 ? scales.map { _ in rates[0] } : rates
  }

  private var floor: Double { noise * noise / Double(samples) }

  /// The excess risk of every feature after k ≥ 0 steps.
  public func terms(after steps: Double) -> [Double] {
    scales.indices.map { i in
      let variance = scales[i] * scales[i]
      let x = pow(1 - rates[i] * variance, steps)
      return variance * coefficients[i] * coefficients[i] * x * x + floor * (1 - x) * (1 - x)
    }
  }

  /// R(k), the noise included.
  public func risk(after steps: Double) -> Double {
    terms(after: steps).reduce(noise * noise, +)
  }

  /// The remaining fraction x* = v/(σᵢ²θᵢ² + v), v = σ²/n, at which each feature is best.
  public var optima: [Double] {
    zip(scales, coefficients).map { s, theta in
      let signal = s * s * theta * theta
      return signal + floor > 0 ? floor / (signal + floor) : 1
    }
  }

  /// The number of steps, not rounded, after which each feature turns: ln x*/ln(1−ηᵢσᵢ²).
  public var turningSteps: [Double] {
    zip(optima, zip(rates, scales)).map { x, feature in
      let (rate, s) = feature
      return x == 0 ? .infinity : log(x) / log1p(-rate * s * s)
    }
  }

  /// The sum of the smallest risks of all features, which no common number of steps can beat.
  public var smallestRisk: Double {
    zip(zip(scales, coefficients), optima).reduce(noise * noise) { sum, feature in
      let signal = feature.0.0 * feature.0.1
      return sum + signal * signal * feature.1
    }
  }

  /// The same features with steps ηᵢ = (1−x*^(1/k))/σᵢ² that make all of them turn at step k.
  ///
  /// The second descent is gone, and the risk at k is ``smallestRisk``.
  public func equalised(at steps: Double) throws(TheoryError) -> FeatureRiskCurve {
    try require("number of steps", steps, "finite and > 0") { $0 > 0 }
    let cured = zip(optima, scales).map { x, s in
      s == 0 ? 0 : -expm1(log(max(x, 1e-300)) / steps) / (s * s)
    }
    return try FeatureRiskCurve(
      scales: scales, coefficients: coefficients, noise: noise, samples: samples, rates: cured)
  }
}

/// The expected risk of linear regression from zero, as if its features were orthogonal.
///
/// - Source: Heckel & Yilmaz 2020, arXiv:2007.10099.
public struct FeatureRisk: ExactSolution {
  /// `feature-risk`.
  public static let id = "feature-risk"
  /// Name for a legend.
  public static let title = "trade-off per feature"
  /// In one line, what it is about.
  public static let regime = "one layer from zero, many samples per input: approximate mean"
  /// The paper it comes from.
  public static let source = "Heckel & Yilmaz 2020, arXiv:2007.10099"
  /// It counts steps.
  public static let clock = Clock.step
  /// What it predicts.
  public static let curves: [Curve] = [.risk, .modeTestError]

  /// How well the assumptions hold.
  public let validity: Validity
  let expected: ExpectedRegression

  /// The solution of a one-layer problem with samples and a teacher.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    expected = try ExpectedRegression(problem, id: Self.id)
    let load = Double(problem.correlations.inputs) / Double(expected.samples)
    let start = problem.initialWeights.layers[0].norm
    let size = max(expected.test.teacher.norm, 1e-300)
    validity = Validity([
      // 26 %, 5 %, 1.6 % were measured at 5, 25 and 125 samples per input.
      Validity.Assumption(
        "there are many samples per input", violation: load, tolerance: 0,
        expectedError: 1.3 * load),
      Validity.Assumption(
        "the start is zero", violation: start / size, tolerance: 1e-9, expectedError: start / size),
      Validity.Assumption(
        "there is no weight decay", violation: expected.regression.decay, tolerance: 0,
        expectedError: .infinity),
      expected.noiseAssumption(), expected.averagingAssumption(),
    ])
  }

  /// The expected risk and its part in every eigenvector of Σxx after whole numbers of steps.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    let rule = expected.regression.problem.rule
    if rule.decay != 0, let last = moments.last, last > 1e8 { throw .tooManySteps(last) }
    let values = expected.regression.eigenvalues
    var (left, step) = (values.map { _ in 1.0 }, 0)
    return moments.map { moment in
      if rule.decay == 0 {
        left = values.map { pow(1 - rule.timeStep * $0, moment) }
      } else {
        while Double(step) < moment {
          let rate = rule.timeStep * rule.factor(at: step)
          for k in left.indices { left[k] *= 1 - rate * values[k] }
          step += 1
        }
      }
      let outputs = Double(expected.teacher.rows)
      let terms = values.indices.map { k -> Double in
        let signal = expected.teacher.column(k).reduce(0) { $0 + $1 * $1 }
        let learned = 1 - left[k]
        let spread = values[k] > 0 ? outputs * expected.noise / values[k] : 0
        return expected.testWeights[k]
          * (signal * left[k] * left[k] + spread * learned * learned)
      }
      return Prediction([.risk: .number(terms.reduce(0, +)), .modeTestError: .vector(terms)])
    }
  }
}
