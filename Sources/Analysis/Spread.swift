/// Mean and standard deviation of numbers, with their extremes.
public struct Spread: Equatable, Sendable {
  /// Mean; NaN for no numbers.
  public let mean: Double
  /// Standard deviation with n − 1 below the sum of squares; 0 for a single number.
  public let deviation: Double
  /// The number in the middle, or the mean of the two there; NaN for none.
  public let median: Double
  /// Smallest number; NaN for none.
  public let least: Double
  /// Largest number; NaN for none.
  public let largest: Double
  /// How many numbers there are.
  public let count: Int

  /// The spread of numbers.
  public init(_ values: [Double]) {
    count = values.count
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    deviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : 0
    let sorted = values.sorted()
    let last = sorted.count - 1
    median = sorted.isEmpty ? .nan : (sorted[last / 2] + sorted[(last + 1) / 2]) / 2
    least = values.min() ?? .nan
    largest = values.max() ?? .nan
  }
}
