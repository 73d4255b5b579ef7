import Foundation
import LearningProblems
import LinearAlgebra

/// The initial weights of a two-layer problem on the scale where both rates are equal.
struct TwoLayerStart {
  let problem: LearningProblem
  /// c = (η₁/η₂)^¼.
  let ratio: Double
  /// W₁/c, shape [hidden, input].
  let first: Matrix<Double>
  /// c·W₂, shape [output, hidden].
  let second: Matrix<Double>
  /// The rate of weight decay that both rescaled layers feel, and how unequal it is.
  let decay: (mean: Double, mismatch: Double)

  var hidden: Int { first.rows }
  /// Number of modes, min(outputs, inputs).
  var modes: Int { problem.modes.values.count }

  /// Checks depth and rates, and rescales.
  init(_ problem: LearningProblem, id: String) throws(TheoryError) {
    func refuse(_ reason: String) -> TheoryError { .doesNotApply(solution: id, reason: reason) }
    let weights = problem.initialWeights
    guard weights.depth == 2 else { throw refuse("the network has \(weights.depth) layers, not 2") }
    let rates = problem.rule.rates
    try problem.requireFinite(for: id)
    guard rates.allSatisfy({ $0 > 0 }) else {
      throw refuse("both layers must move, but the rates are \(rates)")
    }
    self.problem = problem
    ratio = problem.rule.rateRatio
    first = (1 / ratio) * weights.layers[0]
    second = ratio * weights.layers[1]
    let step = problem.rule.timeStep
    let felt = zip(rates, problem.rule.weightDecay).map { $0 * $1 / step }
    decay = ((felt[0] + felt[1]) / 2, abs(felt[0] - felt[1]))
  }

  /// W₂ᵀW₂ − W₁W₁ᵀ of the rescaled weights, or with W₁ restricted to a projected input space.
  func balance(projecting inputs: Matrix<Double>? = nil) -> Matrix<Double> {
    let first = inputs.map { self.first * $0 } ?? self.first
    return second.times(second, left: .transposed) - first.times(first, right: .transposed)
  }

  /// The error that finite steps cause: the lag of gradient descent behind the flow.
  ///
  /// For a balanced mode the leading order is |δu|/s = (ηs/8)·|ln(s/8u₀)|; one more ηs/8 covers
  /// the approach to the minimum. Measured by ``AlignedModes``'s tests.
  func stepSizeAssumption(smallestStart: Double) -> Validity.Assumption {
    let strength = problem.modes.strengths.map(abs).max() ?? 0
    let size = problem.rule.timeStep * strength
    let scale = problem.modes.values.first ?? 1
    let delay = smallestStart > 0 && scale > 0 ? abs(log(scale / (8 * smallestStart))) : 0
    let order = problem.rule.order == .sequential ? 2.0 : 1
    return Validity.Assumption(
      "steps are small", violation: size, tolerance: 0,
      expectedError: order * size / 8 * (1 + min(delay, 700)), isStepSize: true)
  }

  /// That no mode of the fit drags another along.
  func decouplingAssumption() -> Validity.Assumption {
    let coupling = problem.correlations.couplingOfModes
    return Validity.Assumption(
      "the modes of the fit are decoupled", violation: coupling, tolerance: 1e-9,
      expectedError: coupling * Double(problem.correlations.inputs).squareRoot())
  }

  /// That there is no weight decay.
  func noDecayAssumption() -> Validity.Assumption {
    let strength = problem.modes.strengths.first ?? 0
    let size = decay.mean + decay.mismatch
    return Validity.Assumption(
      "there is no weight decay", violation: size, tolerance: 0,
      expectedError: strength > 0 ? size / strength : .infinity)
  }

  /// That weight decay, if any, is the same for both rescaled layers.
  func equalDecayAssumption() -> Validity.Assumption {
    Validity.Assumption(
      "both layers decay alike, η₁β₁ = η₂β₂", violation: decay.mismatch, tolerance: 1e-12,
      expectedError: .infinity)
  }

  /// The non-zero inputs: their projector, mean variance, rank and the relative departure from
  /// white.
  func whiteness() throws(TheoryError) -> (
    projector: Matrix<Double>, variance: Double, rank: Int, deviation: Double
  ) {
    let input = problem.correlations.input
    let eigen = try factoring { try input.symmetricEigen() }
    let threshold = 1e-10 * (eigen.values.first ?? 0)
    let rank = eigen.values.prefix { $0 > threshold && $0 > 0 }.count
    let range = eigen.vectors.columns(0..<rank)
    let kept = eigen.values.prefix(rank)
    let variance = rank > 0 ? kept.reduce(0, +) / Double(rank) : 0
    let spread = kept.reduce(0) { $0 + ($1 - variance) * ($1 - variance) }
    let deviation = rank > 0 ? (spread / Double(rank)).squareRoot() / variance : 0
    return (range.times(range, right: .transposed), variance, rank, deviation)
  }

  /// That inputs are white on the space that they span; 1.2 was measured over four sample sizes.
  func whitenessAssumption(_ deviation: Double) -> Validity.Assumption {
    Validity.Assumption(
      "inputs are white", violation: deviation, tolerance: 1e-8, expectedError: 1.2 * deviation)
  }
}

/// The sign of a determinant, 0 when the matrix is singular to rounding.
///
/// - Complexity: O(rows³).
func signOfDeterminant(_ matrix: Matrix<Double>) throws(TheoryError) -> Int {
  let values = try factoring { try matrix.singularValues() }
  guard let largest = values.first, let smallest = values.last, smallest > 1e-12 * largest else {
    return 0
  }
  var rows = (0..<matrix.rows).map { matrix.row($0) }
  var sign = 1
  for k in rows.indices {
    var pivot = k
    for i in k..<rows.count where abs(rows[i][k]) > abs(rows[pivot][k]) { pivot = i }
    if pivot != k {
      rows.swapAt(pivot, k)
      sign = -sign
    }
    if rows[k][k] < 0 { sign = -sign }
    for i in (k + 1)..<max(rows.count, k + 1) {
      let factor = rows[i][k] / rows[k][k]
      for j in k..<rows.count { rows[i][j] -= factor * rows[k][j] }
    }
  }
  return sign
}
