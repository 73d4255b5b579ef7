import Foundation
import LearningProblems

/// Gradient flow of linear regression.
///
/// - Source: classical; derived in docs/theory/depth-one-flow.md.
public struct DepthOneFlow: ExactSolution {
  /// `depth-one-flow`.
  public static let id = "depth-one-flow"
  /// Name for a legend.
  public static let title = "linear regression, flow"
  /// In one line, what it is about.
  public static let regime = "one layer, any data, any start, small steps: exact"
  /// Where it comes from.
  public static let source = "classical"
  /// What it predicts.
  public static let curves = Curve.ofProduct

  /// How well the assumptions hold.
  public let validity: Validity
  let regression: LinearRegression

  /// The solution of a one-layer problem.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    regression = try LinearRegression(problem, id: Self.id)
    let rate = problem.rule.timeStep * (regression.eigenvalues.first ?? 0)
    // max over x of |(1−ε)^(x/ε) − e^(−x)| is ε/2·xe^(−x) ≤ ε/2e to leading order.
    validity = Validity([
      Validity.Assumption(
        "steps are small", violation: rate, tolerance: 0,
        expectedError: rate < 2 ? rate / (2 * M_E) : .infinity, isStepSize: true)
    ])
  }

  /// The map, its strengths, loss and risk at times.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    return moments.map { time in
      let rates = regression.eigenvalues.map { $0 + regression.decay }
      let kept = rates.map { exp(-$0 * time) }
      let gained = rates.map { $0 == 0 ? time : -expm1(-$0 * time) / $0 }
      return Prediction(
        product: regression.map(kept: kept, gained: gained), of: regression.problem)
    }
  }
}
