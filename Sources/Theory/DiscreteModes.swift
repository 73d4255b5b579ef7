import Foundation
import LearningProblems

/// Aligned two-layer gradient descent with finite steps, one recursion per mode.
///
/// Any rates, decaying rates, weight decay and both update orders.
///
/// - Source: derived in docs/theory/discrete-modes.md.
public struct DiscreteModes: ExactSolution {
  /// `discrete-modes`.
  public static let id = "discrete-modes"
  /// Name for a legend.
  public static let title = "aligned modes, finite steps"
  /// In one line, what it is about.
  public static let regime = "two layers, decoupled modes, aligned start, any step size: exact"
  /// Where it comes from.
  public static let source = "derived in docs/theory/discrete-modes.md"
  /// It counts steps.
  public static let clock = Clock.step
  /// What it predicts.
  public static let curves = Curve.ofProduct + [.firstLayerGram, .secondLayerGram]

  /// Steps that one call may take.
  public static let largestNumberOfSteps = 1e9

  /// How well the assumptions hold.
  public let validity: Validity
  /// The modes at step 0, on the original scale of the weights.
  public let modes: [DiscreteMode]
  let start: AlignedStart

  /// The solution of a two-layer problem.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    let start = AlignedStart(try TwoLayerStart(problem, id: Self.id))
    self.start = start
    let c = start.start.ratio
    var modes: [DiscreteMode] = []
    for i in problem.modes.values.indices {
      let variance = max(0, problem.modes.variances[i])
      modes.append(
        try DiscreteMode(
          strength: problem.modes.values[i] * variance, variance: variance,
          first: c * start.first[i], second: start.second[i] / c))
    }
    self.modes = modes
    // Off-diagonal pairs of modes leave an unstable minimum before the modes themselves do.
    let curvature = Self.largestCurvature(of: start)
    var warnings: [String] = []
    if curvature >= 2 {
      warnings.append(
        "The minimum is unstable at this step size (k = \(curvature), above 2): rounding between "
          + "modes grows and the network leaves the aligned solution.")
    }
    if start.problem.rule.weightDecay.contains(where: { $0 != 0 }) && start.hasUnpartnered {
      warnings.append("Weights outside the modes decay; the Gram matrices leave that out.")
    }
    validity = Validity(
      [
        start.start.decouplingAssumption(), start.alignmentAssumption(),
        Validity.Assumption(
          "the minimum is stable", violation: max(0, curvature - 2), tolerance: 0,
          expectedError: .infinity),
      ], warnings: warnings)
  }

  /// k_max = max over inputs j of λⱼ·(η₂aⱼ² + max over outputs of η₁bᵢ²) at the minimum that the
  /// flow would reach.
  static func largestCurvature(of start: AlignedStart) -> Double {
    let problem = start.problem
    let (first, second) = (start.rotatedFirst, start.rotatedSecond)
    var a = (0..<first.columns).map { j in first.column(j).reduce(0) { $0 + $1 * $1 } }
    var b = (0..<second.rows).map { i in second.row(i).reduce(0) { $0 + $1 * $1 } }
    for i in problem.modes.values.indices where problem.modes.variances[i] > 0 {
      let c = start.first[i] * start.first[i] - start.second[i] * start.second[i]
      let q = hypot(c, 2 * problem.modes.values[i])
      (a[i], b[i]) = ((q + c) / 2, (q - c) / 2)
    }
    let largest = b.max() ?? 0
    let terms = a.indices.map { problem.modes.metric[$0, $0] * (a[$0] + largest) }
    return problem.rule.timeStep * (terms.max() ?? 0)
  }

  /// Strengths, loss, risk and Gram matrices after whole numbers of steps.
  ///
  /// - Throws: ``TheoryError/tooManySteps(_:)`` beyond ``largestNumberOfSteps``, unless the modes
  ///   stop changing before.
  /// - Complexity: O(modes) a step.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    let rule = start.problem.rule
    let decay = (rule.weightDecay[0], rule.weightDecay[1])
    var (now, step, frozen) = (modes, 0, false)
    var results: [Prediction] = []
    for moment in moments {
      while !frozen && Double(step) < moment {
        guard Double(step) < Self.largestNumberOfSteps else { throw .tooManySteps(moment) }
        let rates = rule.rates(at: step)
        let before = now
        for i in now.indices {
          now[i].step(rates: (rates[0], rates[1]), order: rule.order, decay: decay)
        }
        step += 1
        frozen = rule.decay == 0 && now == before
      }
      let c = start.start.ratio
      results.append(
        start.prediction(first: now.map { $0.first / c }, second: now.map { $0.second * c }))
    }
    return results
  }
}

extension AlignedStart {
  /// Whether weights outside the modes exist.
  var hasUnpartnered: Bool {
    let m = first.count
    return (m..<max(m, rotatedFirst.columns)).contains { j in
      rotatedFirst.column(j).contains { $0 != 0 }
    } || (m..<max(m, rotatedSecond.rows)).contains { rotatedSecond.row($0).contains { $0 != 0 } }
  }
}
