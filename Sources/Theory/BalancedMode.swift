import Foundation

/// One aligned mode of a two-layer network whose layers are equally strong: a logistic curve.
///
/// u′ = 2u(s − λu) from u₀ > 0 gives u(t) = u₀/(e^(−2st) + (λu₀/s)(1 − e^(−2st))). Only decaying
/// exponentials are formed, so no time overflows; s = 0 gives u₀/(1 + 2λu₀t).
///
/// - Source: Saxe, McClelland & Ganguli 2014, arXiv:1312.6120.
public struct BalancedMode: Equatable, Sendable {
  /// Input–output strength s, any sign.
  public let strength: Double
  /// Input variance λ ≥ 0.
  public let variance: Double
  /// Initial mode strength u₀ ≥ 0.
  public let initial: Double

  /// A mode from its task and its start.
  ///
  /// - Throws: ``TheoryError/invalidValue(name:value:expected:)`` if u₀ < 0 (the formula would pass
  ///   a pole; use ``AlignedMode``), λ < 0, or a value is not finite.
  public init(strength: Double, variance: Double = 1, initial: Double) throws(TheoryError) {
    try require("mode strength s", strength, "finite")
    try require("input variance", variance, "finite and ≥ 0") { $0 >= 0 }
    try require("initial mode strength of a balanced mode", initial, "≥ 0") { $0 >= 0 }
    (self.strength, self.variance, self.initial) = (strength, variance, initial)
  }

  /// The mode strength at time t ≥ 0.
  ///
  /// Without input variance but with s > 0 it grows without bound.
  public func value(at time: Double) -> Double {
    let (s, u0, lambda) = (strength, initial, variance)
    guard u0 > 0, time > 0 else { return u0 }
    let x = 2 * s * time
    if x == 0 { return u0 / (1 + 2 * lambda * u0 * time) }
    if s > 0 { return u0 / (exp(-x) - lambda * (u0 / s) * expm1(-x)) }
    return u0 * exp(x) / (1 + lambda * (u0 / s) * expm1(x))
  }

  /// The value that the mode tends to: s/λ, or 0 for s ≤ 0 or u₀ = 0.
  public var limit: Double { strength > 0 && initial > 0 ? strength / variance : 0 }

  /// The time at which u = s/(2λ), (1/2s)·ln(s/(λu₀) − 1); `nil` if it starts above or never gets
  /// there.
  public var halfTime: Double? { passingTime(of: strength / (2 * variance)) }

  /// The time at which u passes a level, or `nil` if it never does.
  ///
  /// (1/2s)·ln(u(s − λu₀)/(u₀(s − λu))), and (1/u − 1/u₀)/2λ for s = 0.
  public func passingTime(of level: Double) -> Double? {
    let (s, u0, lambda) = (strength, initial, variance)
    guard level.isFinite, level > 0, u0 > 0 else { return level == u0 ? 0 : nil }
    if level == u0 { return 0 }
    if s == 0 {
      let time = (1 / level - 1 / u0) / (2 * lambda)
      return time.isFinite && time > 0 ? time : nil
    }
    let (here, there) = (s - lambda * u0, s - lambda * level)
    guard here * there > 0 else { return nil }
    let time = (log(level) - log(u0) + log(here / there)) / (2 * s)
    return time > 0 ? time : nil
  }
}
