import Foundation
import LearningProblems

/// Aligned dynamics of a network of any depth whose layers are equally strong in every mode.
///
/// - Source: Saxe, McClelland & Ganguli 2014, arXiv:1312.6120.
public struct DeepBalancedModes: ExactSolution {
  /// `deep-balanced-modes`.
  public static let id = "deep-balanced-modes"
  /// Name for a legend.
  public static let title = "deep balanced modes"
  /// In one line, what it is about.
  public static let regime = "N layers, decoupled modes, aligned start with equal layers: exact"
  /// The paper it comes from.
  public static let source = "Saxe, McClelland & Ganguli 2014, arXiv:1312.6120"
  /// What it predicts.
  public static let curves = Curve.ofProduct

  /// How well the assumptions hold.
  public let validity: Validity
  /// One mode each, for the magnitude of the product.
  public let modes: [DeepBalancedMode]
  /// Sign of the product of every mode, conserved from three layers on.
  let signs: [Double]
  let problem: LearningProblem

  /// The solution of a problem with at least two layers.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    guard problem.initialWeights.depth > 1 else {
      throw Self.inapplicable("the network has a single layer")
    }
    let start = try DeepAlignedStart(problem, id: Self.id)
    let depth = problem.initialWeights.depth
    self.problem = problem
    var (modes, signs, imbalance) = ([DeepBalancedMode](), [Double](), 0.0)
    for (i, chain) in start.amplitudes.enumerated() {
      let product = chain.reduce(1, *)
      let sign: Double = product < 0 ? -1 : 1
      let (low, high) = (chain.map(abs).min() ?? 0, chain.map(abs).max() ?? 0)
      if high > 0 { imbalance = max(imbalance, (high - low) / high) }
      let variance = problem.modes.variances[i]
      // Without input variance nothing moves: a mode at its own fixed point.
      let still = variance <= 0
      modes.append(
        try DeepBalancedMode(
          strength: still ? abs(product) : sign * problem.modes.values[i] * variance,
          variance: still ? 1 : variance, initial: abs(product), depth: depth))
      signs.append(sign)
    }
    (self.modes, self.signs) = (modes, signs)
    validity = Validity([
      start.decouplingAssumption(), start.alignmentAssumption(),
      Validity.Assumption(
        "all layers are equally strong in every mode", violation: imbalance, tolerance: 1e-9,
        expectedError: imbalance * Double(depth) / 2),
      start.noDecayAssumption(), start.stepSizeAssumption(),
    ])
  }

  /// Strengths, loss and risk at times.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    var columns: [[Double]] = []
    for (mode, sign) in zip(modes, signs) {
      columns.append(try mode.values(at: moments).map { sign * $0 })
    }
    return moments.indices.map { k in
      Prediction(modeStrengths: columns.map { $0[k] }, of: problem)
    }
  }
}
