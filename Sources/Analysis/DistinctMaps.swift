import LinearAlgebra

/// The distinct linear maps that a network with cut-off units is made of above one of its layers.
///
/// Two rows see the same map when the same units let them through. Units that no output can be
/// reached from, through units that let the row through, do not count, so that rows with equal keys
/// have equal maps, and the count is the same for every output.
public struct DistinctMaps: Equatable, Sendable {
  /// The first row of each map, in the order of the rows.
  public let firstRows: [Int]
  /// How many rows see each map.
  public let counts: [Int]

  /// Groups rows by the units above a layer that let them through.
  ///
  /// - Parameters:
  ///   - activations: what the hidden layers above hand on, lowest first, each [row, unit]; a unit
  ///     lets a row through where this is above 0.
  ///   - weights: weights out of each of these layers, [next unit, unit].
  ///   - rows: number of rows.
  /// - Complexity: O(rows · weights).
  public init(activations: [Matrix<Double>], weights: [Matrix<Double>], rows: Int) {
    precondition(
      activations.count == weights.count,
      "\(activations.count) layers of units, \(weights.count) of weights")
    var known: [[UInt64]: Int] = [:]
    var (firstRows, counts): ([Int], [Int]) = ([], [])
    for row in 0..<rows {
      var key: [UInt64] = []
      var reached: [Int]?
      for (units, outgoing) in zip(activations, weights).reversed() {
        var bits = [UInt64](repeating: 0, count: (units.columns + 63) / 64)
        var passing: [Int] = []
        for unit in 0..<units.columns where units[row, unit] > 0 {
          let isHeard =
            reached.map { next in next.contains { outgoing[$0, unit] != 0 } }
            ?? (0..<outgoing.rows).contains { outgoing[$0, unit] != 0 }
          guard isHeard else { continue }
          bits[unit / 64] |= 1 << (unit % 64)
          passing.append(unit)
        }
        key += bits
        reached = passing
      }
      if let index = known[key] {
        counts[index] += 1
      } else {
        known[key] = firstRows.count
        firstRows.append(row)
        counts.append(1)
      }
    }
    self.firstRows = firstRows
    self.counts = counts
  }
}
