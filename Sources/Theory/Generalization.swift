import Foundation
import LearningProblems

/// Expected train and test error of linear regression for the inputs and teacher at hand.
///
/// The average over the noise alone is exact: W has mean W₀e^(−Σxx·t) + B(1−e^(−Σxx·t)) and, along
/// each eigenvector, variance (σ_ε²/N)(1−e^(−lt))²/l per output.
///
/// - Source: Advani, Saxe & Sompolinsky 2020, arXiv:1710.03667, before the limit; derived in
///   docs/theory/generalization.md.
public struct Generalization: ExactSolution {
  /// `generalization`.
  public static let id = "generalization"
  /// Name for a legend.
  public static let title = "expected over the noise"
  /// In one line, what it is about.
  public static let regime = "one layer, given inputs and teacher, averaged over noise: exact mean"
  /// The paper it comes from.
  public static let source = "Advani, Saxe & Sompolinsky 2020, arXiv:1710.03667"
  /// What it predicts.
  public static let curves = Curve.ofProduct

  /// How well the assumptions hold.
  public let validity: Validity
  let expected: ExpectedRegression

  /// The solution of a one-layer problem with samples and a teacher.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    expected = try ExpectedRegression(problem, id: Self.id)
    let rate = problem.rule.timeStep * (expected.regression.eigenvalues.first ?? 0)
    validity = Validity([
      expected.noiseAssumption(), expected.averagingAssumption(),
      Validity.Assumption(
        "steps are small", violation: rate, tolerance: 0,
        expectedError: rate < 2 ? rate / (2 * M_E) : .infinity, isStepSize: true),
    ])
  }

  /// The mean map, its strengths, expected loss and risk at times.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    return moments.map(prediction(time:))
  }

  private func prediction(time: Double) -> Prediction {
    let rates = expected.regression.eigenvalues.map { $0 + expected.regression.decay }
    let (mean, _, loss, risk) = expected.moments(
      kept: rates.map { exp(-$0 * time) },
      gained: rates.map { $0 == 0 ? time : -expm1(-$0 * time) / $0 })
    var result = Prediction(product: mean, of: expected.regression.problem)
    result[.loss] = .number(loss)
    result[.risk] = .number(risk)
    return result
  }

  /// The time of the smallest expected risk, by golden section around the best time of a grid;
  /// `nil` when the risk falls for ever.
  public var optimalStoppingTime: Double? {
    guard expected.noise > 0, let largest = expected.regression.eigenvalues.first, largest > 0
    else { return nil }
    func risk(_ logarithm: Double) -> Double {
      prediction(time: exp(logarithm) / largest).risk ?? .infinity
    }
    let grid = (0...300).map { log(1e-4) + Double($0) / 300 * log(1e14) }
    let risks = grid.map(risk)
    guard let best = grid.indices.min(by: { risks[$0] < risks[$1] }), best > 0,
      best < grid.count - 1
    else { return nil }
    return exp(goldenSection(from: grid[best - 1], to: grid[best + 1], of: risk)) / largest
  }
}

/// The place of the minimum of a function with a single one in an interval.
func goldenSection(
  from lower: Double, to upper: Double, of function: (Double) -> Double
) -> Double {
  let ratio = (5.0.squareRoot() - 1) / 2
  var (a, b) = (lower, upper)
  var (x, y) = (b - ratio * (b - a), a + ratio * (b - a))
  var (fx, fy) = (function(x), function(y))
  for _ in 0..<120 where b - a > 1e-12 * max(1, abs(a)) {
    if fx < fy {
      (b, y, fy) = (y, x, fx)
      x = b - ratio * (b - a)
      fx = function(x)
    } else {
      (a, x, fx) = (x, y, fy)
      y = a + ratio * (b - a)
      fy = function(y)
    }
  }
  return (a + b) / 2
}
