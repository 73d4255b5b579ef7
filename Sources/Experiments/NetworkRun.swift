import Analysis
import Datasets
import Dynamics
import Foundation
import HDF5
import Networks
import Recording
import Scenarios

/// A run of a scenario with networks that train on rows: trained, recorded, summed up.
public enum NetworkRun {
  /// A scenario whose networks train on rows, ready to train.
  public enum Prepared: Sendable {
    /// With dense networks.
    case dense(DenseTraining)
    /// With networks that compose elements of a group.
    case composition(CompositionTraining)

    /// Prepares a scenario; nil if its network is linear.
    ///
    /// - Throws: as drawing does.
    public init?(_ scenario: Scenario, reading: @escaping MatrixReader) throws {
      switch scenario.network {
      case .linear: return nil
      case .dense: self = .dense(try DenseTraining(scenario, reading: reading))
      case .composition: self = .composition(try CompositionTraining(scenario, reading: reading))
      }
    }

    /// The training.
    public var training: any NetworkTraining {
      switch self {
      case .dense(let training): training
      case .composition(let training): training
      }
    }

    /// Trains and records it into the folder made for it.
    ///
    /// - Throws: as ``NetworkRun`` does.
    public func perform(
      into folder: RunFolder, options: Run.Options, progress: @escaping (RunProgress) -> Void,
      isInterrupted: () -> Bool
    ) throws -> NetworkSummary {
      switch self {
      case .dense(let training):
        try NetworkRun.perform(
          training, into: folder, options: options, progress: progress,
          isInterrupted: isInterrupted)
      case .composition(let training):
        try NetworkRun.perform(
          training, into: folder, options: options, progress: progress,
          isInterrupted: isInterrupted)
      }
    }
  }

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
  ) throws -> NetworkSummary {
    switch training.precision {
    case .single:
      try perform(
        training, training.ensemble(of: Float.self, threads: options.threads), into: folder,
        options, progress, isInterrupted: isInterrupted)
    case .double:
      try perform(
        training, training.ensemble(of: Double.self, threads: options.threads), into: folder,
        options, progress, isInterrupted: isInterrupted)
    }
  }

  /// The same for networks that compose elements of a group.
  public static func perform(
    _ training: CompositionTraining, into folder: RunFolder, options: Run.Options,
    progress: @escaping (RunProgress) -> Void, isInterrupted: () -> Bool
  ) throws -> NetworkSummary {
    switch training.precision {
    case .single:
      try perform(
        training, training.ensemble(of: Float.self, threads: options.threads), into: folder,
        options, progress, isInterrupted: isInterrupted)
    case .double:
      try perform(
        training, training.ensemble(of: Double.self, threads: options.threads), into: folder,
        options, progress, isInterrupted: isInterrupted)
    }
  }

  private static func perform<Descent: NetworkDescent>(
    _ training: some NetworkTraining & RecordedTraining, _ start: NetworkEnsemble<Descent>,
    into folder: RunFolder, _ options: Run.Options, _ progress: @escaping (RunProgress) -> Void,
    isInterrupted: () -> Bool
  ) throws -> NetworkSummary {
    let last = training.scenario.training.iterations
    let recorded = training.scenario.record.schedule.iterations(through: last)
    var ensemble = start
    let first = training.observation(of: &ensemble)
    if let checkpoint = options.checkpoint { try ensemble.restore(checkpoint.descent) }
    let writer = try options.writer(of: training, rows: recorded.count, in: folder)
    let clockStart = ContinuousClock.now

    var latest = first
    func observation(of ensemble: inout NetworkEnsemble<Descent>) -> NetworkObservation {
      if latest.iteration != ensemble.iteration { latest = training.observation(of: &ensemble) }
      return latest
    }
    let recorder = Observer<NetworkEnsemble<Descent>>(at: recorded, seesDivergence: true) {
      // Rows that a killed program had recorded after its last checkpoint stand already.
      guard $0.iteration > writer.lastIteration else { return }
      try writer.record(observation(of: &$0))
    }
    let reporter = Observer<NetworkEnsemble<Descent>>(
      at: Array(stride(from: 0, through: last, by: max(1, options.reportInterval)))
    ) {
      let seen = observation(of: &$0)
      progress(
        RunProgress(
          iteration: seen.iteration, iterations: last, loss: Spread(seen.trainingLosses).mean,
          risk: Spread(seen.validationLosses).mean))
    }
    func keep(_ ensemble: NetworkEnsemble<Descent>) throws {
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
      try RunFile.add(networks: end, seeds: training.seeds, to: path)
    }
    return NetworkSummary(
      reason: reason, iterations: last, words: training.words,
      parameterCount: training.networkShape.parameterCount, precision: training.precision,
      seeds: training.seeds, divergedAt: ensemble.divergedAt, start: first, end: end,
      seconds: seconds, files: [folder.runFile],
      digest: try RunFile(path: folder.runFile).digest())
  }
}

extension NetworkTraining {
  /// Steps after which a person who wants to stop is heard: some 3·10¹⁰ multiplications, a second or
  /// so, as a network whose rows have left the caches has to bring them back.
  var stepsBetweenQuestions: Int {
    let batch = scenario.training.batch ?? rows
    let work = 6.0 * Double(count) * Double(batch) * Double(networkShape.parameterCount)
    return Int(max(1, min(1000, 3e10 / work)))
  }
}
