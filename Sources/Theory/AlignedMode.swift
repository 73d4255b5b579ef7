import Foundation

/// One aligned mode of a two-layer network, from any initial amplitudes.
///
/// a′ = b(s − λab), b′ = a(s − λab). With a, b multiplied by √λ, l = b₀²−a₀², κ = √(s²+l²/4),
/// φ = ½·atan2(s, l/2), v₊ = (sin φ, cos φ), v₋ = (cos φ, −sin φ), q± = v±·(a₀,b₀) and
/// g = (1−e^(−2κt))/2κ,
///
///     (a,b)(t) = (q₊v₊ + q₋e^(−2κt)v₋) / √(e^(−2κt)(1 + q₋²g) + q₊²g),
///
/// and (a,b) = q₋e^(−κt)v₋/√(1 + q₋²g) when q₊ = 0, the way into the saddle. Only decaying
/// exponentials occur: no time overflows.
///
/// - Source: derived in docs/theory/aligned-modes.md; equivalent to the hyperbolic solution of
///   Saxe, McClelland & Ganguli 2014, arXiv:1312.6120.
public struct AlignedMode: Equatable, Sendable {
  /// Input–output strength s, any sign.
  public let strength: Double
  /// Input variance λ ≥ 0 of the mode.
  public let variance: Double
  /// Initial amplitude a₀ of the first layer.
  public let first: Double
  /// Initial amplitude b₀ of the second layer.
  public let second: Double
  private let flow: HyperbolicFlow

  /// A mode from its task and its start.
  ///
  /// - Throws: ``TheoryError/invalidValue(name:value:expected:)`` for values that are not finite,
  ///   a negative variance, or a strength without variance.
  public init(
    strength: Double, variance: Double = 1, first: Double, second: Double
  ) throws(TheoryError) {
    try require("mode strength s", strength, "finite")
    try require("input variance", variance, "finite and ≥ 0") { $0 >= 0 }
    try require("initial amplitude of layer 1", first, "finite")
    try require("initial amplitude of layer 2", second, "finite")
    try require("mode strength s", strength, "0 where the inputs do not vary") {
      variance > 0 || $0 == 0
    }
    (self.strength, self.variance, self.first, self.second) = (strength, variance, first, second)
    let root = variance.squareRoot()
    flow = HyperbolicFlow(strength: strength, a: root * first, b: root * second)
  }

  /// The amplitudes a and b at time t ≥ 0.
  public func amplitudes(at time: Double) -> (first: Double, second: Double) {
    guard variance > 0, time > 0 else { return (first, second) }
    let root = variance.squareRoot()
    let (a, b) = flow.amplitudes(at: time)
    return (a / root, b / root)
  }

  /// The mode strength u = ab at time t ≥ 0.
  public func value(at time: Double) -> Double {
    let (a, b) = amplitudes(at: time)
    return a * b
  }

  /// The value that the mode tends to: s/λ, or 0 on the way into the saddle.
  public var limit: Double {
    guard variance > 0 else { return first * second }
    return flow.entersSaddle ? 0 : strength / variance
  }

  /// The rate 2κ = √(λ²l² + 4s²) of the final approach; 0 for a mode that never moves.
  public var finalRate: Double { variance > 0 ? 2 * flow.kappa : 0 }

  /// The time at which u passes a level, or `nil` if it never does.
  ///
  /// u moves monotonically from a₀b₀ to ``limit``, so a level in between is passed once. The time
  /// is found by bisection to the last bit.
  public func passingTime(of level: Double) -> Double? {
    passing(level: level, start: first * second, limit: limit, value: value)
  }

  /// The time at which u has first covered half of its way to s/λ, counted from 0.
  public var halfLearningTime: Double? {
    variance > 0 ? passingTime(of: strength / (2 * variance)) : nil
  }
}

/// The solution of an aligned mode with unit variance.
struct HyperbolicFlow: Equatable, Sendable {
  let kappa, plus, minus, sine, cosine: Double
  let a0, b0: Double

  /// On the stable manifold of the saddle: the unstable component is exactly zero.
  var entersSaddle: Bool { plus == 0 }

  init(strength s: Double, a: Double, b: Double) {
    (a0, b0) = (a, b)
    let half = (b - a) * (b + a) / 2
    kappa = hypot(s, half)
    // Exactly balanced starts get exact sines, so that the way into the saddle is exactly closed.
    let angle = atan2(s, half) / 2
    sine = half == 0 && s != 0 ? (s > 0 ? 1 : -1) * 0.5.squareRoot() : sin(angle)
    cosine = half == 0 && s != 0 ? 0.5.squareRoot() : cos(angle)
    // q₊ = sin φ·a + cos φ·b without cancellation: for s ≥ 0 cos φ − sin φ = l/(2κ(cos φ + sin φ))
    // leaves ½(a+b) times a positive number, for s < 0 the same with b−a.
    if kappa == 0 {
      plus = sine * a + cosine * b
    } else if s >= 0 {
      let sum = cosine + sine
      plus = (a + b) / 2 * (sum + (b - a) / (2 * kappa) * ((b - a) / sum))
    } else {
      let difference = cosine - sine
      plus = (b - a) / 2 * (difference + (a + b) / (2 * kappa) * ((a + b) / difference))
    }
    minus = cosine * a - sine * b
  }

  func amplitudes(at t: Double) -> (Double, Double) {
    let e = exp(-kappa * t)
    let square = exp(-2 * kappa * t)
    let g = kappa == 0 ? t : -expm1(-2 * kappa * t) / (2 * kappa)
    guard plus != 0 else {
      let x = minus * e / (1 + minus * minus * g).squareRoot()
      return (x * cosine, -x * sine)
    }
    // The root of the sum of squares, safe for squares that underflow.
    let one = e * (1 + minus * minus * g).squareRoot()
    let denominator = hypot(one, plus * g.squareRoot())
    let x = plus / denominator
    let y = minus * square / denominator
    return (x * sine + y * cosine, x * cosine - y * sine)
  }
}

/// The time at which a monotone function of time passes a level, by bisection.
///
/// Returns 0 when the level is the start, `nil` when it is not strictly between start and limit.
func passing(
  level: Double, start: Double, limit: Double, value: (Double) -> Double
) -> Double? {
  guard level.isFinite else { return nil }
  if level == start { return 0 }
  let rises = limit > start
  guard rises ? level > start && level < limit : level < start && level > limit else { return nil }
  func isPast(_ time: Double) -> Bool {
    let value = value(time)
    return rises ? value >= level : value <= level
  }
  var (low, high) = (0.0, 1.0)
  while !isPast(high) {
    low = high
    high *= 4
    guard high < 1e290 else { return nil }
  }
  // Halving in the logarithm while the scale is unknown, then in the time itself.
  if low == 0 {
    low = high / 4
    while low > 1e-290 && isPast(low) {
      high = low
      low /= 4
    }
  }
  while true {
    let middle = low + (high - low) / 2
    guard middle > low && middle < high else { return high }
    if isPast(middle) { high = middle } else { low = middle }
  }
}
