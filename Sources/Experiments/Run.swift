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
    /// Seconds between checkpoints, besides those at every stop; nil for none at all.
    public var checkpointInterval: Double? = 30
    /// Where to take up the training; nil for the start.
    public var checkpoint: Checkpoint?
    /// Whether the run file is there already and only grows.
    public var continuesFile = false
    /// Networks that train at a time; no result depends on it.
    public var threads = 1

    /// The defaults.
    public init() {}
  }

  /// Draws, trains and records a scenario into the folder made for it.
  ///
  /// - Parameters:
  ///   - training: the run, drawn.
  ///   - folder: where `run.h5` and `summary.json` go.
  ///   - stepSize: the bound for its minimum, for the summary.
  ///   - choice: the theories that are laid over it.
  ///   - progress: is told of the start and of every so many steps.
  ///   - isInterrupted: asked now and then whether to stop.
  /// - Throws: `HDF5Error`, `RecordingError`, `LinearAlgebraError`, `TheoryError` or
  ///   ``TheoryChoiceError``.
  public static func perform(
    _ training: LinearTraining, into folder: RunFolder, stepSize: StepSizeBound, options: Options,
    theory choice: TheoryChoice, progress: @escaping (RunProgress) -> Void,
    isInterrupted: () -> Bool
  ) throws -> RunSummary {
    let last = training.scenario.training.iterations
    let recorded = training.scenario.record.schedule.iterations(through: last)
    let prepared = try TheoryReport.Prepared(
      choice, of: training.problem, recorded: recorded, scenario: training.scenario)
    let writer = try options.writer(
      of: training, rows: recorded.count, in: folder, overlays: prepared.overlays)
    let clockStart = ContinuousClock.now

    var descent = training.descent()
    var clock = TrainingClock(training.problem.rule)
    var half = HalfLearning(singularValues: training.problem.modes.values)
    var first = clock
    let start = training.observation(of: &descent, clock: &first)
    if let checkpoint = options.checkpoint {
      (descent, half) = try training.takenUp(from: checkpoint)
    }
    let recorder = Observer<AnyLinearDescent>(
      at: recorded, seesDivergence: true,
      observeRest: { iterations in
        let new = iterations.drop { $0 <= writer.lastIteration }
        try writer.repeatRow(at: new, times: new.map { clock.time(at: $0) })
      }
    ) { descent in
      half.look(at: descent)
      // Rows that a killed program had recorded after its last checkpoint stand already.
      guard descent.iteration > writer.lastIteration else { return }
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
    func keep(_ descent: AnyLinearDescent) throws {
      guard options.checkpointInterval != nil, let state = descent.state else { return }
      // The rows first: a checkpoint is never ahead of the file.
      try writer.flush()
      try Checkpoint(
        scenario: training.scenario, descent: state, halfLearning: half.steps,
        previous: half.previous?.state
      ).write(to: folder.checkpointFile)
    }
    var timer = IntervalTimer(seconds: options.checkpointInterval ?? .infinity)
    let reason: StopReason
    do {
      reason = try train(
        &descent, through: last, observers: [recorder, reporter], isInterrupted: isInterrupted
      ) { descent in
        if timer.isDue() { try keep(descent) }
      }
    } catch let error as LinearAlgebraError {
      try writer.finish(.failed, provenance: Provenance([("failure", error.description)]))
      throw error
    }
    try keep(descent)
    let end = training.observation(of: &descent, clock: &clock)
    let seconds = (ContinuousClock.now - clockStart).inSeconds
    var theory: TheoryReport?
    // Who stops a run does not wait for what only a whole one is good for.
    let isWhole = reason.status != .interrupted
    try writer.finish(reason.status, provenance: options.lastWords(seconds: seconds)) { path in
      if isWhole { theory = try TheoryReport.lay(choice, over: path, prepared: prepared) }
    }
    var summary = RunSummary(
      reason: reason, iterations: last, stages: training.laterMeasures.map(\.from),
      problem: training.problem, space: training.network.space, engine: training.engine.name,
      stepSize: stepSize, start: start, end: end, halfLearning: half.steps, seconds: seconds,
      files: [folder.runFile])
    guard isWhole else { return summary }
    let run = try RunFile(path: folder.runFile)
    summary.theory = theory
    summary.riskTurns = try RiskTurns(run, overlays: theory?.overlays ?? [])
    summary.digest = try run.digest()
    return summary
  }
}

extension Run.Options {
  /// The writer of a run file, new or continued.
  ///
  /// - Throws: `HDF5Error` or `RecordingError`.
  func writer(
    of training: any RecordedTraining, rows: Int, in folder: RunFolder, overlays: [Overlay] = []
  ) throws -> RunWriter {
    try continuesFile
      ? RunWriter(continuing: folder.runFile, training: training, rows: rows)
      : RunWriter(
        path: folder.runFile, training: training, rows: rows, provenance: Provenance(provenance),
        overlays: overlays)
  }

  /// What is noted when a run has ended.
  func lastWords(seconds: Double) -> Provenance {
    Provenance(
      [(name: "training_seconds", value: String(format: "%.3f", seconds))]
        + (continuesFile ? provenance : []))
  }
}

extension StopReason {
  /// The status of a run that stopped so.
  var status: RunStatus {
    switch self {
    case .complete: .complete
    case .diverged: .diverged
    case .interrupted: .interrupted
    }
  }
}

extension Duration {
  /// The duration in seconds.
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

/// Says when so many seconds have gone by, again and again.
struct IntervalTimer {
  let seconds: Double
  private var last = ContinuousClock.now

  init(seconds: Double) { self.seconds = seconds }

  mutating func isDue() -> Bool {
    guard seconds.isFinite else { return false }
    let now = ContinuousClock.now
    guard now - last >= .seconds(seconds) else { return false }
    last = now
    return true
  }
}

extension LinearTraining {
  /// The descent and the search for half-learning steps as a checkpoint keeps them.
  ///
  /// - Throws: `DescentStateError` or `RecordingError` when it does not fit the training.
  func takenUp(
    from checkpoint: Checkpoint
  ) throws -> (AnyLinearDescent, HalfLearning) {
    func descent(_ state: DescentState) throws -> AnyLinearDescent {
      var descent = self.descent()
      try descent.restore(state)
      return descent
    }
    let values = problem.modes.values
    guard checkpoint.halfLearning.count == values.count else {
      throw DescentStateError.missing(name: "half-learning step of each of \(values.count) modes")
    }
    return (
      try descent(checkpoint.descent),
      HalfLearning(
        singularValues: values, steps: checkpoint.halfLearning,
        previous: try checkpoint.previous.map(descent))
    )
  }
}

/// What a run came to, whatever its network.
public protocol RunOutcome {
  /// Why it stopped.
  var reason: StopReason { get }
  /// Files written, in the order in which they were.
  var files: [String] { get set }
  /// All of it as one JSON object.
  var json: JSON { get }
}

extension RunSummary: RunOutcome {}

extension RunOutcome {
  /// Writes the summary beside the run, complete or not at all.
  ///
  /// - Throws: an error of Foundation when the file cannot be written.
  public mutating func write(to path: String) throws {
    files.append(path)
    try Data((json.prettyText + "\n").utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}
