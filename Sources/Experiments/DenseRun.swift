import Analysis
import Dynamics
import Foundation
import HDF5
import Networks
import Recording
import Scenarios

/// A run of a scenario with dense networks: trained, recorded, summed up.
public enum DenseRun {
  /// Trains and records a scenario into the folder made for it.
  ///
  /// - Parameters:
  ///   - training: the run, prepared.
  ///   - folder: where `run.h5` and `summary.json` go.
  ///   - progress: is told of the start and of every so many steps.
  ///   - isInterrupted: asked now and then whether to stop.
  /// - Throws: `ScenarioError`, `HDF5Error`, `RecordingError`, `LinearAlgebraError` or
  ///   `DescentStateError`.
  public static func perform(
    _ training: DenseTraining, into folder: RunFolder, options: Run.Options,
    progress: @escaping (RunProgress) -> Void, isInterrupted: () -> Bool
  ) throws -> DenseSummary {
    switch training.section.precision {
    case .single:
      try perform(
        training, of: Float.self, into: folder, options, progress, isInterrupted: isInterrupted)
    case .double:
      try perform(
        training, of: Double.self, into: folder, options, progress, isInterrupted: isInterrupted)
    }
  }

  private static func perform<Scalar: DenseScalar>(
    _ training: DenseTraining, of scalar: Scalar.Type, into folder: RunFolder,
    _ options: Run.Options, _ progress: @escaping (RunProgress) -> Void, isInterrupted: () -> Bool
  ) throws -> DenseSummary {
    let last = training.scenario.training.iterations
    let recorded = training.scenario.record.schedule.iterations(through: last)
    var ensemble = try training.ensemble(of: scalar, threads: options.threads)
    let start = training.observation(of: &ensemble)
    if let checkpoint = options.checkpoint { try ensemble.restore(checkpoint.descent) }
    let writer = try options.writer(of: training, rows: recorded.count, in: folder)
    let clockStart = ContinuousClock.now

    var latest = start
    func observation(of ensemble: inout DenseEnsemble<Scalar>) -> DenseObservation {
      if latest.iteration != ensemble.iteration { latest = training.observation(of: &ensemble) }
      return latest
    }
    let recorder = Observer<DenseEnsemble<Scalar>>(at: recorded, seesDivergence: true) {
      // Rows that a killed program had recorded after its last checkpoint stand already.
      guard $0.iteration > writer.lastIteration else { return }
      try writer.record(observation(of: &$0))
    }
    let reporter = Observer<DenseEnsemble<Scalar>>(
      at: Array(stride(from: 0, through: last, by: max(1, options.reportInterval)))
    ) {
      let seen = observation(of: &$0)
      progress(
        RunProgress(
          iteration: seen.iteration, iterations: last, loss: Spread(seen.trainingLosses).mean,
          risk: Spread(seen.validationLosses).mean))
    }
    func keep(_ ensemble: DenseEnsemble<Scalar>) throws {
      guard options.checkpointInterval != nil else { return }
      // The rows first: a checkpoint is never ahead of the file.
      try writer.flush()
      try Checkpoint(
        scenario: training.scenario, descent: ensemble.state, halfLearning: [], previous: nil
      ).write(to: folder.checkpointFile)
    }
    var timer = IntervalTimer(seconds: options.checkpointInterval ?? .infinity)
    let reason = try train(
      &ensemble, through: last, observers: [recorder, reporter],
      largestBlock: training.stepsBetweenQuestions, isInterrupted: isInterrupted
    ) { ensemble in
      if timer.isDue() { try keep(ensemble) }
    }
    try keep(ensemble)
    let end = observation(of: &ensemble)
    let seconds = (ContinuousClock.now - clockStart).inSeconds
    try writer.finish(reason.status, provenance: options.lastWords(seconds: seconds)) { path in
      try RunFile.add(networks: end.networks, seeds: training.seeds, to: path)
    }
    return DenseSummary(
      reason: reason, iterations: last, shape: training.shape,
      precision: training.section.precision,
      seeds: training.seeds, divergedAt: ensemble.divergedAt, start: start, end: end,
      seconds: seconds, files: [folder.runFile],
      digest: try RunFile(path: folder.runFile).digest())
  }
}

extension DenseTraining {
  /// Steps after which a person who wants to stop is heard: some 3·10¹⁰ multiplications, a second or
  /// so, as a network whose rows have left the caches has to bring them back.
  var stepsBetweenQuestions: Int {
    let batch = scenario.training.batch ?? rows
    let work = 6.0 * Double(count) * Double(batch) * Double(shape.parameterCount)
    return Int(max(1, min(1000, 3e10 / work)))
  }
}
