import Datasets
import Dynamics
import Foundation
import LearningProblems
import Networks
import Recording
import Scenarios

/// Trains one run of a sweep and gathers what is kept of it, in memory.
///
/// A run that takes long leaves a checkpoint now and then, from which another process goes on bit
/// for bit.
struct MemberRun: Sendable {
  /// The run.
  let scenario: Scenario
  /// How much is kept.
  let keep: RunRecorder.Keep
  /// Reads the matrix at a path that the scenario names.
  let reading: MatrixReader
  /// Where what it has is kept now and then; nil for nowhere.
  var checkpoint: MemberCheckpoint?

  /// A run, drawn.
  enum Training: Sendable {
    case linear(LinearTraining)
    case network(NetworkRun.Prepared)
  }

  /// Draws the run.
  ///
  /// - Throws: `ScenarioError`, and as drawing does.
  func draw() throws -> Training {
    try MemoryEstimate(scenario).check()
    if let networks = try NetworkRun.Prepared(scenario, reading: reading) {
      return .network(networks)
    }
    return .linear(try LinearTraining(scenario, reading: reading))
  }

  /// Trains.
  ///
  /// - Returns: nil when interrupted.
  /// - Throws: `ScenarioError`, and as training and theory do.
  func perform(_ training: Training, isInterrupted: () -> Bool) throws -> RunRecord? {
    switch training {
    case .linear(let training): return try perform(training, isInterrupted: isInterrupted)
    case .network(.dense(let training)):
      return switch training.precision {
      case .single:
        try perform(training, training.ensemble(of: Float.self, threads: 1), isInterrupted)
      case .double:
        try perform(training, training.ensemble(of: Double.self, threads: 1), isInterrupted)
      }
    case .network(.composition(let training)):
      return switch training.precision {
      case .single:
        try perform(training, training.ensemble(of: Float.self, threads: 1), isInterrupted)
      case .double:
        try perform(training, training.ensemble(of: Double.self, threads: 1), isInterrupted)
      }
    }
  }

  private func perform(
    _ training: LinearTraining, isInterrupted: () -> Bool
  ) throws -> RunRecord? {
    let last = training.scenario.training.iterations
    let recorded = training.scenario.record.schedule.iterations(through: last)
    var recorder = try RunRecorder(training, keep: keep)
    var descent = training.descent()
    var clock = TrainingClock(training.problem.rule)
    var half = HalfLearning(singularValues: training.problem.modes.values)
    if let checkpoint, let (state, rows) = checkpoint.read(of: training.scenario) {
      var restored = recorder
      if restored.restore(rows, through: state.descent.iteration),
        let taken = try? training.takenUp(from: state)
      {
        (descent, half) = taken
        recorder = restored
      }
    }
    let lastRecorded = recorder.iterations.last ?? -1
    let observer = Observer<AnyLinearDescent>(
      at: recorded, seesDivergence: true,
      observeRest: { iterations in
        let new = iterations.drop { $0 <= lastRecorded }
        recorder.repeatRow(at: new, times: new.map { clock.time(at: $0) })
      }
    ) { descent in
      half.look(at: descent)
      guard descent.iteration > recorder.iterations.last ?? -1 else { return }
      try recorder.record(training, descent: &descent, clock: &clock)
    }
    // Half-learning is searched for between two looks, step by step, so there are many of them.
    let looks = Observer<AnyLinearDescent>(
      at: HalfLearning.looks(through: last), observeRest: { _ in }
    ) { half.look(at: $0) }
    let keeper = StateKeeper(checkpoint, training.scenario)
    let reason = try train(
      &descent, through: last, observers: [looks, observer], isInterrupted: isInterrupted
    ) { descent in
      keeper.keepIfDue { (descent.state, half, recorder.unfinished) }
    }
    guard let status = reason.recordStatus else {
      keeper.keep((descent.state, half, recorder.unfinished))
      return nil
    }
    return try recorder.finished(status, training, descent: &descent, half: half)
  }

  private func perform<Descent: NetworkDescent>(
    _ training: some NetworkTraining & RecordedTraining, _ start: NetworkEnsemble<Descent>,
    _ isInterrupted: () -> Bool
  ) throws -> RunRecord? {
    let last = training.scenario.training.iterations
    let recorded = training.scenario.record.schedule.iterations(through: last)
    var recorder = try RunRecorder(training, keep: keep)
    var ensemble = start
    if let checkpoint, let (state, rows) = checkpoint.read(of: training.scenario) {
      var (restored, taken) = (recorder, ensemble)
      if restored.restore(rows, through: state.descent.iteration),
        (try? taken.restore(state.descent)) != nil
      {
        (ensemble, recorder) = (taken, restored)
      }
    }
    let observer = Observer<NetworkEnsemble<Descent>>(at: recorded, seesDivergence: true) {
      ensemble in
      guard ensemble.iteration > recorder.iterations.last ?? -1 else { return }
      try recorder.record(training.observation(of: &ensemble))
    }
    let keeper = StateKeeper(checkpoint, training.scenario)
    let reason = try train(
      &ensemble, through: last, observers: [observer],
      largestBlock: training.stepsBetweenQuestions, isInterrupted: isInterrupted
    ) { ensemble in
      keeper.keepIfDue { (ensemble.state, nil, recorder.unfinished) }
    }
    guard let status = reason.recordStatus else {
      keeper.keep((ensemble.state, nil, recorder.unfinished))
      return nil
    }
    let end = training.observation(of: &ensemble)
    var record = try recorder.finished(status, at: end)
    record.measures = MemberMeasures(recorder, networks: training.count)
      .values(of: end, hasClasses: RunMeasure.hasClasses(training.scenario))
    return record
  }
}

extension StopReason {
  /// How a run of a sweep stands that stopped so; nil if it was interrupted.
  fileprivate var recordStatus: RunRecord.Status? {
    switch self {
    case .complete: .complete
    case .diverged: .diverged
    case .interrupted: nil
    }
  }
}

/// Writes the checkpoint of a run that takes long, now and then.
private final class StateKeeper {
  typealias State = (descent: DescentState?, half: HalfLearning?, rows: RunRecord)

  private let checkpoint: MemberCheckpoint?
  private let scenario: Scenario
  private var timer: IntervalTimer

  init(_ checkpoint: MemberCheckpoint?, _ scenario: Scenario) {
    (self.checkpoint, self.scenario) = (checkpoint, scenario)
    timer = IntervalTimer(seconds: checkpoint?.interval ?? .infinity)
  }

  func keepIfDue(_ state: () -> State) {
    if timer.isDue() { keep(state()) }
  }

  func keep(_ state: State) {
    guard let checkpoint, let descent = state.descent else { return }
    checkpoint.write(
      Checkpoint(
        scenario: scenario, descent: descent, halfLearning: state.half?.steps ?? [],
        previous: state.half?.previous?.state), rows: state.rows)
  }
}

extension HalfLearning {
  /// The iterations at which a run of a sweep is looked at besides those that are recorded.
  static func looks(through last: Int) -> [Int] {
    RecordingSchedule.geometric(200).iterations(through: last)
  }
}

extension RunRecorder {
  /// Adds what is to be kept of a descent where it stands.
  mutating func record(
    _ training: LinearTraining, descent: inout AnyLinearDescent, clock: inout TrainingClock
  ) throws {
    if keepsRows {
      try record(training.observation(of: &descent, clock: &clock))
    } else {
      let measures = training.measures(at: descent.iteration)
      record([measures.risk(of: descent.product)], at: descent.iteration)
    }
  }

  /// What was gathered of a linear run that has ended, with its measures.
  mutating func finished(
    _ status: RunRecord.Status, _ training: LinearTraining, descent: inout AnyLinearDescent,
    half: HalfLearning
  ) throws -> RunRecord {
    var clock = TrainingClock(training.problem.rule)
    let end = training.observation(of: &descent, clock: &clock)
    var record = try finished(status, at: end)
    record.measures = MemberMeasures(self, networks: 1).values(
      of: end, half: half.steps, predicted: try predictedHalfLearning(training),
      modes: record.sizes[.mode] ?? 0)
    return record
  }
}

/// Predicted half-learning steps of the modes, as far as a chosen theory has them.
///
/// - Throws: ``TheoryChoiceError`` or `TheoryError`.
func predictedHalfLearning(_ training: LinearTraining) throws -> [Int?] {
  let choice = try TheoryChoice(training.scenario.theory)
  guard choice != .none, choice != .only(GradientFlowOverlay.id) else { return [] }
  return try Theories.halfLearning(
    training.problem, choice: choice, through: training.scenario.training.iterations)
}
