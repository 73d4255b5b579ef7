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
      let member = try plan.grid.member(run)
      var short = member.scenario
      let whole = short.training.iterations
      let iterations = short.record.schedule.iterations(through: whole)
      // The same number of steps and records as at the start of the run, then as many times more.
      short.training.iterations = min(whole, 2000)
      let start = ContinuousClock.now
      let training = try LinearTraining(short, reading: reading)
      let drawn = ContinuousClock.now
      var descent = training.descent()
      _ = descent.advance(to: short.training.iterations)
      let trained = ContinuousClock.now
      var recorder = try RunRecorder(training, keep: plan.keep)
      var clock = TrainingClock(training.problem.rule)
      try recorder.record(training.observation(of: &descent, clock: &clock))
      let recorded = ContinuousClock.now
      let record = try recorder.finished(
        .complete, at: training.observation(of: &descent, clock: &clock))
      let steps = Double(whole) / Double(max(1, short.training.iterations))
      seconds +=
        (drawn - start) / .seconds(1) + (trained - drawn) / .seconds(1) * steps
        + (recorded - trained) / .seconds(1) * Double(iterations.count)
      try layout.widen(for: record, at: plan.keep == .full ? iterations : record.iterations)
    }
    self.seconds = seconds / Double(places.count) * Double(count)
    bytes = layout.bytes
  }
}
