import LearningProblems

/// The amplitudes of one aligned mode under gradient descent with finite steps.
///
/// With residual r = s − λab, simultaneous steps are a ← a + η₁br, b ← b + η₂ar. With equal rates
/// u = ab and n = a²+b² form a closed map, and c = a²−b² shrinks by 1−η²r² a step.
///
/// - Source: derived in docs/theory/discrete-modes.md.
public struct DiscreteMode: Equatable, Sendable {
  /// Input–output strength s.
  public let strength: Double
  /// Input variance λ ≥ 0.
  public let variance: Double
  /// Amplitude a of layer 1 now.
  public private(set) var first: Double
  /// Amplitude b of layer 2 now.
  public private(set) var second: Double

  /// A mode from its task and its start.
  public init(
    strength: Double, variance: Double = 1, first: Double, second: Double
  ) throws(TheoryError) {
    try require("mode strength s", strength, "finite")
    try require("input variance", variance, "finite and ≥ 0") { $0 >= 0 }
    try require("initial amplitude of layer 1", first, "finite")
    try require("initial amplitude of layer 2", second, "finite")
    (self.strength, self.variance, self.first, self.second) = (strength, variance, first, second)
  }

  /// The mode strength u = ab now.
  public var value: Double { first * second }

  /// Takes one step with the given rates; `decay` holds the weight decay β of each layer.
  public mutating func step(
    rates: (Double, Double), order: UpdateOrder = .simultaneous,
    decay: (Double, Double) = (0, 0)
  ) {
    let (a, b) = (first, second)
    let residual = strength - variance * a * b
    first = a + rates.0 * (b * residual - decay.0 * a)
    guard order == .sequential else {
      second = b + rates.1 * (a * residual - decay.1 * b)
      return
    }
    let seen = strength - variance * first * b
    second = b + rates.1 * (first * seen - decay.1 * b)
  }

  /// The closed map of (u, n) for one simultaneous step with equal rates.
  public static func closedStep(
    product u: Double, square n: Double, strength s: Double, variance: Double, rate: Double
  ) -> (product: Double, square: Double) {
    let r = s - variance * u
    let grow = 1 + rate * rate * r * r
    return (u * grow + rate * r * n, n * grow + 4 * rate * r * u)
  }
}

/// The map x ← x(1 + m − x²) of a balanced mode with x = √η·a and m = ηs.
///
/// The saddle has multiplier 1+m, the minimum 1−2m: monotone below m = ½, stable below m = 1 (where
/// the sharpness 2s equals 2/η), a 2-cycle up to √5−1, bounded up to 2, divergent beyond.
///
/// - Source: derived in docs/theory/discrete-modes.md.
public struct BalancedMap: Equatable, Sendable {
  /// What becomes of a small balanced start.
  public enum Fate: String, Equatable, Sendable {
    /// Approaches the minimum from one side.
    case monotone
    /// Approaches the minimum in turns.
    case oscillating
    /// Ends on a stable cycle of two steps.
    case twoCycle
    /// Stays bounded, in longer cycles or chaos.
    case bounded
    /// Leaves every bound.
    case diverges
  }

  /// m = ηs ≥ 0.
  public let product: Double

  /// The map for a rate and a mode strength.
  public init(rate: Double, strength: Double) throws(TheoryError) {
    try require("product of rate and mode strength", rate * strength, "finite and ≥ 0") { $0 >= 0 }
    product = rate * strength
  }

  /// The largest rate at which the minimum of a mode is stable, 1/s.
  public static func stableRate(strength: Double) -> Double { 1 / strength }

  /// Multiplier of an error at the minimum, 1 − 2m.
  public var multiplier: Double { 1 - 2 * product }

  /// What becomes of a small balanced start.
  public var fate: Fate {
    switch product {
    case ...0.5: .monotone
    case ...1: .oscillating
    case ..<(5.0.squareRoot() - 1): .twoCycle
    case ...2: .bounded
    default: .diverges
    }
  }

  /// The two values of x² = ηu on the 2-cycle, (m+1 ∓ √((m+1)²−4))/2, for m > 1.
  public var twoCycle: (low: Double, high: Double)? {
    guard product > 1 else { return nil }
    let m = product + 1
    let root = (m * m - 4).squareRoot()
    return ((m - root) / 2, (m + root) / 2)
  }

  /// One step of x.
  public func step(_ x: Double) -> Double { x * (1 + product - x * x) }
}
