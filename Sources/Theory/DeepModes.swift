import LearningProblems

/// Aligned dynamics of a network of any depth and imbalance, one equation per mode.
///
/// An exact reduction: a single ordinary differential equation is integrated for each mode.
///
/// - Source: derived in docs/theory/deep-modes.md.
public struct DeepModes: ExactSolution {
  /// `deep-modes`.
  public static let id = "deep-modes"
  /// Name for a legend.
  public static let title = "deep aligned modes"
  /// In one line, what it is about.
  public static let regime = "N layers, decoupled modes, aligned start of any imbalance: reduction"
  /// Where it comes from.
  public static let source = "derived in docs/theory/deep-modes.md"
  /// What it predicts.
  public static let curves = Curve.ofProduct

  /// How well the assumptions hold.
  public let validity: Validity
  /// One mode each, on the rescaled weights.
  public let modes: [DeepMode]
  let problem: LearningProblem

  /// The solution of a problem of any depth.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    let start = try DeepAlignedStart(problem, id: Self.id)
    self.problem = problem
    var modes: [DeepMode] = []
    for (i, chain) in start.amplitudes.enumerated() {
      let variance = max(0, problem.modes.variances[i])
      modes.append(
        try DeepMode(
          strength: problem.modes.values[i] * variance, variance: variance, initial: chain))
    }
    self.modes = modes
    validity = Validity([
      start.decouplingAssumption(), start.alignmentAssumption(), start.noDecayAssumption(),
      start.stepSizeAssumption(),
    ])
  }

  /// Strengths, loss and risk at times.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    var columns: [[Double]] = []
    for mode in modes { columns.append(try mode.values(at: moments)) }
    return moments.indices.map { k in
      Prediction(modeStrengths: columns.map { $0[k] }, of: problem)
    }
  }
}
