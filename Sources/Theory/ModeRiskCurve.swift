import Foundation

/// One decoupled mode against a truth that differs from its fit: a trade-off in time.
///
/// E(t) = weight·(z̄ − z(t))²; z is monotone from z₀ to its limit z*, so E is U-shaped if z̄ lies
/// strictly between, falls if z̄ is beyond z*, rises if z̄ is behind z₀.
///
/// - Source: Olmin & Lindsten 2024; derived in docs/theory/mode-risk.md.
public struct ModeTradeOff: Equatable, Sendable {
  /// The shape of the error in time.
  public enum Shape: String, Equatable, Sendable {
    /// Falls to zero and rises again: the mode overfits.
    case turning
    /// Falls all the time.
    case falling
    /// Rises all the time.
    case rising
  }

  /// The path of the mode.
  public let trajectory: ModeTrajectory
  /// z̄, the strength at which the error vanishes.
  public let optimum: Double
  /// Factor of the squared distance, ≥ 0.
  public let weight: Double

  /// A trade-off of a path against a truth.
  public init(trajectory: ModeTrajectory, optimum: Double, weight: Double) {
    (self.trajectory, self.optimum, self.weight) = (trajectory, optimum, weight)
  }

  /// The error at time t ≥ 0.
  public func error(at time: Double) -> Double {
    let gap = optimum - trajectory.value(at: time)
    return weight * gap * gap
  }

  /// dE/dt = −2·weight·(z̄ − z)·z′ at time t ≥ 0.
  public func slope(at time: Double) -> Double {
    let m = trajectory
    let z = m.value(at: time)
    let speed = hypot(m.invariant, m.coupling * z) * (m.strength - m.variance * z)
    return -2 * weight * (optimum - z) * speed
  }

  /// The shape of the error in time.
  public var shape: Shape {
    let (start, end) = (trajectory.initial, trajectory.limit)
    let direction: Double = end >= start ? 1 : -1
    if (optimum - end) * direction >= 0 { return .falling }
    return (optimum - start) * direction > 0 ? .turning : .rising
  }

  /// The time T(z̄) at which a turning error is smallest; infinite if it falls for ever, 0 if it
  /// only rises.
  public var turningTime: Double {
    switch shape {
    case .turning: trajectory.passingTime(of: optimum) ?? .infinity
    case .falling: .infinity
    case .rising: 0
    }
  }
}

/// A sum of trade-offs, which can fall, rise and fall again.
///
/// - Source: Olmin & Lindsten 2024; conditions derived in docs/theory/mode-risk.md.
public struct ModeRiskCurve: Equatable, Sendable {
  /// The trade-offs.
  public let modes: [ModeTradeOff]
  /// What does not depend on time.
  public let offset: Double

  /// A place where the curve turns.
  public struct Extremum: Equatable, Sendable {
    /// Time of the extremum.
    public let time: Double
    /// Value of the curve there.
    public let value: Double
    /// Whether it is a minimum.
    public let isMinimum: Bool
  }

  /// A sum of trade-offs and a constant.
  public init(modes: [ModeTradeOff], offset: Double = 0) {
    (self.modes, self.offset) = (modes, offset)
  }

  /// The sum at time t ≥ 0.
  public func error(at time: Double) -> Double {
    modes.reduce(offset) { $0 + $1.error(at: time) }
  }

  /// dE/dt at time t ≥ 0.
  public func slope(at time: Double) -> Double { modes.reduce(0) { $0 + $1.slope(at: time) } }

  /// The interior extrema between two times, found on a logarithmic grid and refined by bisection
  /// of the slope.
  public func extrema(from start: Double, to end: Double, points: Int = 2000) -> [Extremum] {
    precondition(start > 0 && end > start, "no logarithmic grid from \(start) to \(end)")
    let ratio = log(end / start) / Double(points)
    var results: [Extremum] = []
    var (before, slopeBefore) = (start, slope(at: start))
    for k in 1...points {
      let time = start * exp(ratio * Double(k))
      let now = slope(at: time)
      if slopeBefore < 0 && now > 0 || slopeBefore > 0 && now < 0 {
        var (low, high) = (before, time)
        for _ in 0..<100 {
          let middle = low + (high - low) / 2
          guard middle > low, middle < high else { break }
          if (slope(at: middle) > 0) == (slopeBefore > 0) { low = middle } else { high = middle }
        }
        results.append(
          Extremum(time: low, value: error(at: low), isMinimum: slopeBefore < 0))
      }
      if now != 0 { (before, slopeBefore) = (time, now) }
    }
    return results
  }

  /// Whether the curve falls, rises by more than `prominence` and falls by more than it again.
  public func hasDoubleDescent(
    from start: Double, to end: Double, prominence: Double = 1e-3
  ) -> Bool {
    let turns = extrema(from: start, to: end)
    var values = [error(at: start)] + turns.map(\.value) + [error(at: end)]
    // Remove the shallowest rise or fall until all that remain are prominent.
    while values.count > 2 {
      let steps = zip(values, values.dropFirst()).map { abs($0 - $1) }
      guard let k = steps.indices.min(by: { steps[$0] < steps[$1] }), steps[k] < prominence else {
        break
      }
      if k == 0 {
        values.remove(at: 0)
      } else if k == steps.count - 1 {
        values.removeLast()
      } else {
        values.removeSubrange(k...k + 1)
      }
    }
    let signs = zip(values, values.dropFirst()).map { $1 < $0 }
    return zip(signs, zip(signs.dropFirst(), signs.dropFirst(2)))
      .contains { $0 && !$1.0 && $1.1 }
  }

  /// Pairs (rising, falling) of modes that can cause a second descent: the first turns, or rises,
  /// while the second is still falling, and at some time in between rises faster than it falls.
  public var causes: [(rising: Int, falling: Int)] {
    var pairs: [(rising: Int, falling: Int)] = []
    for i in modes.indices where modes[i].shape != .falling {
      for j in modes.indices where j != i && modes[j].shape != .rising {
        let (first, second) = (modes[i].turningTime, modes[j].turningTime)
        guard first < second else { continue }
        let from = max(first, 1e-12)
        let to = min(second, max(from * 1e6, 1e3 / max(modes[j].trajectory.rate, 1e-12)))
        let ratio = log(to / from) / 400
        let overtakes = (1..<400).contains { k in
          let time = from * exp(ratio * Double(k))
          return modes[i].slope(at: time) > -modes[j].slope(at: time)
        }
        if overtakes { pairs.append((i, j)) }
      }
    }
    return pairs
  }
}
