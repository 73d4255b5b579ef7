/// A turning point of a curve.
public struct Extremum: Equatable, Sendable {
  /// Index of the point.
  public let index: Int
  /// Value there.
  public let value: Double
  /// Whether it is a minimum.
  public let isMinimum: Bool
}

/// The alternating minima and maxima inside a curve.
///
/// A turn counts when the curve moves away from it by more than `prominence` times its whole range,
/// so that plateaus at the precision of the numbers have none. Ends are no turns. What is not finite
/// is passed over.
///
/// - Parameters:
///   - values: the curve.
///   - prominence: smallest move away from a turn, relative to the range of the curve.
public func extrema(of values: [Double], prominence: Double = 1e-3) -> [Extremum] {
  let points = values.indices.lazy.filter { values[$0].isFinite }
  var (least, largest) = (Double.infinity, -Double.infinity)
  for point in points {
    least = min(least, values[point])
    largest = max(largest, values[point])
  }
  guard let first = points.first, largest > least else { return [] }
  let threshold = prominence * (largest - least)
  var (low, high) = (first, first)
  var isRising: Bool?
  var found: [Extremum] = []
  for point in points.dropFirst() {
    if values[point] < values[low] { low = point }
    if values[point] > values[high] { high = point }
    if isRising != true, values[point] - values[low] > threshold {
      if isRising == false {
        found.append(Extremum(index: low, value: values[low], isMinimum: true))
      }
      (isRising, high) = (true, point)
    } else if isRising != false, values[high] - values[point] > threshold {
      if isRising == true {
        found.append(Extremum(index: high, value: values[high], isMinimum: false))
      }
      (isRising, low) = (false, point)
    }
  }
  return found
}
