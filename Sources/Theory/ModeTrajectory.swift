import Foundation

/// A decoupled mode between linear regression and a diagonal network.
///
/// z′ = √(γ² + r²z²)·(s − λz) with the invariant γ of the imbalance and the coupling r: r = 0 is
/// linear regression at rate γ, γ = 0 a balanced network. In the time of the program r = 2 and
/// γ = |b²−a²|; per step with rates η₁, η₂, r = 2√(η₁η₂) and γ = |η₂a²−η₁b²|.
///
/// With k = √(λ²γ² + r²s²) and E = e^(−kt) two forms are used, whichever does not cancel: in
/// w = tanh(½·asinh(rz/γ)) where γ ≥ r·max(|z₀|, |s/λ|), else in P = z + √(z² + γ²/r²).
///
/// - Source: Olmin & Lindsten 2024 (setting); solution derived in docs/theory/mode-risk.md.
public struct ModeTrajectory: Equatable, Sendable {
  /// Invariant γ ≥ 0.
  public let invariant: Double
  /// Coupling r ≥ 0 of the two layers.
  public let coupling: Double
  /// Input–output strength s.
  public let strength: Double
  /// Input variance λ ≥ 0.
  public let variance: Double
  /// Initial value z₀.
  public let initial: Double

  /// A mode from its task, its invariant and its start.
  ///
  /// - Throws: ``TheoryError/invalidValue(name:value:expected:)``.
  public init(
    invariant: Double, coupling: Double = 2, strength: Double, variance: Double = 1,
    initial: Double
  ) throws(TheoryError) {
    try require("invariant of the mode", invariant, "finite and ≥ 0") { $0 >= 0 }
    try require("coupling of the layers", coupling, "finite and ≥ 0") { $0 >= 0 }
    try require("mode strength s", strength, "finite")
    try require("input variance", variance, "finite and ≥ 0") { $0 >= 0 }
    try require("mode strength s", strength, "0 where the inputs do not vary") {
      variance > 0 || $0 == 0
    }
    try require("initial mode strength", initial, "finite")
    (self.invariant, self.coupling, self.strength) = (invariant, coupling, strength)
    (self.variance, self.initial) = (variance, initial)
  }

  /// The asymptotic rate k = √(λ²γ² + r²s²).
  public var rate: Double { hypot(variance * invariant, coupling * strength) }

  /// The value that the mode tends to; 0 where a balanced mode cannot change its sign.
  public var limit: Double {
    guard variance > 0 else { return initial }
    let fit = strength / variance
    if invariant > 0 { return fit }
    return coupling == 0 || initial == 0 ? initial : fit * initial > 0 ? fit : 0
  }

  /// The mode strength at time t ≥ 0.
  public func value(at time: Double) -> Double {
    let (c, r, s, lambda, z0) = (invariant, coupling, strength, variance, initial)
    guard time > 0, lambda > 0, c > 0 || r > 0 else { return z0 }
    if r == 0 { return z0 * exp(-lambda * c * time) - s / lambda * expm1(-lambda * c * time) }
    let k = rate
    if c == 0 && z0 == 0 { return 0 }
    if k == 0 { return z0 / (1 + lambda * r * abs(z0) * time) }
    let (e, gap) = (exp(-k * time), -expm1(-k * time))
    if c >= r * max(abs(z0), abs(s / lambda)) {
      let w0 = tanh(asinh(r * z0 / c) / 2)
      let w =
        (w0 * k * (1 + e) + (r * s - lambda * c * w0) * gap)
        / (k * (1 + e) + (lambda * c + r * s * w0) * gap)
      return c / r * 2 * w / (1 - w * w)
    }
    return valueByExponential(k: k, e: e, gap: gap)
  }

  /// The P-form; for z₀ < 0 the signs of z and s are exchanged.
  private func valueByExponential(k: Double, e: Double, gap: Double) -> Double {
    let sign: Double = initial < 0 ? -1 : 1
    let (c, r, lambda) = (invariant, coupling, variance)
    let (s, z0) = (sign * strength, sign * initial)
    let q = (c / r) * (c / r)
    let (x, y) = (k + abs(r * s), (lambda * c) * (lambda * c) / (k + abs(r * s)))
    let (plus, minus) = s >= 0 ? (x, y) : (y, x)
    let p0 = z0 + hypot(z0, c / r)
    let p =
      (p0 * (plus + minus * e) + lambda * q * r * gap)
      / (minus + plus * e + lambda * r * p0 * gap)
    return sign * (p - (q == 0 ? 0 : q / p)) / 2
  }

  /// The time at which z passes a level, or `nil` if it never does.
  public func passingTime(of level: Double) -> Double? {
    passing(level: level, start: initial, limit: limit, value: value)
  }
}
