import LearningProblems
import LinearAlgebra

/// The start of a two-layer network read in the modes of the fit: strengths and directions.
///
/// Aligned means W₁/c = Σ aᵢ·rᵢ·vᵢᵀ and c·W₂ = Σ bᵢ·uᵢ·rᵢᵀ with orthonormal rᵢ.
struct AlignedStart {
  let start: TwoLayerStart
  /// aᵢ of the rescaled first layer, shape [mode].
  let first: [Double]
  /// bᵢ of the rescaled second layer, shape [mode].
  let second: [Double]
  /// Largest component that is not of the aligned form, over the largest squared weight.
  let violation: Double
  /// Rescaled weights in the basis of the modes.
  let rotatedFirst: Matrix<Double>
  let rotatedSecond: Matrix<Double>

  var problem: LearningProblem { start.problem }
  var products: [Double] { zip(first, second).map { $0 * $1 } }

  init(_ start: TwoLayerStart) {
    self.start = start
    let modes = start.problem.modes
    let p = start.first * modes.right
    let q = modes.left.times(start.second, left: .transposed)
    (rotatedFirst, rotatedSecond) = (p, q)
    let (pp, qq, qp) = (p.times(p, left: .transposed), q.times(q, right: .transposed), q * p)
    var (first, second) = ([Double](), [Double]())
    var (violation, scale) = (0.0, max(pp.largestMagnitude, qq.largestMagnitude))
    if !(scale > 0) { scale = 1 }
    for i in 0..<start.modes {
      // The longer of the two vectors fixes the direction, the other is measured along it.
      let (a, b) = (pp[i, i].squareRoot(), qq[i, i].squareRoot())
      let (along, across) = a >= b ? (a > 0 ? qp[i, i] / a : 0, b) : (qp[i, i] / b, a)
      first.append(a >= b ? a : along)
      second.append(a >= b ? along : b)
      violation = max(violation, (max(0, across * across - along * along)) / scale)
    }
    // Overlaps among rows or columns without a partner are harmless: those never move.
    for i in 0..<pp.rows {
      for j in 0..<min(i, start.modes) { violation = max(violation, abs(pp[i, j]) / scale) }
    }
    for i in 0..<qq.rows {
      for j in 0..<min(i, start.modes) { violation = max(violation, abs(qq[i, j]) / scale) }
      for j in 0..<qp.columns where j != i { violation = max(violation, abs(qp[i, j]) / scale) }
    }
    (self.first, self.second, self.violation) = (first, second, violation)
  }

  /// That the start is aligned; a violation v costs an error of the order of √v.
  func alignmentAssumption() -> Validity.Assumption {
    Validity.Assumption(
      "the initial weights are aligned with the modes of the fit", violation: violation,
      tolerance: 1e-9, expectedError: violation.squareRoot())
  }

  /// The smallest amplitude from which a learnable mode has to grow.
  var smallestStart: Double {
    let strengths = problem.modes.strengths
    var smallest = Double.infinity
    for i in strengths.indices where strengths[i] > 0 {
      let (a, b) = (first[i], second[i])
      let amplitude = max(abs(a * b), (a + b) * (a + b) / 4)
      if amplitude > 0 { smallest = min(smallest, amplitude) }
    }
    return smallest.isFinite ? smallest : 0
  }

  /// Mode strengths, loss, risk and Gram matrices of both layers for given amplitudes.
  ///
  /// Rows and columns without a partner keep their initial values.
  func prediction(first a: [Double], second b: [Double]) -> Prediction {
    var result = Prediction(modeStrengths: zip(a, b).map { $0 * $1 }, of: problem)
    result.postpone(.firstLayerGram) { [self] in
      var inner = rotatedFirst.times(rotatedFirst, left: .transposed)
      for i in a.indices { inner[i, i] = a[i] * a[i] }
      let (basis, c) = (problem.modes.right, start.ratio)
      return (c * c) * basis.times(inner).times(basis, right: .transposed)
    }
    result.postpone(.secondLayerGram) { [self] in
      var outer = rotatedSecond.times(rotatedSecond, right: .transposed)
      for i in b.indices { outer[i, i] = b[i] * b[i] }
      let (basis, c) = (problem.modes.left, start.ratio)
      return (1 / (c * c)) * basis.times(outer).times(basis, right: .transposed)
    }
    return result
  }
}
