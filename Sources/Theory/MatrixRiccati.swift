import LearningProblems
import LinearAlgebra

/// Two-layer dynamics on white inputs from λ-balanced weights of any alignment.
///
/// - Source: Fukumizu 1998; Braun, Dominé, Fitzgerald & Saxe 2022; Dominé et al. 2024,
///   arXiv:2409.14623.
public struct MatrixRiccati: ExactSolution {
  /// `matrix-riccati`.
  public static let id = "matrix-riccati"
  /// Name for a legend.
  public static let title = "matrix Riccati"
  /// In one line, what it is about.
  public static let regime =
    "two layers, white inputs, W₂ᵀW₂ − W₁W₁ᵀ = λI, any alignment: exact"
  /// The papers it comes from.
  public static let source =
    "Fukumizu 1998; Braun et al. 2022; Dominé et al. 2024, arXiv:2409.14623"
  /// What it predicts.
  public static let curves =
    Curve.ofProduct + [.firstLayerGram, .secondLayerGram, .kernelSpectrum]

  /// How well the assumptions hold.
  public let validity: Validity
  /// λ, the mean of the balance of the rescaled weights.
  public let balance: Double
  /// Whether the sign of the determinant keeps the network from its fit.
  public let endsOnSaddle: Bool
  let start: TwoLayerStart
  let flow: RiccatiFlow
  let variance: Double

  /// The solution of a two-layer problem.
  public init(_ problem: LearningProblem) throws(TheoryError) {
    let start = try TwoLayerStart(problem, id: Self.id)
    let white = try start.whiteness()
    guard white.rank > 0 else { throw Self.inapplicable("the inputs are zero") }
    self.start = start
    variance = white.variance
    let (d, o) = (problem.correlations.inputs, problem.correlations.outputs)
    let seen = start.first * white.projector
    let deviationMatrix = start.balance(projecting: white.projector)
    let lambda = deviationMatrix.trace / Double(max(start.hidden, 1))
    balance = lambda
    let rest = deviationMatrix - lambda * Matrix.identity(start.hidden)
    let deviation = rest.largestMagnitude
    let largest = problem.modes.values.first ?? 0
    let size = max(seen.squaredNorm, start.second.squaredNorm)

    // With λ = 0 and as many inputs as outputs, det(W₂W₁) cannot change its sign.
    var saddle = false
    let isBalanced = abs(lambda) <= 1e-12 * max(size, largest) && deviation <= 1e-10 * max(size, 1)
    if isBalanced && d == o && white.rank == d && start.hidden >= d {
      let signs = (
        try signOfDeterminant(start.second * start.first),
        try signOfDeterminant(problem.correlations.fit)
      )
      saddle = signs.0 * signs.1 < 0
    }
    endsOnSaddle = saddle
    let decay = start.decay.mean / white.variance
    let fit = problem.correlations.fit
    let generator = Matrix(rows: d + o, columns: d + o) { i, j in
      switch (i < d, j < d) {
      case (true, true): i == j ? -lambda / 2 - decay : 0
      case (false, false): i == j ? lambda / 2 - decay : 0
      case (true, false): fit[j - d, i]
      case (false, true): fit[i - d, j]
      }
    }
    let factor = Matrix(rows: d + o, columns: start.hidden) { i, j in
      i < d ? seen[j, i] : start.second[i - d, j]
    }
    flow = try RiccatiFlow(generator: generator, factor: factor, staysOnSaddle: saddle)

    let unseen = (start.first - seen).norm
    let eigen = problem.modes.values
    var warnings: [String] = []
    if saddle {
      warnings.append(
        "det(W₂W₁) and det(Σyx) have opposite signs: the flow ends on a saddle that misses the "
          + "weakest mode, of strength \(eigen.last ?? 0).")
    }
    validity = Validity(
      [
        start.whitenessAssumption(white.deviation),
        // 0.55 was measured from random starts of four sizes.
        Validity.Assumption(
          "W₂ᵀW₂ − W₁W₁ᵀ is a multiple of I", violation: deviation / max(largest, 1e-300),
          tolerance: 1e-10 * max(1, size / max(largest, 1e-300)),
          expectedError: 0.55 * deviation / max(largest, 1e-300)),
        Validity.Assumption(
          "the first layer starts at zero on inputs that never occur", violation: unseen,
          tolerance: 1e-9 * max(seen.norm, 1e-300),
          expectedError: unseen * start.second.norm / max(largest, 1e-300)),
        start.equalDecayAssumption(),
        Validity.Assumption(
          "weights that decay are balanced", violation: decay == 0 ? 0 : abs(lambda),
          tolerance: 1e-10, expectedError: decay * abs(lambda) / max(largest * largest, 1e-300)),
        start.stepSizeAssumption(smallestStart: size),
      ], warnings: warnings)
  }

  /// The map, its strengths, loss, risk, Gram matrices and kernel spectrum at times.
  ///
  /// - Complexity: O((inputs + outputs)·width²) a step of 8/μ_max, at most 1024 steps.
  public func predictions(at moments: [Double]) throws(TheoryError) -> [Prediction] {
    try check(moments)
    let d = start.first.columns
    let c = start.ratio
    var results: [Prediction] = []
    for factor in try flow.factors(at: moments.map { $0 * variance }) {
      let (top, bottom) = (factor.rows(0..<d), factor.rows(d..<factor.rows))
      var result = Prediction(product: bottom.times(top, right: .transposed), of: start.problem)
      let inner = top.times(top, right: .transposed)
      let outer = bottom.times(bottom, right: .transposed)
      result[.firstLayerGram] = .matrix((c * c) * inner)
      result[.secondLayerGram] = .matrix((1 / (c * c)) * outer)
      let (a, b) = try factoring {
        (try inner.symmetricEigen().values, try outer.symmetricEigen().values)
      }
      result[.kernelSpectrum] = .vector(
        a.flatMap { x in b.map { variance * (x + $0) } }.sorted(by: >))
      results.append(result)
    }
    return results
  }
}
