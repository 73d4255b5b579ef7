import Foundation

/// Whether two samples of numbers can come from one distribution.
public struct TwoSampleTest: Equatable, Sendable {
  /// Difference of the means over its standard error, with variances that may differ; NaN where
  /// neither sample varies.
  ///
  /// - Source: Welch 1947, Biometrika 34, 28–35, doi:10.1093/biomet/34.1-2.28.
  public let difference: Double
  /// Largest distance between the two distribution functions.
  public let distance: Double
  /// Probability of so large a distance between samples of one continuous distribution.
  ///
  /// The asymptotic law, with the correction for small samples by Stephens.
  ///
  /// - Source: Kolmogorov 1933 and Smirnov 1948; Stephens 1970, J. R. Stat. Soc. B 32, 115–122.
  public let probability: Double

  /// The test of two samples; NaN where one of them is empty.
  ///
  /// - Complexity: O(n log n).
  public init(_ first: [Double], _ second: [Double]) {
    let (a, b) = (Spread(first), Spread(second))
    let (n, m) = (Double(first.count), Double(second.count))
    let error = (a.deviation * a.deviation / n + b.deviation * b.deviation / m).squareRoot()
    difference = error > 0 ? (a.mean - b.mean) / error : .nan
    guard !first.isEmpty, !second.isEmpty else {
      (distance, probability) = (.nan, .nan)
      return
    }
    let (left, right) = (first.sorted(), second.sorted())
    var (i, j, largest) = (0, 0, 0.0)
    while i < left.count, j < right.count {
      let value = min(left[i], right[j])
      while i < left.count, left[i] <= value { i += 1 }
      while j < right.count, right[j] <= value { j += 1 }
      largest = max(largest, abs(Double(i) / n - Double(j) / m))
    }
    distance = largest
    let root = (n * m / (n + m)).squareRoot()
    probability = Self.kolmogorov((root + 0.12 + 0.11 / root) * largest)
  }

  /// Probability that Kolmogorov's limit variable exceeds x: 2·Σ_k (−1)^(k−1)·exp(−2k²x²).
  ///
  /// Below 0.2 it is 1 to twelve digits, and the series converges too slowly.
  static func kolmogorov(_ x: Double) -> Double {
    guard x >= 0.2 else { return 1 }
    var sum = 0.0
    for k in 1...100 {
      let term = exp(-2 * Double(k * k) * x * x)
      sum += k % 2 == 1 ? term : -term
      if term < 1e-16 { break }
    }
    return min(1, max(0, 2 * sum))
  }
}
