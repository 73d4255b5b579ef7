import LearningProblems
import LinearAlgebra

/// The test risk of aligned two-layer learning, split into one trade-off per mode.
///
/// With B̄ = UᵀBV and G_t = VᵀX_tᵀX_tV/N_t the risk of a diagonal W̄ is a sum over rows; row i is a
/// square in zᵢ with its zero at z̄ᵢ = (G_t·B̄ᵢᵀ)ᵢ/(G_t)ᵢᵢ and a constant.
///
/// - Source: Olmin & Lindsten 2024; derived in docs/theory/mode-risk.md.
public struct ModeRisk: ExactSolution {
  /// `mode-risk`.
  public static let id = "mode-risk"
  /// Name for a legend.
  public static let title = "risk per mode"
  /// In one line, what it is about.
  public static let regime =
    "two layers, decoupled modes, aligned start, a teacher: exact errors and turning times"
  /// The paper it comes from.
  public static let source = "Olmin & Lindsten 2024"
  /// What it predicts.
  public static let curves = Curve.ofProduct + [.modeTrainError, .modeTestError]

  /// How well the assumptions hold.
  public let validity: Validity
  /// The risk as a sum of trade-offs.
  public let curve: ModeRiskCurve
  let aligned: AlignedModes
  let offsets: [Double]
  let problem: LearningProblem

  /// The solution of a two-layer problem with a teacher.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    guard let test = problem.test else { throw Self.inapplicable("the problem has no teacher") }
    let aligned = try AlignedModes(problem)
    self.aligned = aligned
    self.problem = problem
    validity = aligned.validity
    let basis = problem.modes
    let teacher = basis.coordinates(of: test.teacher)
    let metric = basis.right.times(test.input, left: .transposed).times(basis.right)
    let pushed = teacher * metric
    var (tradeOffs, offsets) = ([ModeTradeOff](), [Double]())
    for i in 0..<teacher.rows {
      let square = zip(teacher.row(i), pushed.row(i)).reduce(0) { $0 + $1.0 * $1.1 }
      guard i < aligned.modes.count else {
        offsets.append(square)
        continue
      }
      let mode = aligned.modes[i]
      let weight = max(0, metric[i, i])
      let optimum = weight > 0 ? pushed[i, i] / weight : teacher[i, i]
      offsets.append(square - weight * optimum * optimum)
      let difference = (mode.second - mode.first) * (mode.second + mode.first)
      tradeOffs.append(
        ModeTradeOff(
          trajectory: try ModeTrajectory(
            invariant: abs(difference), strength: mode.strength, variance: mode.variance,
            initial: mode.first * mode.second), optimum: optimum, weight: weight))
    }
    self.offsets = offsets
    curve = ModeRiskCurve(modes: tradeOffs, offset: offsets.reduce(0, +))
  }

  /// The map, its strengths, loss, risk and errors per mode at times.
  ///
  /// Rows of the errors sum to the risk and to the loss above that of the fit.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    return moments.map { time in
      let values = aligned.modes.map { $0.value(at: time) }
      var result = Prediction(modeStrengths: values, of: problem)
      let basis = problem.modes
      let zeros = [Double](repeating: 0, count: offsets.count - values.count)
      let train = values.indices.map { i in
        let gap = values[i] - basis.values[i]
        return basis.variances[i] * gap * gap
      }
      let test = values.indices.map { i in
        let gap = values[i] - curve.modes[i].optimum
        return curve.modes[i].weight * gap * gap
      }
      result[.modeTrainError] = .vector(train + zeros)
      result[.modeTestError] = .vector(zip(test + zeros, offsets).map { $0 + $1 })
      return result
    }
  }

  /// The time T(z̄) at which each mode's error is smallest; infinite where it falls for ever.
  public var turningTimes: [Double] { curve.modes.map(\.turningTime) }
}
