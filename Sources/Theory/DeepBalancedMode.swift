import Foundation
import Integration

/// One aligned mode of a network of N layers that are all equally strong.
///
/// u′ = N·u^(2−2/N)·(s − λu). For N ≥ 3 the logit w = ln(u/|s/λ − u|) obeys w′ = N·s·u^(1−2/N),
/// which is smooth, not stiff and cannot overflow; it is integrated numerically. For s ≤ 0 the
/// logarithm of u takes its place.
///
/// - Source: Saxe, McClelland & Ganguli 2014, arXiv:1312.6120; logit form derived in
///   docs/theory/deep-balanced-modes.md.
public struct DeepBalancedMode: Equatable, Sendable {
  /// Input–output strength s.
  public let strength: Double
  /// Input variance λ > 0.
  public let variance: Double
  /// Initial mode strength u₀ ≥ 0.
  public let initial: Double
  /// Number of layers N ≥ 1.
  public let depth: Int

  /// A mode from its task, its start and the depth.
  ///
  /// - Throws: ``TheoryError/invalidValue(name:value:expected:)``; a negative start is a mode with
  ///   the opposite strength.
  public init(
    strength: Double, variance: Double = 1, initial: Double, depth: Int
  ) throws(TheoryError) {
    try require("mode strength s", strength, "finite")
    try require("input variance", variance, "finite and > 0") { $0 > 0 }
    try require("initial mode strength of a balanced mode", initial, "≥ 0") {
      $0 >= 0 || depth == 1
    }
    try require("number of layers", Double(depth), "at least 1") { $0 >= 1 }
    (self.strength, self.variance) = (strength, variance)
    (self.initial, self.depth) = (initial, depth)
  }

  /// The mode strengths at ascending times ≥ 0, shape [time].
  ///
  /// - Throws: ``TheoryError/integration(_:)`` if the integration fails.
  public func values(at times: [Double]) throws(TheoryError) -> [Double] {
    for time in times { try requireTime(time) }
    let (s, u0) = (strength / variance, initial)
    if depth == 1 {
      return times.map { u0 * exp(-variance * $0) - s * expm1(-variance * $0) }
    }
    if depth == 2 {
      let mode = try BalancedMode(strength: strength, variance: variance, initial: u0)
      return times.map(mode.value)
    }
    guard u0 > 0, u0 != s else { return times.map { _ in u0 } }
    let n = Double(depth)
    let power = 1 - 2 / n
    let scaled = times.map { $0 * variance }
    // Beyond this logit u equals s to rounding; the integration need not go on.
    let certain = 45.0
    func mode(_ w: Double) -> Double {
      guard s > 0 else { return exp(w) }
      return u0 < s ? s / (1 + exp(-w)) : s / -expm1(-w)
    }
    let start = s > 0 ? log(u0) - log(abs(s - u0)) : log(u0)
    let integrator = DormandPrince(relativeTolerance: 1e-12, absoluteTolerance: 1e-12)
    var results: [Double] = []
    while results.count < times.count && scaled[results.count] == 0 { results.append(u0) }
    guard let end = scaled.last, results.count < times.count else { return results }
    _ = try integrating { () throws(IntegrationError) in
      try integrator.integrate(
        from: 0, to: end, initial: [start], stops: scaled,
        derivative: { _, y, slope in
          let u = mode(y[0])
          slope[0] = s > 0 ? n * s * pow(u, power) : n * pow(u, power) * (s - u)
        },
        observe: { step in
          while results.count < scaled.count && scaled[results.count] <= step.end {
            results.append(mode(step.state(at: scaled[results.count])[0]))
          }
          return !(s > 0 && step.endState[0] > certain)
        })
    }
    while results.count < times.count { results.append(s) }
    return results
  }

  /// The time at which u passes a level, ∫du/u′, or `nil` if it never does.
  public func passingTime(of level: Double) throws(TheoryError) -> Double? {
    let (s, u0, n) = (strength / variance, initial, Double(depth))
    if level == u0 { return 0 }
    let limit = max(s, 0)
    let rises = limit > u0
    guard u0 > 0, rises ? level > u0 && level < limit : level < u0 && level > limit else {
      return nil
    }
    func coordinate(_ u: Double) -> Double { s > 0 ? log(u) - log(abs(s - u)) : log(u) }
    let power = 1 - 2 / n
    let time = try integrating { () throws(IntegrationError) in
      try TanhSinh(relativeTolerance: 1e-12).integral(
        from: coordinate(u0), to: coordinate(level)
      ) { w in
        guard s > 0 else { return 1 / (n * pow(exp(w), power) * (s - exp(w))) }
        let u = u0 < s ? s / (1 + exp(-w)) : s / -expm1(-w)
        return 1 / (n * s * pow(u, power))
      }
    }
    return time / variance
  }

  /// The passing time in the limit of many layers, N → ∞ with corrections of order 1/N.
  ///
  /// (1/N)·[ln(u(s−u₀)/(u₀(s−u)))/s² + 1/(su₀) − 1/(su)] in units λ = 1.
  public func passingTimeOfManyLayers(of level: Double) -> Double? {
    let (s, u0) = (strength / variance, initial)
    guard u0 > 0, s > 0, (s - level) * (s - u0) > 0, level > 0 else { return nil }
    let bracket =
      (log(level / u0) + log((s - u0) / (s - level))) / (s * s) + 1 / (s * u0) - 1 / (s * level)
    return bracket / Double(depth) / variance
  }
}
