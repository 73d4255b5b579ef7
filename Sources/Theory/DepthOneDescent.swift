import Foundation
import LearningProblems

/// Gradient descent of linear regression, exact at every step.
///
/// - Source: classical; derived in docs/theory/depth-one-descent.md.
public struct DepthOneDescent: ExactSolution {
  /// `depth-one-descent`.
  public static let id = "depth-one-descent"
  /// Name for a legend.
  public static let title = "linear regression, descent"
  /// In one line, what it is about.
  public static let regime = "one layer, any data, any start, any step size: exact"
  /// Where it comes from.
  public static let source = "classical"
  /// It counts steps.
  public static let clock = Clock.step
  /// What it predicts.
  public static let curves = Curve.ofProduct

  /// How well the assumptions hold.
  public let validity: Validity
  let regression: LinearRegression

  /// The solution of a one-layer problem.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    regression = try LinearRegression(problem, id: Self.id)
    let rate = problem.rule.timeStep * ((regression.eigenvalues.first ?? 0) + regression.decay)
    var warnings: [String] = []
    if rate > 2 { warnings.append("η·l = \(rate) is above 2: descent diverges, as predicted.") }
    validity = Validity(warnings: warnings)
  }

  /// The map, its strengths, loss and risk after whole numbers of steps.
  ///
  /// - Complexity: O(inputs²) a moment with constant rates; with decaying rates O(inputs) for
  ///   every step besides.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    let rule = regression.problem.rule
    let (rate, decay) = (rule.timeStep, regression.decay)
    let curvatures = regression.eigenvalues.map { $0 + decay }
    if rule.decay != 0, let last = moments.last, last > 1e8 { throw .tooManySteps(last) }
    var factors = curvatures.map { _ in 1.0 }
    var (gains, step) = (0.0, 0)
    return moments.map { moment in
      if rule.decay == 0 {
        factors = curvatures.map { pow(1 - rate * $0, moment) }
        gains = rate * moment
      } else {
        while Double(step) < moment {
          let now = rate * rule.factor(at: step)
          for k in factors.indices { factors[k] *= 1 - now * curvatures[k] }
          gains += now
          step += 1
        }
      }
      let gained = zip(curvatures, factors).map { $0 == 0 ? gains : (1 - $1) / $0 }
      return Prediction(
        product: regression.map(kept: factors, gained: gained), of: regression.problem)
    }
  }
}

/// Heavy-ball descent on one direction of curvature l: e_{k+1} = (1+m−ηl)·e_k − m·e_{k−1}.
///
/// The error after k steps from rest is a combination of powers of the two roots of
/// r² − (1+m−ηl)r + m.
///
/// - Source: B. T. Polyak 1964; the closed form is derived in docs/theory/depth-one-descent.md.
public struct HeavyBall: Equatable, Sendable {
  /// Curvature l ≥ 0.
  public let curvature: Double
  /// Rate η ≥ 0.
  public let rate: Double
  /// Momentum m, 0 ≤ m < 1.
  public let momentum: Double

  /// A direction with the given curvature, rate and momentum.
  public init(curvature: Double, rate: Double, momentum: Double) throws(TheoryError) {
    try require("curvature", curvature, "finite and ≥ 0") { $0 >= 0 }
    try require("rate", rate, "finite and ≥ 0") { $0 >= 0 }
    try require("momentum", momentum, "in [0, 1)") { $0 >= 0 && $0 < 1 }
    (self.curvature, self.rate, self.momentum) = (curvature, rate, momentum)
  }

  /// The error after k ≥ 0 steps in units of the initial one, with e₁ = (1−ηl)·e₀.
  public func error(after steps: Int) -> Double {
    guard steps > 0 else { return 1 }
    let k = Double(steps)
    let half = (1 + momentum - rate * curvature) / 2
    let discriminant = half * half - momentum
    let first = 1 - rate * curvature
    // e_k = A·U_k + …: with e₀ = 1 and e₁ given, e_k = e₁·S_k − m·S_{k−1}, S_k = (r₁^k−r₂^k)/(r₁−r₂).
    func quotient(_ k: Double) -> Double {
      if discriminant < 0 {
        let modulus = momentum.squareRoot()
        let angle = atan2((-discriminant).squareRoot(), half)
        return pow(modulus, k - 1) * sin(k * angle) / sin(angle)
      }
      let root = discriminant.squareRoot()
      guard root > 1e-9 else { return k * pow(half, k - 1) }
      return (pow(half + root, k) - pow(half - root, k)) / (2 * root)
    }
    return first * quotient(k) - (steps > 1 ? momentum * quotient(k - 1) : 0)
  }
}
