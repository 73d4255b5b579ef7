import Integration
import LinearAlgebra

/// Why a theory cannot be evaluated.
public enum TheoryError: Error, Equatable, CustomStringConvertible {
  /// The problem is not of the kind that the solution is about.
  case doesNotApply(solution: String, reason: String)
  /// A parameter has a value that the formula has no meaning for.
  case invalidValue(name: String, value: Double, expected: String)
  /// A list of parameters has the wrong length.
  case lengthMismatch(name: String, count: Int, expected: Int)
  /// A moment is negative, not finite, before the previous one, or not a whole number of steps.
  case invalidMoment(Double, expected: String)
  /// A recursion would need more steps than can be taken.
  case tooManySteps(Double)
  /// A factorisation failed.
  case linearAlgebra(LinearAlgebraError)
  /// A numerical integration failed.
  case integration(IntegrationError)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .doesNotApply(let solution, let reason):
      "The solution \(solution) does not apply because \(reason)."
    case .invalidValue(let name, let value, let expected):
      "The \(name) is \(value) but must be \(expected)."
    case .lengthMismatch(let name, let count, let expected):
      "There are \(count) values of \(name) but \(expected) are needed."
    case .invalidMoment(let moment, let expected):
      "The moment \(moment) cannot be predicted; give \(expected)."
    case .tooManySteps(let steps):
      "A recursion over \(steps) steps is too long; ask for fewer steps or use a solution in "
        + "continuous time."
    case .linearAlgebra(let error): error.description
    case .integration(let error): error.description
    }
  }
}

/// Runs linear algebra and turns its errors into theory's.
func factoring<Result>(_ body: () throws -> Result) throws(TheoryError) -> Result {
  do {
    return try body()
  } catch let error as LinearAlgebraError {
    throw .linearAlgebra(error)
  } catch let error as TheoryError {
    throw error
  } catch {
    throw .doesNotApply(solution: "linear algebra", reason: "\(error)")
  }
}

/// Runs a numerical integration and turns its errors into theory's.
func integrating<Result>(
  _ body: () throws(IntegrationError) -> Result
) throws(TheoryError) -> Result {
  do { return try body() } catch { throw .integration(error) }
}

/// A value that must be finite and satisfy a condition in words.
func require(
  _ name: String, _ value: Double, _ expected: String, _ condition: (Double) -> Bool = { _ in true }
) throws(TheoryError) {
  guard value.isFinite && condition(value) else {
    throw .invalidValue(name: name, value: value, expected: expected)
  }
}

/// A time that a formula is asked for must be finite and not negative.
func requireTime(_ time: Double) throws(TheoryError) {
  guard time.isFinite && time >= 0 else {
    throw .invalidMoment(time, expected: "a finite time ≥ 0")
  }
}
