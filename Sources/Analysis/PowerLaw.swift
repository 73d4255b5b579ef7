import Foundation

/// Slope of the line of least squares through points.
public func leastSquaresSlope(_ x: [Double], _ y: [Double]) -> Double {
  let count = Double(x.count)
  let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
  let products = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
  return products / x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
}

/// The power law that a spectrum falls by, λ ∝ rank^α, from a line of least squares in the logarithms.
public struct PowerLaw: Equatable, Sendable {
  /// α, negative for a falling spectrum.
  public let exponent: Double
  /// The ranks that were fitted, from 1.
  public let ranks: ClosedRange<Int>

  /// The fit over some ranks of a spectrum, as far as it is above rounding.
  ///
  /// The first ranks are left out by default, as the largest eigenvalues stand alone.
  ///
  /// - Parameters:
  ///   - eigenvalues: falling.
  ///   - wanted: ranks from 1.
  /// - Returns: nil where fewer than five of the ranks have an eigenvalue above rounding.
  public init?(of eigenvalues: [Double], ranks wanted: ClosedRange<Int> = 6...100) {
    let floor = (eigenvalues.first ?? 0) * Double(eigenvalues.count) * .ulpOfOne
    let known = eigenvalues.prefix { $0 > floor }.count
    let last = min(wanted.upperBound, known)
    guard last - wanted.lowerBound >= 4 else { return nil }
    ranks = wanted.lowerBound...last
    exponent = leastSquaresSlope(
      ranks.map { log(Double($0)) }, ranks.map { log(eigenvalues[$0 - 1]) })
  }
}
