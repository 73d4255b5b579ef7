import Recording
import Scenarios

/// Where the risk of a run turns, and where it is best to stop, beside what theory predicts.
public struct RiskTurns: Equatable, Sendable {
  /// A turning point at an iteration.
  public struct Turn: Equatable, Sendable {
    /// The iteration.
    public let iteration: Int
    /// The risk there.
    public let value: Double
    /// Whether it is a minimum.
    public let isMinimum: Bool
  }

  /// Turning points of the recorded risk, inside the run.
  public let turns: [Turn]
  /// Turning points of the risk that the first overlay predicts.
  public let predictedTurns: [Turn]
  /// The recorded iteration of least risk.
  public let best: Turn?
  /// The iteration of least risk that the first overlay predicts.
  public let predictedBest: Turn?

  /// Reads the risk of a run, and of the first overlay that predicts it.
  ///
  /// - Throws: `HDF5Error` or `RecordingError`.
  public init(_ run: RunFile, overlays: [Overlay]) throws {
    (turns, best) = try Self.read(run)
    if let overlay = overlays.first(where: { $0.curve("risk") != nil }),
      run.scenario.record.riskLoss != .absolute, let curve = overlay.curve("risk")
    {
      (predictedTurns, predictedBest) = Self.read(curve.values, at: overlay.iterations)
    } else {
      (predictedTurns, predictedBest) = ([], nil)
    }
  }

  /// Reads the recorded risk in two passes, block by block: its range first, then its turns.
  private static func read(_ run: RunFile) throws -> ([Turn], Turn?) {
    func forEachValue(_ body: (Int, Double) -> Void) throws {
      try run.forEachBlock(of: "risk") { rows, series in
        for (row, value) in zip(rows, series.values) where value.isFinite { body(row, value) }
      }
    }
    var (least, largest): (Extremum?, Double) = (nil, -.infinity)
    try forEachValue { row, value in
      if value < least?.value ?? .infinity {
        least = Extremum(index: row, value: value, isMinimum: true)
      }
      largest = max(largest, value)
    }
    guard let least else { return ([], nil) }
    var search = ExtremaSearch(threshold: 1e-3 * (largest - least.value))
    try forEachValue { row, value in search.look(at: value, index: row) }
    func turn(_ point: Extremum) throws -> Turn {
      Turn(
        iteration: try run.iterations(atRows: [point.index])[0], value: point.value,
        isMinimum: point.isMinimum)
    }
    return (try search.found.map(turn), try turn(least))
  }

  private static func read(_ values: [Double], at iterations: [Int]) -> ([Turn], Turn?) {
    func turn(_ index: Int, isMinimum: Bool) -> Turn {
      Turn(iteration: iterations[index], value: values[index], isMinimum: isMinimum)
    }
    let finite = values.indices.filter { values[$0].isFinite }
    let least = finite.min { values[$0] < values[$1] }
    return (
      extrema(of: values).map { turn($0.index, isMinimum: $0.isMinimum) },
      least.map { turn($0, isMinimum: true) }
    )
  }

  /// The turns as JSON.
  public var json: JSON {
    func list(_ turns: [Turn]) -> JSON { .array(turns.map(\.json)) }
    return .object([
      ("turns", list(turns)), ("best", best?.json ?? .null),
      ("predicted_turns", list(predictedTurns)), ("predicted_best", predictedBest?.json ?? .null),
    ])
  }
}

extension RiskTurns.Turn {
  fileprivate var json: JSON {
    .object([
      ("iteration", .number(Double(iteration))), ("risk", .number(value)),
      ("kind", .string(isMinimum ? "minimum" : "maximum")),
    ])
  }
}
