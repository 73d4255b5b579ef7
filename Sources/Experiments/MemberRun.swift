import Datasets
import Dynamics
import Foundation
import LearningProblems
import Recording
import Scenarios

/// Trains one run of a sweep and gathers what is kept of it, in memory.
///
/// A run that takes long leaves a checkpoint now and then, from which another process goes on bit
/// for bit.
struct MemberRun {
  /// The run.
  let member: SweepMember
  /// How much is kept.
  let keep: RunRecorder.Keep
  /// Reads the matrix at a path that the scenario names.
  let reading: MatrixReader
  /// Where what it has is kept now and then; nil for nowhere.
  var checkpoint: MemberCheckpoint?

  /// Trains.
  ///
  /// - Returns: nil when interrupted.
  /// - Throws: `ScenarioError`, and as drawing, training and theory do.
  func perform(isInterrupted: () -> Bool) throws -> RunRecord? {
    let scenario = member.scenario
    try MemoryEstimate(scenario).check()
    let training = try LinearTraining(scenario, reading: reading)
    let last = scenario.training.iterations
    let recorded = scenario.record.schedule.iterations(through: last)
    var recorder = try RunRecorder(training, keep: keep)
    var descent = training.descent()
    var clock = TrainingClock(training.problem.rule)
    var half = HalfLearning(singularValues: training.problem.modes.values)
    if let checkpoint, let (state, rows) = checkpoint.read(of: scenario) {
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
      try recorder.record(training.observation(of: &descent, clock: &clock))
    }
    // Half-learning is searched for between two looks, step by step, so there are many of them.
    let looks = Observer<AnyLinearDescent>(
      at: RecordingSchedule.geometric(200).iterations(through: last), observeRest: { _ in }
    ) { half.look(at: $0) }
    func keepState(_ descent: AnyLinearDescent) {
      guard let checkpoint, let state = descent.state else { return }
      checkpoint.write(
        Checkpoint(
          scenario: scenario, descent: state, halfLearning: half.steps,
          previous: half.previous?.state), rows: recorder.unfinished)
    }
    var lastKept = ContinuousClock.now
    let reason = try train(
      &descent, through: last, observers: [looks, observer], isInterrupted: isInterrupted
    ) { descent in
      let now = ContinuousClock.now
      guard let checkpoint, now - lastKept >= .seconds(checkpoint.interval) else { return }
      lastKept = now
      keepState(descent)
    }
    let status: RunRecord.Status
    switch reason {
    case .interrupted:
      keepState(descent)
      return nil
    case .complete: status = .complete
    case .diverged: status = .diverged
    }
    var finalClock = TrainingClock(training.problem.rule)
    let end = training.observation(of: &descent, clock: &finalClock)
    var record = try recorder.finished(status, at: end)
    record.measures = try MemberMeasures(
      end: end, iterations: recorder.iterations, risks: recorder.risks, half: half.steps,
      predicted: Self.predictedHalfLearning(training)
    ).values(modes: record.sizes[.mode] ?? 0)
    return record
  }

  /// Predicted half-learning steps of the modes, as far as a chosen theory has them.
  static func predictedHalfLearning(_ training: LinearTraining) throws -> [Int?] {
    let choice = try TheoryChoice(training.scenario.theory)
    guard choice != .none, choice != .only(GradientFlowOverlay.id) else { return [] }
    let theories = try Theories(training.problem, choice: choice)
    return try theories.halfLearning(through: training.scenario.training.iterations)
  }
}

/// The numbers that a sweep keeps of a run, from what was recorded of it.
struct MemberMeasures {
  let end: LinearObservation
  let iterations: [Int]
  let risks: [Double]
  let half: [Int?]
  let predicted: [Int?]

  /// The values of `RunMeasure.all`, for so many modes.
  func values(modes: Int) -> [Double] {
    let finite = risks.indices.lazy.filter { risks[$0].isFinite }
    let best = finite.min { risks[$0] < risks[$1] }
    let peak = Self.peak(of: risks)
    func steps(_ list: [Int?]) -> [Double] {
      (0..<modes).map { $0 < list.count ? list[$0].map(Double.init) ?? .nan : .nan }
    }
    return [
      Double(end.iteration), end.loss, end.risk, best.map { risks[$0] } ?? .nan,
      best.map { Double(iterations[$0]) } ?? .nan,
      peak.map { Double(iterations[$0.index]) } ?? .nan, peak?.prominence ?? 0,
    ] + steps(half) + steps(predicted)
  }

  /// The most prominent peak inside a curve, between two minima or a minimum and the end.
  static func peak(of values: [Double]) -> (index: Int, prominence: Double)? {
    let turns = extrema(of: values)
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), high > low else { return nil }
    var found: (index: Int, prominence: Double)?
    for (number, turn) in turns.enumerated() where !turn.isMinimum {
      let before = number > 0 ? turns[number - 1].value : values.first { $0.isFinite } ?? .nan
      let after =
        number + 1 < turns.count ? turns[number + 1].value : finite.last ?? .nan
      let prominence = min(turn.value - before, turn.value - after) / (high - low)
      if prominence > found?.prominence ?? 0 { found = (turn.index, prominence) }
    }
    return found
  }
}
