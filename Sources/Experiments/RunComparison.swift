import Recording
import Scenarios

/// Holds a run against theories or another run.
public final class RunComparison {
  /// The iterations that are compared, ascending.
  public let iterations: [Int]
  private let run: RunFile
  /// The rows of these iterations.
  private let rows: [Int]
  /// Values at the compared iterations that were read already.
  private var compared: [String: Series] = [:]

  /// Prepares a run: its recorded iterations, thinned where there are very many.
  ///
  /// - Throws: `HDF5Error`.
  public init(_ run: RunFile) throws {
    self.run = run
    let usable = try run.rows(before: run.scenario.training.stages.first?.from ?? .max)
    rows = Self.compared(of: usable)
    iterations = try run.iterations(atRows: rows)
  }

  /// The iterations at which a run will be compared that records at the given ones: those before its
  /// targets change, thinned where there are very many.
  static func compared(of recorded: [Int], scenario: Scenario) -> [Int] {
    let change = scenario.training.stages.first?.from ?? .max
    let usable = recorded.prefix { $0 < change }
    return compared(of: usable.count).map { usable[$0] }
  }

  private static func compared(of rows: Int) -> [Int] {
    rows > 2000
      ? RecordingSchedule.geometric(700).iterations(through: rows - 1) : Array(0..<rows)
  }

  private func compared(_ name: String) throws -> Series {
    if let known = compared[name] { return known }
    let read = try run.series(name, atRows: rows)
    compared[name] = read
    return read
  }

  /// Pairs the places of equal iterations in two ascending lists.
  private static func pairs(
    _ mine: [Int], _ theirs: [Int]
  ) -> [(iteration: Int, mine: Int, theirs: Int)] {
    var (i, j) = (0, 0)
    var pairs: [(iteration: Int, mine: Int, theirs: Int)] = []
    while i < mine.count, j < theirs.count {
      if mine[i] == theirs[j] { pairs.append((mine[i], i, j)) }
      let isBehind = mine[i] <= theirs[j]
      if mine[i] >= theirs[j] { j += 1 }
      if isBehind { i += 1 }
    }
    return pairs
  }

  /// The largest gap in every quantity that both an overlay and the run have.
  ///
  /// - Parameter stepSize: relative gap that the step size explains.
  /// - Throws: `HDF5Error`.
  public func gaps(to overlay: Overlay, stepSize: Double) throws -> [Overlay.Gap] {
    let known = Set(try run.quantities().map(\.name))
    let pairs = Self.pairs(iterations, overlay.iterations)
    let isAbsolute = run.scenario.record.riskLoss == .absolute
    return try overlay.curves.compactMap { curve -> Overlay.Gap? in
      guard known.contains(curve.quantity), !(isAbsolute && curve.quantity == "risk") else {
        return nil
      }
      let theirs = curve.series
      guard try run.shape(of: curve.quantity).reduce(1, *) == theirs.width else { return nil }
      let mine = try compared(curve.quantity)
      return Self.gap(curve.quantity, pairs, mine, theirs, stepSize: stepSize)
    }
  }

  /// The largest gap in every quantity that two runs have, at the iterations that both recorded.
  ///
  /// - Throws: `HDF5Error`.
  public func gaps(to other: RunFile) throws -> [Overlay.Gap] {
    let others = Set(try other.quantities().map(\.name))
    let pairs = Self.pairs(try run.iterations(), try other.iterations())
    return try run.quantities().compactMap { quantity -> Overlay.Gap? in
      guard others.contains(quantity.name) else { return nil }
      let (mine, theirs) = (try run.series(quantity.name), try other.series(quantity.name))
      guard mine.shape == theirs.shape else { return nil }
      return Self.gap(quantity.name, pairs, mine, theirs, stepSize: .nan)
    }
  }

  private static func gap(
    _ name: String, _ pairs: [(iteration: Int, mine: Int, theirs: Int)], _ mine: Series,
    _ theirs: Series, stepSize: Double
  ) -> Overlay.Gap? {
    var (largest, place, scale) = (-1.0, 0, 0.0)
    for (iteration, row, other) in pairs {
      for k in 0..<mine.width {
        let value = mine.values[row * mine.width + k]
        let difference = abs(value - theirs.values[other * theirs.width + k])
        guard difference.isFinite else { continue }
        scale = max(scale, abs(value))
        if difference > largest { (largest, place) = (difference, iteration) }
      }
    }
    guard largest >= 0 else { return nil }
    return Overlay.Gap(
      quantity: name, absolute: largest, relative: scale > 0 ? largest / scale : 0,
      iteration: place, stepSize: stepSize)
  }
}
