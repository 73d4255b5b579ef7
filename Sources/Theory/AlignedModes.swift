import LearningProblems

/// Aligned two-layer dynamics with any imbalance, one closed form per mode.
///
/// - Source: Saxe, McClelland & Ganguli 2014, arXiv:1312.6120; the overflow-free form is derived in
///   docs/theory/aligned-modes.md.
public struct AlignedModes: ExactSolution {
  /// `aligned-modes`.
  public static let id = "aligned-modes"
  /// Name for a legend.
  public static let title = "aligned modes"
  /// In one line, what it is about.
  public static let regime =
    "two layers, decoupled modes, aligned start of any imbalance: exact"
  /// The paper it comes from.
  public static let source = "Saxe, McClelland & Ganguli 2014, arXiv:1312.6120"
  /// What it predicts.
  public static let curves = Curve.ofProduct + [.firstLayerGram, .secondLayerGram]

  /// How well the assumptions hold.
  public let validity: Validity
  /// One solution per mode, in the order of the fit.
  public let modes: [AlignedMode]
  let start: AlignedStart

  /// The solution of a two-layer problem.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    let start = AlignedStart(try TwoLayerStart(problem, id: Self.id))
    self.start = start
    let modes = try Self.modes(of: start)
    self.modes = modes
    var warnings: [String] = []
    let stuck = modes.indices.filter {
      modes[$0].strength > 0 && modes[$0].limit == 0 && modes[$0].first != 0
    }
    if !stuck.isEmpty {
      warnings.append("Modes \(stuck) start with a = −b and end on the saddle, not at the fit.")
    }
    validity = Validity(
      [
        start.start.decouplingAssumption(), start.alignmentAssumption(),
        start.start.noDecayAssumption(),
        start.start.stepSizeAssumption(smallestStart: start.smallestStart),
      ], warnings: warnings)
  }

  /// The aligned modes of a start; a mode whose inputs do not vary has no strength.
  static func modes(of start: AlignedStart) throws(TheoryError) -> [AlignedMode] {
    let modes = start.problem.modes
    var result: [AlignedMode] = []
    for i in modes.values.indices {
      let variance = max(0, modes.variances[i])
      result.append(
        try AlignedMode(
          strength: modes.values[i] * variance, variance: variance, first: start.first[i],
          second: start.second[i]))
    }
    return result
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
      let amplitudes = modes.map { $0.amplitudes(at: time) }
      return start.prediction(first: amplitudes.map(\.first), second: amplitudes.map(\.second))
    }
  }
}
