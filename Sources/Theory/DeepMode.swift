import Foundation
import Integration

/// One aligned mode of a network of any depth with layers of any strength.
///
/// w_l² − w_m² is conserved, so the weakest layer y = w_m alone remains:
/// y′ = ∏_{l≠m} w_l·(s − λ∏w_l) with w_l = ±√(y² + c_l). The last approach to the fixed point is an
/// exponential, so that no time is too late.
///
/// - Source: derived in docs/theory/deep-modes.md.
public struct DeepMode: Equatable, Sendable {
  /// Input–output strength s.
  public let strength: Double
  /// Input variance λ ≥ 0.
  public let variance: Double
  /// Initial amplitude of every layer, shape [layer].
  public let initial: [Double]

  /// A mode from its task and its start.
  public init(strength: Double, variance: Double = 1, initial: [Double]) throws(TheoryError) {
    try require("mode strength s", strength, "finite")
    try require("input variance", variance, "finite and ≥ 0") { $0 >= 0 }
    try require("mode strength s", strength, "0 where the inputs do not vary") {
      variance > 0 || $0 == 0
    }
    for amplitude in initial { try require("initial amplitude", amplitude, "finite") }
    try require("number of layers", Double(initial.count), "at least 1") { $0 >= 1 }
    (self.strength, self.variance, self.initial) = (strength, variance, initial)
  }

  private var weakest: Int {
    initial.indices.min { abs(initial[$0]) < abs(initial[$1]) } ?? 0
  }

  /// The amplitudes of all layers when the weakest one is `y`.
  private func chain(_ y: Double) -> [Double] {
    let m = weakest
    let base = initial[m]
    return initial.indices.map { l in
      if l == m { return y }
      let w = initial[l]
      // Layers as weak as the weakest stay equal to it up to sign.
      if abs(w) == abs(base) { return w == base ? y : -y }
      let size = hypot(y, ((abs(w) - abs(base)) * (abs(w) + abs(base))).squareRoot())
      return w < 0 ? -size : size
    }
  }

  /// y′ and the residual s − λu at a weakest amplitude `y`.
  private func motion(_ y: Double) -> (slope: Double, residual: Double, rate: Double) {
    let chain = chain(y)
    let residual = strength - variance * chain.reduce(1, *)
    var others = 1.0
    for l in chain.indices where l != weakest { others *= chain[l] }
    // k = λ·Σ_l ∏_{j≠l} w_j², the rate at a minimum.
    var rate = 0.0
    for l in chain.indices {
      var square = 1.0
      for j in chain.indices where j != l { square *= chain[j] * chain[j] }
      rate += variance * square
    }
    return (others * residual, residual, rate)
  }

  /// The amplitudes of all layers at ascending times ≥ 0, shape [time][layer].
  public func amplitudes(at times: [Double]) throws(TheoryError) -> [[Double]] {
    for time in times { try requireTime(time) }
    let m = weakest
    guard variance > 0, let end = times.last, end > 0, motion(initial[m]).slope != 0 else {
      return times.map { _ in initial }
    }
    let scale = abs(strength) + variance * abs(initial.reduce(1, *))
    var results: [[Double]] = []
    while results.count < times.count && times[results.count] == 0 { results.append(initial) }
    let size = max(abs(initial[m]), 1e-3 * (initial.map(abs).max() ?? 0))
    let partners = initial.filter { abs($0) == abs(initial[m]) }.count - 1
    let stronger = initial.map(abs).filter { $0 > abs(initial[m]) }.min() ?? scale
    let integrator = DormandPrince(
      relativeTolerance: 1e-12, absoluteTolerance: 1e-14 * min(size, 1), maximumSteps: 4_000_000)
    let last = try integrating { () throws(IntegrationError) in
      try integrator.integrate(
        from: 0, to: end, initial: [initial[m]], stops: times,
        derivative: { _, y, slope in slope[0] = motion(y[0]).slope },
        observe: { step in
          while results.count < times.count && times[results.count] <= step.end {
            results.append(chain(step.state(at: times[results.count])[0]))
          }
          let y = step.endState[0]
          let (slope, residual, _) = motion(y)
          if partners == 1 && strength != 0 && slope * y < 0 && abs(y) < 1e-8 * stronger {
            return false
          }
          return abs(residual) > 1e-6 * scale || (strength == 0 && partners > 0)
        })
    }
    guard results.count < times.count else { return results }
    if abs(motion(last.state[0]).residual) > 1e-6 * scale {
      // On the way into the saddle: y′/y is constant once y² is negligible.
      let decay = motion(last.state[0]).slope / last.state[0]
      for time in times[results.count...] {
        results.append(chain(last.state[0] * exp(decay * (time - last.time))))
      }
      return results
    }
    // Here r′ = −k·r up to terms of order r: y approaches its end along one exponential.
    let (slope, _, rate) = motion(last.state[0])
    let target = fixedPoint(from: last.state[0], toward: last.state[0] + slope / rate)
    for time in times[results.count...] {
      let rest = (target - last.state[0]) * exp(-rate * (time - last.time))
      results.append(chain(target - rest))
    }
    return results
  }

  /// The product u of all layers at ascending times, shape [time].
  public func values(at times: [Double]) throws(TheoryError) -> [Double] {
    try amplitudes(at: times).map { $0.reduce(1, *) }
  }

  /// The root of the residual next to a first guess, by Newton's method on s − λu.
  private func fixedPoint(from start: Double, toward guess: Double) -> Double {
    var y = guess
    for _ in 0..<20 {
      let (slope, _, rate) = motion(y)
      guard rate > 0, slope.isFinite else { break }
      let next = y + slope / rate
      if next == y { break }
      y = next
    }
    return y
  }
}
