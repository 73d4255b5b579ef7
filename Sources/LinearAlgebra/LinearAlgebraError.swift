/// What can go wrong in a factorisation.
public enum LinearAlgebraError: Error, Equatable, CustomStringConvertible {
  /// The iteration of a factorisation of a matrix of this shape did not converge.
  case noConvergence(factorization: String, shape: String)
  /// A matrix of this shape has an infinite or NaN entry.
  case notFinite(factorization: String, shape: String)

  /// LAPACK gave up on a matrix of this shape with a negative code.
  case failed(factorization: String, shape: String, code: Int)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .noConvergence(let factorization, let shape):
      "The \(factorization) of a \(shape) matrix did not converge."
    case .notFinite(let factorization, let shape):
      "The \(factorization) of a \(shape) matrix was asked for, but it has an entry that is not "
        + "finite."
    case .failed(let factorization, let shape, let code):
      "The \(factorization) of a \(shape) matrix failed in LAPACK with code \(code); codes -1010 "
        + "and -1011 mean that memory ran out, so use smaller sizes."
    }
  }

  /// Throws what the return value of a LAPACK routine means, if it is not 0.
  static func check(_ info: Int32, of factorization: String, shape: String) throws {
    guard info != 0 else { return }
    throw info > 0
      ? LinearAlgebraError.noConvergence(factorization: factorization, shape: shape)
      : LinearAlgebraError.failed(factorization: factorization, shape: shape, code: Int(info))
  }
}
