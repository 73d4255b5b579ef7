import Scenarios

/// The values of one curve of a run at places along it.
public struct Track: Equatable, Sendable {
  /// Places in steps, ascending.
  public let iterations: [Double]
  /// The same places in time.
  public let times: [Double]
  /// The values; what is not finite is missing.
  public let values: [Double]

  /// A curve of as many values as places.
  public init(iterations: [Double], times: [Double], values: [Double]) {
    precondition(
      iterations.count == values.count && times.count == values.count,
      "\(values.count) values at \(iterations.count) places")
    (self.iterations, self.times, self.values) = (iterations, times, values)
  }

  /// The places in steps or time.
  public func places(_ abscissa: Claim.Abscissa) -> [Double] {
    abscissa == .iteration ? iterations : times
  }

  /// The value at a place, interpolated between its neighbours; nil outside the curve.
  public func value(at place: Double, _ abscissa: Claim.Abscissa) -> Double? {
    let places = places(abscissa)
    guard let after = places.firstIndex(where: { $0 >= place }) else { return nil }
    if places[after] == place { return values[after] }
    guard after > 0 else { return nil }
    let fraction = (place - places[after - 1]) / (places[after] - places[after - 1])
    return values[after - 1] + fraction * (values[after] - values[after - 1])
  }

  /// The value where a place says, in steps; nil outside the curve.
  public func value(at place: Place) -> Double? {
    switch place {
    case .start: values.first
    case .end: values.last
    case .at(let step): value(at: step, .iteration)
    }
  }

  /// The derivative by the steps, at every place that of the parabola through it and the nearest
  /// others; missing where there are fewer than three.
  public var slope: Track {
    let values = iterations.indices.map { i -> Double in
      guard iterations.count > 2 else { return .nan }
      let middle = min(max(i, 1), iterations.count - 2)
      let nodes = [middle - 1, middle, middle + 1]
      return nodes.reduce(0) { sum, j in
        let others = nodes.filter { $0 != j }
        let width = others.reduce(1) { $0 * (iterations[j] - iterations[$1]) }
        let reach = others.reduce(0) { $0 + iterations[i] - iterations[$1] }
        return sum + self.values[j] * reach / width
      }
    }
    return Track(iterations: iterations, times: times, values: values)
  }

  /// The part of the curve between two places, both included; an empty window means all.
  public func part(_ window: [Double], _ abscissa: Claim.Abscissa) -> Track {
    guard window.count == 2 else { return self }
    let kept = places(abscissa).indices.filter {
      (window[0]...window[1]).contains(places(abscissa)[$0])
    }
    return Track(
      iterations: kept.map { iterations[$0] }, times: kept.map { times[$0] },
      values: kept.map { values[$0] })
  }

  /// The first place where the curve reaches a level from where it starts; nil if it never does.
  ///
  /// It is interpolated between the two places around it.
  public func passing(of level: Double, _ abscissa: Claim.Abscissa) -> Double? {
    guard let first = values.first else { return nil }
    let places = places(abscissa)
    func hasPassed(_ value: Double) -> Bool { first <= level ? value >= level : value <= level }
    guard let after = values.indices.first(where: { hasPassed(values[$0]) }) else { return nil }
    guard after > 0 else { return places[0] }
    let (low, high) = (values[after - 1], values[after])
    let fraction = high == low ? 1 : (level - low) / (high - low)
    return places[after - 1] + fraction * (places[after] - places[after - 1])
  }

  /// The mean of curves with the same places, and the standard deviation about it.
  ///
  /// - Returns: nil for no curves, or curves at different places.
  public static func mean(of tracks: [Track]) -> (mean: Track, deviation: [Double])? {
    guard let first = tracks.first,
      tracks.allSatisfy({ $0.iterations == first.iterations })
    else { return nil }
    let count = Double(tracks.count)
    let means = first.values.indices.map { i in
      tracks.reduce(0) { $0 + $1.values[i] } / count
    }
    let deviations = means.indices.map { i in
      deviation(of: tracks.map { $0.values[i] })
    }
    return (
      Track(iterations: first.iterations, times: first.times, values: means), deviations
    )
  }
}

/// Standard deviation with n − 1 below the sum of squares; 0 for a single value.
func deviation(of values: [Double]) -> Double {
  guard values.count > 1 else { return 0 }
  let mean = values.reduce(0, +) / Double(values.count)
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (squares / Double(values.count - 1)).squareRoot()
}
