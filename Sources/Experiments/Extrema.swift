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
  let finite = values.filter(\.isFinite)
  var search = ExtremaSearch(
    threshold: prominence * ((finite.max() ?? 0) - (finite.min() ?? 0)))
  for (index, value) in values.enumerated() { search.look(at: value, index: index) }
  return search.found
}

/// The search for turning points of a curve that is seen one value after the other.
struct ExtremaSearch {
  /// How far the curve has to move away from a turn; with 0, nothing is one.
  let threshold: Double
  /// The turns so far.
  private(set) var found: [Extremum] = []
  private var low: (index: Int, value: Double)?
  private var high: (index: Int, value: Double)?
  private var isRising: Bool?

  init(threshold: Double) { self.threshold = threshold }

  /// Goes on to the next value; one that is not finite is passed over.
  mutating func look(at value: Double, index: Int) {
    guard threshold > 0, value.isFinite else { return }
    let here = (index: index, value: value)
    var (low, high) = (self.low ?? here, self.high ?? here)
    if value < low.value { low = here }
    if value > high.value { high = here }
    (self.low, self.high) = (low, high)
    if isRising != true, value - low.value > threshold {
      if isRising == false {
        found.append(Extremum(index: low.index, value: low.value, isMinimum: true))
      }
      (isRising, self.high) = (true, here)
    } else if isRising != false, high.value - value > threshold {
      if isRising == true {
        found.append(Extremum(index: high.index, value: high.value, isMinimum: false))
      }
      (isRising, self.low) = (false, here)
    }
  }
}
