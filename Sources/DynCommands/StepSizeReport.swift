import Dynamics

/// The step-size bound in words.
struct StepSizeReport {
  let bound: StepSizeBound
  let rates: [Double]

  /// The largest stable rates and how they were found.
  var line: String {
    guard bound.largestFactor.isFinite else { return "no step size is too large: nothing moves" }
    let strict = bound.isTight ? "" : " (a safe bound; larger ones may be stable)"
    return "largest stable rates \(Self.numbers(bound.largestRates)) "
      + "at \(minimum)\(strict), k_max = \(RunReport.number(bound.curvature))"
  }

  /// The warning that rates beyond the bound deserve; nil for stable rates.
  var warning: String? {
    guard !bound.isStable else { return nil }
    return "the rates \(Self.numbers(rates)) are beyond the \(line): the run may leave "
      + "its minimum for a flatter one, or diverge."
  }

  private var minimum: String {
    switch bound.minimum {
    case .given: "the given weights"
    case .everywhere: "any weights of one layer"
    case .aligned: "the minimum that the aligned start leads to"
    case .smallStart: "the balanced minimum of a small start"
    case .approached(isReached: true): "the minimum that small steps reach"
    case .approached(isReached: false): "a guess of the minimum"
    }
  }

  private static func numbers(_ values: [Double]) -> String {
    values.map(RunReport.number).joined(separator: " ")
  }
}
