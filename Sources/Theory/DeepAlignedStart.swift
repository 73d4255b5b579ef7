import Foundation
import LearningProblems
import LinearAlgebra

/// The start of a network of any depth read as a chain of amplitudes per mode.
///
/// Aligned means W_l = R_{l+1}·diag(w_l)·R_lᵀ with orthonormal R_l, R₁ = V and R_{N+1} = U.
struct DeepAlignedStart {
  let problem: LearningProblem
  /// Amplitudes of the rescaled layers, shape [mode][layer].
  let amplitudes: [[Double]]
  /// What is not of that form, over the largest squared weight.
  let violation: Double

  init(_ problem: LearningProblem, id: String) throws(TheoryError) {
    let layers = problem.initialWeights.layers
    let rates = problem.rule.rates
    try problem.requireFinite(for: id)
    guard rates.allSatisfy({ $0 > 0 }) else {
      throw .doesNotApply(solution: id, reason: "all layers must move, but the rates are \(rates)")
    }
    self.problem = problem
    let n = layers.count
    let scale = max(layers.map(\.largestMagnitude).max() ?? 0, 1e-300)
    var (all, worst) = ([[Double]](), 0.0)
    for i in problem.modes.values.indices {
      // Follow the mode through the layers; past a zero layer, come back from the other end.
      var chain = [Double](repeating: 0, count: n)
      var direction = Matrix(
        rows: problem.modes.right.rows, columns: 1, elements: problem.modes.right.column(i))
      var reached = n
      for l in 0..<n - 1 {
        let next = layers[l] * direction
        chain[l] = next.norm
        guard chain[l] > 0 else {
          reached = l
          break
        }
        direction = (1 / chain[l]) * next
        // Wᵀ must bring the direction back to where it came from.
        let back = layers[l].times(direction, left: .transposed)
        worst = max(worst, abs(back.norm - chain[l]) / scale)
      }
      var from = Matrix(
        rows: problem.modes.left.rows, columns: 1, elements: problem.modes.left.column(i))
      if reached == n {
        let last = layers[n - 1] * direction
        chain[n - 1] = from.times(last, left: .transposed)[0, 0]
        let back = layers[n - 1].times(from, left: .transposed)
        worst = max(worst, abs(last.norm - abs(chain[n - 1])) / scale)
        worst = max(worst, abs(back.norm - abs(chain[n - 1])) / scale)
      } else {
        for l in (reached..<n).reversed() {
          let next = layers[l].times(from, left: .transposed)
          chain[l] = l == reached ? 0 : next.norm
          guard chain[l] > 0 else { break }
          from = (1 / chain[l]) * next
        }
      }
      all.append(chain)
    }
    // The map itself must be diagonal in the modes.
    let coordinates = problem.modes.coordinates(of: problem.initialWeights.product)
    let diagonal = Matrix.diagonal(
      coordinates.diagonal, rows: coordinates.rows, columns: coordinates.columns)
    let largest = max(coordinates.largestMagnitude, 1e-300)
    worst = max(worst, (coordinates - diagonal).largestMagnitude / largest)
    violation = worst
    // On W_l/√(η_l/η̄) all layers have the same rate.
    let mean = problem.rule.timeStep
    let ratios = rates.map { ($0 / mean).squareRoot() }
    amplitudes = all.map { chain in zip(chain, ratios).map { $0 / $1 } }
  }

  func alignmentAssumption() -> Validity.Assumption {
    Validity.Assumption(
      "the initial weights are aligned with the modes of the fit", violation: violation,
      tolerance: 1e-9, expectedError: violation.squareRoot())
  }

  func decouplingAssumption() -> Validity.Assumption {
    let coupling = problem.correlations.couplingOfModes
    return Validity.Assumption(
      "the modes of the fit are decoupled", violation: coupling, tolerance: 1e-9,
      expectedError: coupling * Double(problem.correlations.inputs).squareRoot())
  }

  func noDecayAssumption() -> Validity.Assumption {
    let size = problem.rule.weightDecay.map(abs).max() ?? 0
    let strength = problem.modes.strengths.first ?? 0
    return Validity.Assumption(
      "there is no weight decay", violation: size, tolerance: 0,
      expectedError: strength > 0 ? size / strength : .infinity)
  }

  /// The lag of descent behind the flow: half a step of the fastest rate N·s·u^(1−2/N), times the
  /// logarithm of the growth that it accumulates over.
  func stepSizeAssumption() -> Validity.Assumption {
    let n = Double(problem.initialWeights.depth)
    var size = 0.0
    for (s, lambda) in zip(problem.modes.values, problem.modes.variances) where s > 0 {
      size = max(size, problem.rule.timeStep * n * lambda * pow(s, 2 - 2 / n))
    }
    return Validity.Assumption(
      "steps are small", violation: size, tolerance: 0, expectedError: size / 2, isStepSize: true)
  }
}
