import Datasets
import Dynamics
import Foundation
import LearningProblems
import Recording
import Scenarios

/// How long a sweep takes and how large its file becomes, from a few of its runs.
public struct SweepEstimate: Equatable, Sendable {
  /// Seconds of one core for all runs, if none comes to rest or stops early.
  public let seconds: Double
  /// Bytes of the file, and as many for the journals until they are merged.
  public let bytes: Double

  /// Draws and begins to train some runs evenly spread over the sweep.
  ///
  /// - Throws: as drawing and training do.
  public init(_ plan: SweepPlan, reading: @escaping MatrixReader, samples: Int = 5) throws {
    let count = plan.grid.count
    var layout = try SweepLayout(plan.grid, keep: plan.keep)
    var seconds = 0.0
    let places = Set(
      (0..<min(samples, count)).map { $0 * (count - 1) / max(1, min(samples, count) - 1) })
    for run in places.sorted() {
      let scenario = try plan.grid.member(run).scenario
      let rows = scenario.record.schedule.iterations(through: scenario.training.iterations)
      let cost: (seconds: Double, record: RunRecord)
      if case .linear = scenario.network {
        cost = try Self.linear(scenario, rows: rows.count, plan.keep, reading)
      } else {
        cost = try Self.networks(scenario, rows: rows.count, plan.keep, reading)
      }
      seconds += cost.seconds
      try layout.widen(for: cost.record, at: plan.keep == .full ? rows : cost.record.iterations)
    }
    self.seconds = seconds / Double(places.count) * Double(count)
    bytes = layout.bytes
  }

  private static func linear(
    _ scenario: Scenario, rows: Int, _ keep: RunRecorder.Keep, _ reading: @escaping MatrixReader
  ) throws -> (seconds: Double, record: RunRecord) {
    var short = scenario
    let whole = short.training.iterations
    // The same number of steps and records as at the start of the run, then as many times more.
    short.training.iterations = min(whole, 2000)
    let start = ContinuousClock.now
    let training = try LinearTraining(short, reading: reading)
    let drawn = ContinuousClock.now
    var descent = training.descent()
    _ = descent.advance(to: short.training.iterations)
    let trained = ContinuousClock.now
    var recorder = try RunRecorder(training, keep: keep)
    var clock = TrainingClock(training.problem.rule)
    try recorder.record(training.observation(of: &descent, clock: &clock))
    let recorded = ContinuousClock.now
    let record = try recorder.finished(
      .complete, at: training.observation(of: &descent, clock: &clock))
    let steps = Double(whole) / Double(max(1, short.training.iterations))
    return (
      (drawn - start) / .seconds(1) + (trained - drawn) / .seconds(1) * steps
        + (recorded - trained) / .seconds(1) * Double(rows), record
    )
  }

  private static func networks(
    _ whole: Scenario, rows: Int, _ keep: RunRecorder.Keep, _ reading: @escaping MatrixReader
  ) throws -> (seconds: Double, record: RunRecord) {
    /// Seconds to draw, and to take so many steps with a look at the start and two at the end.
    func time(_ steps: Int) throws -> (drawing: Double, training: Double, record: RunRecord?) {
      var scenario = whole
      scenario.training.iterations = steps
      scenario.record.schedule = .none
      let run = MemberRun(scenario: scenario, keep: keep, reading: reading)
      let start = ContinuousClock.now
      let training = try run.draw()
      let drawn = ContinuousClock.now
      let record = try run.perform(training) { false }
      return ((drawn - start) / .seconds(1), (ContinuousClock.now - drawn) / .seconds(1), record)
    }
    let steps = whole.training.iterations
    let one = try time(1)
    let some = min(steps, 21)
    let several = some > 1 ? try time(some) : one
    let step = max(0, several.training - one.training) / Double(max(1, some - 1))
    return (
      one.drawing + step * Double(steps) + one.training / 3 * Double(rows),
      several.record ?? RunRecord(failure: "")
    )
  }
}
