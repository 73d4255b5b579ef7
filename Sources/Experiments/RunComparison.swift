import Recording
import Scenarios

/// Holds a run against theories or another run.
public struct RunComparison {
  /// The iterations that are compared, ascending.
  public let iterations: [Int]
  private let run: RunFile
  /// The rows of these iterations.
  private let rows: [Int]

  /// Prepares a run: its recorded iterations, thinned where there are very many.
  ///
  /// - Throws: `HDF5Error`.
  public init(_ run: RunFile) throws {
    self.run = run
    let usable = try run.rows(before: run.scenario.training.stages.first?.from ?? .max)
    rows =
      usable > 2000
      ? RecordingSchedule.geometric(700).iterations(through: usable - 1) : Array(0..<usable)
    iterations = try run.iterations(atRows: rows)
  }

  /// The largest gap in every quantity that both an overlay and the run have.
  ///
  /// - Parameter stepSize: relative gap that the step size explains.
  /// - Throws: `HDF5Error`.
  public func gaps(to overlay: Overlay, stepSize: Double) throws -> [Overlay.Gap] {
    let recorded = Set(try run.quantities().map(\.name))
    let isAbsolute = run.scenario.record.riskLoss == .absolute
    return try overlay.curves.compactMap { curve in
      guard recorded.contains(curve.quantity), !(isAbsolute && curve.quantity == "risk") else {
        return nil
      }
      let theirs = curve.series
      guard try run.shape(of: curve.quantity).reduce(1, *) == theirs.width else { return nil }
      let mine = try run.series(curve.quantity, atRows: rows)
      let places = Dictionary(
        zip(iterations, iterations.indices), uniquingKeysWith: { first, _ in first })
      let pairs = overlay.iterations.enumerated().compactMap { index, iteration in
        places[iteration].map { (iteration, $0, index) }
      }
      return Self.gap(curve.quantity, pairs, mine, theirs, stepSize: stepSize)
    }
  }

  /// The largest gap in every quantity that two runs have, at the iterations that both recorded.
  ///
  /// - Throws: `HDF5Error`.
  public func gaps(to other: RunFile) throws -> [Overlay.Gap] {
    let others = Set(try other.quantities().map(\.name))
    let (mineRows, theirRows) = (try Self.rows(of: run), try Self.rows(of: other))
    let common = mineRows.keys.filter { theirRows[$0] != nil }.sorted()
    return try run.quantities().compactMap { quantity in
      guard others.contains(quantity.name) else { return nil }
      let (mine, theirs) = (try run.series(quantity.name), try other.series(quantity.name))
      guard mine.shape == theirs.shape else { return nil }
      let pairs = common.compactMap { iteration -> (Int, Int, Int)? in
        guard let row = mineRows[iteration], let their = theirRows[iteration] else { return nil }
        return (iteration, row, their)
      }
      return Self.gap(quantity.name, pairs, mine, theirs, stepSize: .nan)
    }
  }

  private static func rows(of run: RunFile) throws -> [Int: Int] {
    Dictionary(zip(try run.iterations(), 0..<run.rows), uniquingKeysWith: { first, _ in first })
  }

  private static func gap(
    _ name: String, _ pairs: [(Int, Int, Int)], _ mine: Series, _ theirs: Series, stepSize: Double
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
