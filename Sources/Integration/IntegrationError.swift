/// Why a numerical integration could not be carried to its end.
public enum IntegrationError: Error, Equatable, CustomStringConvertible {
  /// The step that the tolerance asks for is too small to change the time.
  case stepUnderflow(time: Double, step: Double)
  /// More steps were needed than allowed.
  case tooManySteps(limit: Int, time: Double)
  /// The state or its derivative stopped being finite.
  case notFinite(time: Double)
  /// The requested times are not finite or do not ascend from the start.
  case timesDoNotAscend(start: Double)
  /// A quadrature did not settle within its refinements.
  case noConvergence(estimate: Double, error: Double)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .stepUnderflow(let time, let step):
      "The step at time \(time) would have to be smaller than \(step); loosen the tolerance or "
        + "look for a singularity there."
    case .tooManySteps(let limit, let time):
      "After \(limit) steps the integration had only reached time \(time); allow more steps or a "
        + "looser tolerance."
    case .notFinite(let time):
      "The solution stopped being finite near time \(time); end before it."
    case .timesDoNotAscend(let start):
      "The output times must be finite and ascend from the start \(start)."
    case .noConvergence(let estimate, let error):
      "The integral is near \(estimate) but its error \(error) is above the tolerance; loosen the "
        + "tolerance or split the interval."
    }
  }
}
