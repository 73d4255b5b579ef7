import LearningProblems

/// What the moments of a solution count.
public enum Clock: String, CaseIterable, Sendable {
  /// Continuous time t, the sum of the rates √(η₁η₂) over steps.
  case time
  /// Whole steps of gradient descent.
  case step
}

/// An exact (or asymptotically exact) solution of learning in linear networks.
///
/// A learning problem goes in; a function of time and a statement of validity come out. A solution
/// is evaluated on the rescaled weights W₁/c and c·W₂ with c = (η₁/η₂)^¼, so that unequal rates
/// are exact too, and reports the original weights.
public protocol ExactSolution: Sendable {
  /// Name on the command line, kebab-case.
  static var id: String { get }
  /// Name for a legend.
  static var title: String { get }
  /// In one line, which data, start and network it is about.
  static var regime: String { get }
  /// The papers it comes from.
  static var source: String { get }
  /// What its moments count.
  static var clock: Clock { get }
  /// What it can predict.
  static var curves: [Curve] { get }

  /// The solution of a problem.
  ///
  /// - Throws: ``TheoryError/doesNotApply(solution:reason:)`` when the problem is of another kind
  ///   (depth, width, a missing teacher); violated assumptions that have a size are in
  ///   ``validity``.
  init(_ problem: LearningProblem) throws(TheoryError)

  /// How well the assumptions hold for the problem.
  var validity: Validity { get }

  /// The predictions at ascending moments of the ``clock``.
  ///
  /// - Parameter moments: shape [moment], finite, ≥ 0, ascending; whole numbers if the clock
  ///   counts steps.
  func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction]

  /// The strengths of the modes alone at the same moments, shape [moment][mode]; empty rows where
  /// the solution predicts none.
  func modeStrengths(at moments: [Double]) throws(TheoryError) -> [[Double]]
}

extension ExactSolution {
  /// Most solutions are functions of continuous time.
  public static var clock: Clock { .time }

  /// The strengths among the predictions.
  public func modeStrengths(at moments: [Double]) throws(TheoryError) -> [[Double]] {
    try predictions(at: moments).map { $0.modeStrengths ?? [] }
  }

  /// The prediction at one moment of the clock.
  public func prediction(at moment: Double) throws(TheoryError) -> Prediction {
    try predictions(at: [moment])[0]
  }

  /// The moments of the clock that belong to ascending iterations of gradient descent.
  ///
  /// With decaying rates the time is their sum, so equal steps are unequal times.
  public static func moments(atIterations iterations: [Int], rule: StepRule) -> [Double] {
    clock == .step ? iterations.map(Double.init) : rule.times(at: iterations)
  }

  /// Checks that moments are finite, not negative and ascending, and whole if they count steps.
  func check(_ moments: [Double]) throws(TheoryError) {
    var last = 0.0
    for moment in moments {
      guard moment.isFinite, moment >= last else {
        throw .invalidMoment(
          moment, expected: last > 0 ? "moments that ascend" : "a finite moment ≥ 0")
      }
      guard Self.clock == .time || moment == moment.rounded() else {
        throw .invalidMoment(moment, expected: "a whole number of steps")
      }
      last = moment
    }
  }

  /// An error that says that this solution is not about a problem.
  static func inapplicable(_ reason: String) -> TheoryError {
    .doesNotApply(solution: id, reason: reason)
  }
}
