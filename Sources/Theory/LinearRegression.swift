import Foundation
import LearningProblems
import LinearAlgebra

/// Linear regression in the eigenbasis of Σxx, for any contraction of its eigenvalues.
///
/// W(t) = W₀·V·diag(e)·Vᵀ + Σyx·V·diag(φ)·Vᵀ with e = e^(−lt) and φ = (1−e)/l for the flow, and
/// e = (1−ηl)^k for descent; φ → t or ηk where l = 0, so unseen directions keep their start.
struct LinearRegression: Sendable {
  /// Eigenvalues of Σxx, falling.
  let eigenvalues: [Double]
  let vectors: Matrix<Double>
  /// W₀ and Ŵ in the eigenbasis, shape [output, eigenvalue].
  let start, fit: Matrix<Double>
  let problem: LearningProblem

  init(_ problem: LearningProblem, id: String) throws(TheoryError) {
    let weights = problem.initialWeights
    guard weights.depth == 1 else {
      throw .doesNotApply(solution: id, reason: "the network has \(weights.depth) layers, not 1")
    }
    if let rates = problem.rule.inputRates, rates.contains(where: { $0 != 1 }) {
      throw .doesNotApply(solution: id, reason: "inputs have step sizes of their own")
    }
    try problem.requireFinite(for: id)
    let eigen = try factoring { try problem.correlations.input.symmetricEigen() }
    // Below 1e-12 of the largest an eigenvalue is rounding: the fit has nothing there.
    let floor = 1e-12 * (eigen.values.first ?? 0)
    eigenvalues = eigen.values.map { $0 > floor ? $0 : 0 }
    vectors = eigen.vectors
    start = weights.layers[0] * vectors
    fit = problem.correlations.fit * vectors
    self.problem = problem
  }

  /// The map when direction k keeps a fraction `kept[k]` of its start and gains `gained[k]`·l·Ŵ.
  func map(kept: [Double], gained: [Double]) -> Matrix<Double> {
    let rotated = Matrix(rows: start.rows, columns: start.columns) { i, k in
      start[i, k] * kept[k] + fit[i, k] * eigenvalues[k] * gained[k]
    }
    return rotated.times(vectors, right: .transposed)
  }

  /// Weight decay β of the single layer.
  var decay: Double { problem.rule.weightDecay.first ?? 0 }
}
