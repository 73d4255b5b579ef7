import Dynamics
import Foundation
import HDF5
import LearningProblems
import LinearAlgebra
import Plotting
import Recording
import Scenarios

/// How far a running training is.
public struct RunProgress: Equatable, Sendable {
  /// Steps taken.
  public let iteration: Int
  /// Steps asked for.
  public let iterations: Int
  /// Training loss there.
  public let loss: Double
  /// Risk there.
  public let risk: Double
}

/// A run of a scenario: trained, recorded, summed up.
public struct Run {
  /// What is to be kept besides the summary.
  public struct Options: Sendable {
    /// Steps between reports of progress.
    public var reportInterval = 1000
    /// Where the run comes from, for the file.
    public var provenance: [(name: String, value: String)] = []

    /// The defaults.
    public init() {}
  }

  /// Draws, trains and records a scenario into the folder made for it.
  ///
  /// - Parameters:
  ///   - training: the run, drawn.
  ///   - folder: where `run.h5` and `summary.json` go.
  ///   - stepSize: the bound for its minimum, for the summary.
  ///   - progress: is told of the start and of every so many steps.
  ///   - isInterrupted: asked now and then whether to stop.
  /// - Throws: `HDF5Error`, `RecordingError` or `LinearAlgebraError`.
  public static func perform(
    _ training: LinearTraining, into folder: RunFolder, stepSize: StepSizeBound, options: Options,
    progress: @escaping (RunProgress) -> Void, isInterrupted: () -> Bool
  ) throws -> RunSummary {
    let last = training.scenario.training.iterations
    let recorded = training.scenario.record.schedule.iterations(through: last)
    let writer = try RunWriter(
      path: folder.runFile, training: training, rows: recorded.count,
      provenance: Provenance(options.provenance))
    let clockStart = ContinuousClock.now

    var descent = training.descent()
    var clock = TrainingClock(training.problem.rule)
    var half = HalfLearning(singularValues: training.problem.modes.values)
    var first = clock
    let start = training.observation(of: &descent, clock: &first)
    var hasFrozenRow = false
    let recorder = Observer<AnyLinearDescent>(at: recorded, seesDivergence: true) { descent in
      half.look(at: descent)
      if hasFrozenRow {
        let time = clock.time(at: descent.iteration)
        return try writer.repeatRow(iteration: descent.iteration, time: time)
      }
      hasFrozenRow = descent.isFrozen
      try writer.record(training.observation(of: &descent, clock: &clock))
    }
    let interval = max(1, options.reportInterval)
    let reporter = Observer<AnyLinearDescent>(
      at: Array(stride(from: 0, through: last, by: interval))
    ) { descent in
      progress(
        RunProgress(
          iteration: descent.iteration, iterations: last, loss: descent.loss(),
          risk: training.measures.risk(of: descent.product)))
    }
    let reason = try train(
      &descent, through: last, observers: [recorder, reporter], isInterrupted: isInterrupted)
    let end = training.observation(of: &descent, clock: &clock)
    let duration = (ContinuousClock.now - clockStart).components
    let seconds = Double(duration.seconds) + Double(duration.attoseconds) * 1e-18
    let status: RunStatus =
      switch reason {
      case .complete: .complete
      case .diverged: .diverged
      case .interrupted: .interrupted
      }
    try writer.finish(
      status, provenance: Provenance([("training_seconds", String(format: "%.3f", seconds))]))
    return RunSummary(
      reason: reason, iterations: last, stages: training.laterMeasures.map(\.from),
      problem: training.problem, space: training.network.space, engine: training.engine.name,
      stepSize: stepSize, start: start, end: end, halfLearning: half.steps, seconds: seconds,
      files: [folder.runFile])
  }
}

extension RunSummary {
  /// Writes the summary beside the run, complete or not at all.
  ///
  /// - Throws: an error of Foundation when the file cannot be written.
  public mutating func write(to path: String) throws {
    files.append(path)
    try Data((json.prettyText + "\n").utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}
