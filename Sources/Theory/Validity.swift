/// How well the assumptions of a solution hold for a problem, and what that implies.
public struct Validity: Equatable, Sendable {
  /// What a user may conclude.
  public enum Verdict: Equatable, Sendable {
    /// Every assumption holds; what remains of the step size is invisible in a figure.
    case exact
    /// The expected error relative to the largest value of the curve.
    case approximate(error: Double)
    /// The curve would mislead, for this reason.
    case doesNotApply(reason: String)
  }

  /// One assumption, measured.
  public struct Assumption: Equatable, Sendable {
    /// What is assumed, as a statement.
    public let name: String
    /// Size of its violation, 0 when it holds exactly.
    public let violation: Double
    /// Violation up to which it counts as holding.
    public let tolerance: Double
    /// Relative error of the curve that the violation implies; infinite when there is no law.
    public let expectedError: Double
    /// Whether it is only about gradient descent following gradient flow.
    public let isStepSize: Bool

    /// Whether the violation is within the tolerance.
    public var holds: Bool { violation <= tolerance }

    /// An assumption with its measured violation.
    public init(
      _ name: String, violation: Double, tolerance: Double = 1e-8, expectedError: Double,
      isStepSize: Bool = false
    ) {
      self.name = name
      self.violation = violation
      self.tolerance = tolerance
      self.expectedError = expectedError
      self.isStepSize = isStepSize
    }
  }

  /// All assumptions, measured.
  public var assumptions: [Assumption]
  /// What the user should know besides, one sentence each.
  public var warnings: [String]

  /// The error up to which gradient descent and gradient flow look alike in a figure.
  public static let visibleError = 0.01
  /// The error from which a curve misleads more than it helps.
  public static let largestError = 0.5

  /// A statement of the given assumptions.
  public init(_ assumptions: [Assumption] = [], warnings: [String] = []) {
    self.assumptions = assumptions
    self.warnings = warnings
  }

  /// The conclusion from all assumptions.
  ///
  /// *Exact* when every assumption about the problem holds and the step size costs less than
  /// ``visibleError``; otherwise the expected errors add, and above ``largestError`` the solution
  /// does not apply.
  public var verdict: Verdict {
    var (error, largest, broken) = (0.0, 0.0, false)
    var reason = ""
    for assumption in assumptions where !assumption.holds {
      let size = assumption.expectedError.isNaN ? .infinity : assumption.expectedError
      if !assumption.isStepSize { broken = true }
      error += size
      if size >= largest {
        largest = size
        reason = "it assumes that \(assumption.name), violated by \(brief(assumption.violation))"
      }
    }
    if error > Self.largestError { return .doesNotApply(reason: reason) }
    if !broken && error <= Self.visibleError { return .exact }
    return .approximate(error: error)
  }

  /// Whether the verdict is exact.
  public var isExact: Bool { verdict == .exact }

  /// A number with three digits, without depending on the locale.
  private func brief(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "\(value)" }
    var exponent = 0
    var digits = abs(value)
    while digits >= 10 {
      digits /= 10
      exponent += 1
    }
    while digits < 1 {
      digits *= 10
      exponent -= 1
    }
    let rounded = (digits * 100).rounded() / 100 * (value < 0 ? -1 : 1)
    guard exponent != 0 else { return "\(rounded)" }
    return "\(rounded)e\(exponent)"
  }
}
