/// Gathers in memory what a sweep keeps of a run.
public struct RunRecorder: Sendable {
  /// How much a sweep keeps of each run.
  public enum Keep: String, CaseIterable, Sendable {
    /// Every recorded quantity at every recorded iteration, and the measures.
    case full
    /// The measures.
    case summary
    /// Every recorded quantity at the last iteration, and the measures.
    case last
  }

  /// The recorded iterations.
  public private(set) var iterations: [Int] = []
  /// The risks at each of them, shape [iteration, network].
  public private(set) var risks: [Double] = []
  /// Number of networks whose risks are told apart.
  private let riskCount: Int
  private let keep: Keep
  private let quantities: [Quantity]
  private let sizes: [Axis: Int]
  private var series: [[Double]]

  /// Whether all quantities are kept at every recorded iteration.
  public var keepsRows: Bool { keep == .full }

  /// A recorder for a run.
  ///
  /// - Throws: ``RecordingError/unknownQuantity(_:known:)``.
  public init(_ training: some RecordedTraining, keep: Keep) throws {
    self.keep = keep
    riskCount = training.riskCount
    quantities =
      keep == .summary ? [] : try Quantity.recorded(by: training.scenario)
    sizes = training.axisSizes
    series = quantities.map { _ in [] }
    guard keep == .full else { return }
    let last = training.scenario.training.iterations
    let rows = training.scenario.record.schedule.iterations(through: last).count
    for i in quantities.indices {
      series[i].reserveCapacity(rows * RunRecord.width(quantities[i].axes, sizes))
    }
  }

  /// Takes up what was recorded until an iteration; false if it is of another run.
  public mutating func restore(_ record: RunRecord, through last: Int) -> Bool {
    let risk = record.measures
    guard record.series.count == series.count, record.sizes == sizes,
      risk.count == record.iterations.count * riskCount
    else { return false }
    let rows = record.iterations.count { $0 <= last }
    for i in series.indices {
      let width = RunRecord.width(quantities[i].axes, sizes)
      let kept = keep == .full ? rows * width : 0
      guard record.series[i].count >= kept else { return false }
      series[i] = Array(record.series[i].prefix(kept))
    }
    iterations = Array(record.iterations.prefix(rows))
    risks = Array(risk.prefix(rows * riskCount))
    return true
  }

  /// Adds an observation.
  ///
  /// - Throws: `LinearAlgebraError`.
  public mutating func record(_ observation: some RecordedObservation) throws {
    record(observation.risks, at: observation.iteration)
    if keep == .full { try append(observation) }
  }

  /// Adds the risks at an iteration, where nothing else of it is kept.
  public mutating func record(_ own: [Double], at iteration: Int) {
    iterations.append(iteration)
    risks += own
  }

  /// Adds rows that differ from the last one in iteration and time only.
  public mutating func repeatRow(at new: ArraySlice<Int>, times: [Double]) {
    let last = risks.suffix(riskCount)
    iterations += new
    for _ in new { risks += last }
    guard keep == .full else { return }
    for i in quantities.indices {
      if quantities[i].name == "time" {
        series[i] += times
      } else {
        let row = series[i].suffix(RunRecord.width(quantities[i].axes, sizes))
        for _ in new { series[i] += row }
      }
    }
  }

  private mutating func append(_ observation: some RecordedObservation) throws {
    let isFinite = observation.isFinite
    for i in quantities.indices {
      if isFinite || quantities[i].isUsual {
        try observation.append(quantities[i], to: &series[i])
      } else {
        let width = RunRecord.width(quantities[i].axes, sizes)
        series[i].append(contentsOf: repeatElement(.nan, count: width))
      }
    }
  }

  /// What was gathered so far, to be taken up later: risks stand in the place of measures.
  public var unfinished: RunRecord {
    var record = RunRecord(.missing, sizes: sizes)
    (record.iterations, record.measures, record.series) = (iterations, risks, series)
    return record
  }

  /// What was gathered of a run that has ended.
  ///
  /// - Parameters:
  ///   - status: how it ended.
  ///   - last: the run at its end.
  /// - Throws: `LinearAlgebraError`.
  public mutating func finished(
    _ status: RunRecord.Status, at last: some RecordedObservation
  ) throws -> RunRecord {
    if keep == .last { try append(last) }
    var record = RunRecord(status, sizes: sizes)
    record.series = series
    record.iterations =
      switch keep {
      case .full: iterations
      case .last: [last.iteration]
      case .summary: []
      }
    return record
  }
}
