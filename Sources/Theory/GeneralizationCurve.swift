import Foundation
import RandomMatrices

/// Train and test error of linear regression by gradient flow, averaged over teacher and noise.
///
/// Inputs of unit variance, y = w*·x + ε; each weight of the teacher has variance σ_w²/d, of the
/// start σ₀²/d, the noise σ_ε². With γ = d/P and the spectrum ρ of XᵀX/P,
///
///     E_test(t)  = σ_ε² + (σ_w²+σ₀²)·⟨e^(−2lt)⟩ + γσ_ε²·⟨(1−e^(−lt))²/l⟩
///     E_train(t) = (σ_w²+σ₀²)·⟨l·e^(−2lt)⟩ + σ_ε²·(γ⟨e^(−2lt)⟩_{l>0} + 1 − γ·fraction{l>0})
///
/// per sample, without ½. Descent replaces e^(−lt) by (1−ηl)^k.
///
/// - Source: Advani, Saxe & Sompolinsky 2020, arXiv:1710.03667.
public struct GeneralizationCurve: Sendable {
  /// Where the eigenvalues come from.
  public enum Spectrum: Sendable {
    /// The d eigenvalues of XᵀX/P of given inputs: the average is exact.
    case sample(eigenvalues: [Double], samples: Int)
    /// The limit of many Gaussian inputs and samples at fixed ratio γ.
    case limit(MarchenkoPastur)
  }

  /// Where the eigenvalues come from.
  public let spectrum: Spectrum
  /// σ_w² of the teacher.
  public let teacher: Double
  /// σ₀² of the start.
  public let start: Double
  /// σ_ε² of the noise of one sample.
  public let noise: Double

  /// A curve for given variances.
  public init(
    spectrum: Spectrum, teacher: Double, start: Double, noise: Double
  ) throws(TheoryError) {
    try require("variance of the teacher", teacher, "finite and ≥ 0") { $0 >= 0 }
    try require("variance of the start", start, "finite and ≥ 0") { $0 >= 0 }
    try require("variance of the noise", noise, "finite and ≥ 0") { $0 >= 0 }
    if case .sample(let eigenvalues, let samples) = spectrum {
      try require("number of samples", Double(samples), "at least 1") { $0 >= 1 }
      try require("number of eigenvalues", Double(eigenvalues.count), "at least 1") { $0 >= 1 }
      for value in eigenvalues { try require("eigenvalue", value, "finite") }
    }
    (self.spectrum, self.teacher, self.start, self.noise) = (spectrum, teacher, start, noise)
  }

  /// γ, inputs over samples.
  public var ratio: Double {
    switch spectrum {
    case .sample(let eigenvalues, let samples): Double(eigenvalues.count) / Double(samples)
    case .limit(let law): law.ratio
    }
  }

  /// Fraction of directions without data.
  public var unseen: Double {
    switch spectrum {
    case .sample(let eigenvalues, _):
      Double(eigenvalues.filter { !isSeen($0) }.count) / Double(eigenvalues.count)
    case .limit(let law): law.atomAtZero
    }
  }

  private func isSeen(_ value: Double) -> Bool {
    guard case .sample(let eigenvalues, _) = spectrum else { return true }
    return value > 1e-12 * (eigenvalues.max() ?? 0)
  }

  /// The mean over seen directions, divided by the number of all.
  func average(_ function: (Double) -> Double) -> Double {
    switch spectrum {
    case .sample(let eigenvalues, _):
      eigenvalues.reduce(0) { $0 + (isSeen($1) ? function($1) : 0) } / Double(eigenvalues.count)
    case .limit(let law): law.integral(of: function)
    }
  }

  /// The expected squared error on a new noisy sample at time t ≥ 0.
  public func testError(at time: Double) -> Double { testError(learned: { -expm1(-$0 * time) }) }

  /// The expected squared error on a training sample at time t ≥ 0.
  public func trainingError(at time: Double) -> Double {
    trainingError(learned: { -expm1(-$0 * time) })
  }

  /// The expected squared error on a new noisy sample after `steps` steps of size `rate`.
  public func testError(afterSteps steps: Int, rate: Double) -> Double {
    testError(learned: { 1 - pow(1 - rate * $0, Double(steps)) })
  }

  /// The expected squared error on a training sample after `steps` steps of size `rate`.
  public func trainingError(afterSteps steps: Int, rate: Double) -> Double {
    trainingError(learned: { 1 - pow(1 - rate * $0, Double(steps)) })
  }

  private func testError(learned: (Double) -> Double) -> Double {
    let forgotten = average { (1 - learned($0)) * (1 - learned($0)) }
    let fitted = average { learned($0) * learned($0) / $0 }
    return noise + (teacher + start) * (forgotten + unseen) + ratio * noise * fitted
  }

  private func trainingError(learned: (Double) -> Double) -> Double {
    let left = average { (1 - learned($0)) * (1 - learned($0)) }
    let missing = average { $0 * (1 - learned($0)) * (1 - learned($0)) }
    let free = max(0, 1 - ratio * (1 - unseen))
    return (teacher + start) * missing + noise * (ratio * left + free)
  }

  /// The best time to stop for a single direction of eigenvalue l, ln(1 + kl)/l, k = signal over
  /// noise (σ_w²+σ₀²)/(γσ_ε²).
  public func stoppingTime(ofEigenvalue eigenvalue: Double) -> Double {
    guard noise > 0 else { return .infinity }
    let k = (teacher + start) / (ratio * noise)
    return eigenvalue > 0 ? log1p(k * eigenvalue) / eigenvalue : k
  }

  /// The time of the smallest test error, or `nil` when it falls for ever.
  ///
  /// The root of ⟨e^(−lt)(1 − (1+kl)e^(−lt))⟩, bracketed around the best time of a grid because the
  /// integrand underflows at late times.
  public var optimalStoppingTime: Double? {
    guard noise > 0, teacher + start > 0 else { return noise > 0 ? 0 : nil }
    let k = (teacher + start) / (ratio * noise)
    let grid = (0...400).map { pow(10, -6 + 14 * Double($0) / 400) }
    let errors = grid.map(testError(at:))
    guard let best = errors.indices.min(by: { errors[$0] < errors[$1] }),
      best > 0, best < grid.count - 1
    else { return nil }
    func slope(_ t: Double) -> Double {
      average { l in
        let e = exp(-l * t)
        return e * (1 - e * (1 + k * l))
      }
    }
    var (low, high) = (grid[best - 1], grid[best + 1])
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return middle }
      if slope(middle) < 0 { low = middle } else { high = middle }
    }
  }

  /// The test error of ridge regression with its best penalty γσ_ε²/σ_w², from a zero start.
  public var optimalRidgeError: Double {
    guard teacher > 0 else { return noise }
    let penalty = ratio * noise / teacher
    let seen = average { l in
      (teacher * penalty * penalty + ratio * noise * l) / ((l + penalty) * (l + penalty))
    }
    return noise + seen + teacher * unseen
  }
}
