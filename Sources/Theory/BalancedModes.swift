import Foundation
import LearningProblems

/// Aligned two-layer dynamics whose layers are equally strong, with equal weight decay or none.
///
/// Weight decay β shifts s to s − β.
///
/// - Source: Saxe, McClelland & Ganguli 2014, arXiv:1312.6120; decay derived in
///   docs/theory/balanced-modes.md.
public struct BalancedModes: ExactSolution {
  /// `balanced-modes`.
  public static let id = "balanced-modes"
  /// Name for a legend.
  public static let title = "balanced modes"
  /// In one line, what it is about.
  public static let regime =
    "two layers, decoupled modes, aligned start with equal layers: exact sigmoids"
  /// The paper it comes from.
  public static let source = "Saxe, McClelland & Ganguli 2014, arXiv:1312.6120"
  /// What it predicts.
  public static let curves = Curve.ofProduct + [.firstLayerGram, .secondLayerGram]

  /// How well the assumptions hold.
  public let validity: Validity
  /// One sigmoid per mode, in the order of the fit.
  public let modes: [BalancedMode]
  let start: AlignedStart

  /// The solution of a two-layer problem.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    let start = AlignedStart(try TwoLayerStart(problem, id: Self.id))
    let decay = start.start.decay.mean
    self.start = start
    var (modes, imbalance, error) = ([BalancedMode](), 0.0, 0.0)
    for i in problem.modes.values.indices {
      let (a, b) = (start.first[i], start.second[i])
      let variance = max(0, problem.modes.variances[i])
      modes.append(
        try BalancedMode(
          strength: problem.modes.values[i] * variance - decay, variance: variance,
          initial: max(0, a * b)))
      let scale = max(a * a, b * b)
      guard scale > 0 else { continue }
      imbalance = max(imbalance, abs(a - b) / scale.squareRoot())
      // The mode really starts to grow from ((a+b)/2)²: a shift of ln(·)/2s in time, and the
      // steepest slope of a sigmoid is s²/2.
      let shift = a * b > 0 ? log((a + b) * (a + b) / (4 * a * b)) / 4 : .infinity
      error = max(error, shift)
    }
    self.modes = modes
    validity = Validity([
      start.start.decouplingAssumption(), start.alignmentAssumption(),
      Validity.Assumption(
        "both layers are equally strong in every mode", violation: imbalance, tolerance: 1e-9,
        expectedError: error),
      start.start.equalDecayAssumption(),
      start.start.stepSizeAssumption(smallestStart: start.smallestStart),
    ])
  }

  /// The strengths of the modes at times.
  public func modeStrengths(at moments: [Double]) throws(TheoryError) -> [[Double]] {
    try check(moments)
    return moments.map { time in modes.map { $0.value(at: time) } }
  }

  /// Strengths, loss, risk and Gram matrices at times.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    return moments.map { time in
      let values = modes.map { $0.value(at: time) }
      let amplitudes = values.map { $0.squareRoot() }
      var result = start.prediction(first: amplitudes, second: amplitudes)
      result[.modeStrength] = .vector(values)
      return result
    }
  }
}
