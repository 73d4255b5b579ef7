import Foundation

/// Quadrature on a finite interval by the double-exponential substitution.
///
/// Integrands that are analytic inside the interval converge exponentially, also with integrable
/// singularities at the ends.
///
/// - Source: H. Takahasi & M. Mori, Publ. RIMS 9 (1974) 721.
public struct TanhSinh: Equatable, Sendable {
  /// Relative tolerance, > 0.
  public var relativeTolerance: Double
  /// Absolute tolerance, ≥ 0.
  public var absoluteTolerance: Double

  /// A quadrature with the given tolerances.
  public init(relativeTolerance: Double = 1e-13, absoluteTolerance: Double = 1e-300) {
    self.relativeTolerance = relativeTolerance
    self.absoluteTolerance = absoluteTolerance
  }

  /// The integral of a function from `lower` to `upper`, negative when the ends are exchanged.
  ///
  /// The function is never evaluated at the ends themselves; values that are not finite count as 0.
  ///
  /// - Throws: ``IntegrationError/noConvergence(estimate:error:)`` after ten halvings.
  public func integral(
    from lower: Double, to upper: Double, of function: (Double) -> Double
  ) throws(IntegrationError) -> Double {
    guard lower.isFinite, upper.isFinite else { throw .notFinite(time: lower) }
    guard lower != upper else { return 0 }
    let half = (upper - lower) / 2
    func term(_ x: Double) -> Double {
      let node = DoubleExponentialNode(x)
      let distance = half * node.distance
      let value = function(node.isUpper ? upper - distance : lower + distance)
      return value.isFinite ? value * node.weight : 0
    }
    var step = 0.5
    var sum = term(0)
    for j in 1...12 { sum += term(Double(j) * step) + term(-Double(j) * step) }
    var estimate = sum * step * half
    var error = Double.infinity
    for _ in 0..<10 {
      step /= 2
      var j = 1.0
      while j * step < 6.1 {
        sum += term(j * step) + term(-j * step)
        j += 2
      }
      let refined = sum * step * half
      error = abs(refined - estimate)
      estimate = refined
      if error <= max(absoluteTolerance, relativeTolerance * abs(estimate)) { return estimate }
    }
    // Rounding in the sum may sit just above a tolerance near the spacing of numbers.
    if error <= 1e3 * max(relativeTolerance, .ulpOfOne) * abs(estimate) { return estimate }
    throw .noConvergence(estimate: estimate, error: error)
  }
}

/// A node of the double-exponential rule on (−1, 1): its distance from the nearer end, and weight.
struct DoubleExponentialNode {
  let distance: Double
  let weight: Double
  let isUpper: Bool

  init(_ x: Double) {
    isUpper = x > 0
    let e = exp(-Double.pi * sinh(abs(x)))
    distance = 2 * e / (1 + e)
    weight = Double.pi / 2 * cosh(x) * 4 * e / ((1 + e) * (1 + e))
  }
}
