/// What can go wrong in a factorisation.
public enum LinearAlgebraError: Error, Equatable, CustomStringConvertible {
  /// The iteration of a factorisation of a matrix of this shape did not converge.
  case noConvergence(factorization: String, shape: String)
  /// A matrix of this shape has an infinite or NaN entry.
  case notFinite(factorization: String, shape: String)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .noConvergence(let factorization, let shape):
      "The \(factorization) of a \(shape) matrix did not converge."
    case .notFinite(let factorization, let shape):
      "The \(factorization) of a \(shape) matrix was asked for, but it has an entry that is not "
        + "finite."
    }
  }
}
