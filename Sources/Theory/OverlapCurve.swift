import Foundation
import LinearAlgebra

/// Overlaps R and Q of a linear student with its teacher under gradient descent on given features.
///
/// Teacher y = z·w/√d + σε with w ~ N(0, I), features x = Fᵀz/√d, student ŷ = x·ŵ;
/// R = wᵀFŵ/d and Q = |Fŵ|²/d, so that the generalisation error is L_G = ½(1 + σ² − 2R + Q).
/// Averages over teacher and noise are exact for given features: with the eigenvalues l of XᵀX/n
/// (ridge λ added to the gradient), M = F·V·diag(g)·Vᵀ, g = (1−(1−ηl−ηλ)^k)/(l+λ):
///
///     R = tr(M·Xᵀ·Z)/(n·d^{3/2}),  Q = (|M·Xᵀ·Z/(n√d)|² + σ²|M·Xᵀ|²/n²)/d.
///
/// A penalty μQ/2 on the overlap with itself adds μFᵀF/d to XᵀX/n, whose eigenvalues and vectors are
/// then those of the sum.
///
/// - Source: Pezeshki et al. 2022, arXiv:2112.03215.
public struct OverlapCurve: Sendable {
  /// Eigenvalues l of XᵀX/n + μFᵀF/d.
  let eigenvalues: [Double]
  /// Vᵀ·(XᵀX/n)·V, shape [eigenvalue, eigenvalue]; nil where it is the diagonal of the eigenvalues.
  let spread: Matrix<Double>?
  /// F·V, shape [latent, eigenvalue].
  let map: Matrix<Double>
  /// Vᵀ·XᵀZ/(n√d), shape [eigenvalue, latent].
  let pull: Matrix<Double>
  /// Variance σ² of the noise.
  public let noise: Double
  let latent, samples: Int
  /// Step size η.
  public let rate: Double
  /// Ridge λ ≥ 0.
  public let ridge: Double

  /// The overlaps for given latent inputs.
  ///
  /// - Parameters:
  ///   - modulation: F, shape [latent, latent].
  ///   - latent: Z, unit normals, shape [sample, latent].
  ///   - noise: variance σ² of the noise.
  ///   - rate: η of a step on half the mean squared error.
  ///   - ridge: λ.
  ///   - penalty: μ.
  public init(
    modulation: Matrix<Double>, latent z: Matrix<Double>, noise: Double, rate: Double,
    ridge: Double = 0, penalty: Double = 0
  ) throws(TheoryError) {
    guard modulation.rows == z.columns, modulation.columns == z.columns else {
      throw .lengthMismatch(
        name: "rows of the modulation", count: modulation.rows, expected: z.columns)
    }
    try require("variance of the noise", noise, "finite and ≥ 0") { $0 >= 0 }
    try require("rate", rate, "finite and > 0") { $0 > 0 }
    try require("ridge", ridge, "finite and ≥ 0") { $0 >= 0 }
    try require("penalty", penalty, "finite and ≥ 0") { $0 >= 0 }
    let (n, d) = (z.rows, z.columns)
    let root = Double(d).squareRoot()
    let x = (1 / root) * (z * modulation)
    let input = (1 / Double(n)) * x.times(x, left: .transposed)
    let penalised =
      penalty == 0
      ? input : input + (penalty / Double(d)) * modulation.times(modulation, left: .transposed)
    let eigen = try factoring { try penalised.symmetricEigen() }
    spread =
      penalty == 0
      ? nil : eigen.vectors.times(input, left: .transposed).times(eigen.vectors)
    let floor = 1e-13 * (eigen.values.first ?? 0)
    eigenvalues = eigen.values.map { $0 > floor ? $0 : 0 }
    map = modulation * eigen.vectors
    pull =
      (1 / (Double(n) * root))
      * eigen.vectors.times(x.times(z, left: .transposed), left: .transposed)
    (self.noise, self.rate, self.ridge) = (noise, rate, ridge)
    (latent, samples) = (d, n)
  }

  /// R and Q after k ≥ 0 steps, averaged over teacher and noise.
  public func overlaps(after steps: Double) -> (teacher: Double, own: Double) {
    let gains = eigenvalues.map { l -> Double in
      let total = l + ridge
      // Nothing pulls where there are no data, so the student stays at zero there.
      guard l > 0 else { return 0 }
      // The largest eigenvalue may be gone after a step of one over it, but for rounding.
      let kept = 1 - rate * total
      return (1 - pow(abs(kept) < 1e-12 ? 0 : kept, steps)) / total
    }
    var scaled = map
    for i in 0..<scaled.rows { for k in 0..<scaled.columns { scaled[i, k] *= gains[k] } }
    let student = scaled * pull
    let d = Double(latent)
    return (student.trace / d, (student.squaredNorm + noise * scatter(scaled)) / d)
  }

  /// |M·Xᵀ|²/n² = tr(F·V·g·C·g·Vᵀ·Fᵀ)/n with C = Vᵀ(XᵀX/n)V, which is diag(l) without penalty.
  private func scatter(_ scaled: Matrix<Double>) -> Double {
    guard noise > 0 else { return 0 }
    if let spread {
      let pushed = scaled * spread
      return zip(scaled.elements, pushed.elements).reduce(0) { $0 + $1.0 * $1.1 } / Double(samples)
    }
    return eigenvalues.indices.reduce(0) { sum, k in
      sum + scaled.column(k).reduce(0) { $0 + $1 * $1 } * eigenvalues[k] / Double(samples)
    }
  }

  /// L_G = ½(1 + σ² − 2R + Q).
  public func generalizationError(after steps: Double) -> Double {
    let (r, q) = overlaps(after: steps)
    return (1 + noise - 2 * r + q) / 2
  }
}

/// Overlaps of ridge regression in the limit of many inputs and samples.
///
/// Latent inputs z ~ N(0, I/d) scaled by the singular values of F; κ solves
/// κ = λ + (κ/n)Σ s²/(s²+κ), R = (1/d)Σ s²/(s²+κ),
/// E = (σ² + (1/d)Σ κ²/(s²+κ)²)/(1 − (1/n)Σ s⁴/(s²+κ)²) and Q = E − 1 − σ² + 2R.
///
/// - Source: deterministic equivalent of ridge regression; docs/theory/overlaps.md.
public struct RidgeOverlaps: Equatable, Sendable {
  /// R, overlap with the teacher.
  public let teacherOverlap: Double
  /// Q, overlap with itself.
  public let selfOverlap: Double
  /// E = 1 + σ² − 2R + Q.
  public let error: Double
  /// The effective ridge κ.
  public let effectiveRidge: Double

  /// The overlaps for squared singular values s² of F.
  ///
  /// - Parameters:
  ///   - squares: s², shape [latent].
  ///   - samples: n.
  ///   - noise: variance σ².
  ///   - ridge: λ·d/n of the penalty λ on X = Z·F with rows z of variance 1/d.
  public init(squares: [Double], samples: Int, noise: Double, ridge: Double) throws(TheoryError) {
    for value in squares {
      try require("squared singular value", value, "finite and ≥ 0") { $0 >= 0 }
    }
    try require("ridge", ridge, "finite and > 0") { $0 > 0 }
    try require("variance of the noise", noise, "finite and ≥ 0") { $0 >= 0 }
    try require("number of samples", Double(samples), "at least 1") { $0 >= 1 }
    let (n, d) = (Double(samples), Double(squares.count))
    func excess(_ k: Double) -> Double {
      k - ridge - k * squares.reduce(0) { $0 + $1 / ($1 + k) } / n
    }
    var (low, high) = (ridge, ridge + (squares.max() ?? 0) * d / n + 1)
    while true {
      let middle = (low * high).squareRoot()
      guard middle > low * (1 + 4 * .ulpOfOne), middle < high else { break }
      if excess(middle) < 0 { low = middle } else { high = middle }
    }
    let k = high
    let r = squares.reduce(0) { $0 + $1 / ($1 + k) } / d
    let bias = squares.reduce(0) { $0 + (k / ($1 + k)) * (k / ($1 + k)) } / d
    let loss = squares.reduce(0) { $0 + ($1 / ($1 + k)) * ($1 / ($1 + k)) } / n
    effectiveRidge = k
    teacherOverlap = r
    error = (noise + bias) / (1 - loss)
    selfOverlap = error - 1 - noise + 2 * r
  }
}
