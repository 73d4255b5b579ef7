import Foundation
import LearningProblems
import LinearAlgebra

/// Overlaps of a linear student with its teacher, averaged over noise, for the data at hand.
///
/// In units of the teacher's own output on the test set, R = ⟨B, W⟩ and Q = ⟨W, W⟩, so that the
/// risk is (1 − 2R + Q) times that of the zero map.
///
/// - Source: Pezeshki et al. 2022, arXiv:2112.03215.
public struct Overlaps: ExactSolution {
  /// `overlaps`.
  public static let id = "overlaps"
  /// Name for a legend.
  public static let title = "teacher and self overlap"
  /// In one line, what it is about.
  public static let regime = "one layer, given inputs and teacher, averaged over noise: exact mean"
  /// The paper it comes from.
  public static let source = "Pezeshki et al. 2022, arXiv:2112.03215"
  /// It counts steps.
  public static let clock = Clock.step
  /// What it predicts.
  public static let curves = Curve.ofProduct + [.teacherOverlap, .selfOverlap]

  /// How well the assumptions hold.
  public let validity: Validity
  let expected: ExpectedRegression
  /// The risk of the zero map.
  let unit: Double

  /// The solution of a one-layer problem with samples and a teacher.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    expected = try ExpectedRegression(problem, id: Self.id)
    let zero = 0 * expected.test.teacher
    unit = expected.test.risk(of: zero)
    guard unit > 0 else { throw Self.inapplicable("the teacher is zero on the test set") }
    validity = Validity([expected.noiseAssumption(), expected.averagingAssumption()])
  }

  /// The mean map, expected loss and risk, R and Q after whole numbers of steps.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    let problem = expected.regression.problem
    let rule = problem.rule
    if rule.decay != 0, let last = moments.last, last > 1e8 { throw .tooManySteps(last) }
    let rates = expected.regression.eigenvalues.map { $0 + expected.regression.decay }
    var (kept, sum, step) = (rates.map { _ in 1.0 }, 0.0, 0)
    return moments.map { moment in
      if rule.decay == 0 {
        kept = rates.map { pow(1 - rule.timeStep * $0, moment) }
        sum = rule.timeStep * moment
      } else {
        while Double(step) < moment {
          let rate = rule.timeStep * rule.factor(at: step)
          for k in kept.indices { kept[k] *= 1 - rate * rates[k] }
          sum += rate
          step += 1
        }
      }
      let gained = zip(rates, kept).map { $0 == 0 ? sum : (1 - $1) / $0 }
      let (mean, _, loss, risk) = expected.moments(kept: kept, gained: gained)
      let test = expected.test
      let overlap = (mean * test.input).timesElementwise(test.teacher).elements.reduce(0, +) / unit
      var result = Prediction(product: mean, of: problem)
      result[.loss] = .number(loss)
      result[.risk] = .number(risk)
      result[.teacherOverlap] = .number(overlap)
      // risk/unit = 1 − 2R + Q.
      result[.selfOverlap] = .number(risk / unit - 1 + 2 * overlap)
      return result
    }
  }
}
