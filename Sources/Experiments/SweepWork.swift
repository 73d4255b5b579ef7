import Datasets
import Dynamics
import Foundation
import Recording
import Scenarios
import Synchronization

/// Does the runs of a sweep, or of a shard of it, that nobody has done yet.
public struct SweepWork: Sendable {
  /// The sweep.
  public let folder: SweepFolder
  /// The runs that are done here.
  public let shard: SweepShard
  /// Runs at the same time.
  public let jobs: Int
  /// Seconds after which a run that still goes on keeps a checkpoint.
  public var checkpointInterval = 30.0
  /// Reads the matrix at a path that a scenario names.
  let reading: MatrixReader

  /// Work on a sweep.
  public init(
    _ folder: SweepFolder, shard: SweepShard, jobs: Int, reading: @escaping MatrixReader
  ) {
    (self.folder, self.shard, self.jobs, self.reading) = (folder, shard, jobs, reading)
  }

  /// How far the work is.
  public struct Progress: Sendable {
    /// Runs of the shard.
    public let total: Int
    /// Runs that were done before.
    public let skipped: Int
    /// Runs that ended here, whether or not they failed.
    public internal(set) var done = 0
    /// Runs that diverged.
    public internal(set) var diverged = 0
    /// Runs that failed here, with the reason, in order.
    public internal(set) var failures: [(run: Int, message: String)] = []
    /// Whether it was stopped before the end.
    public internal(set) var isInterrupted = false
  }

  /// Does the runs; a run that fails is noted and does not stop the others.
  ///
  /// - Parameters:
  ///   - progress: is told after every run, by one thread at a time.
  ///   - isInterrupted: asked now and then whether to stop.
  /// - Returns: what was done.
  /// - Throws: `RecordingError` when what was done cannot be written; errors of Foundation.
  public func perform(
    progress: @escaping @Sendable (Progress) -> Void,
    isInterrupted: @escaping @Sendable () -> Bool
  ) throws -> Progress {
    let plan = folder.plan
    try plan.requireFiles()
    let done = try folder.done()
    let mine = shard.runs(of: plan.grid.count)
    let pending = mine.filter { !done.isFinished($0) }
    let state = Mutex(
      Progress(total: mine.underestimatedCount, skipped: mine.underestimatedCount - pending.count))
    guard !pending.isEmpty else { return state.withLock { $0 } }
    let journal = try RunJournal(in: folder.journals, name: shard.name)
    let checkpoints = MemberCheckpoint.found(in: folder.journals)
    let unique = UUID().uuidString.prefix(8).lowercased()
    /// Notes how a run ended.
    @Sendable func end(_ run: Int, _ identity: RunIdentity, _ record: RunRecord) throws {
      try journal.append(run: run, identity: identity, record)
      state.withLock { state in
        state.done += 1
        if record.status == .diverged { state.diverged += 1 }
        if record.status == .failed { state.failures.append((run, record.message)) }
        progress(state)
      }
    }
    let failure = Mutex<(any Error)?>(nil)
    onThreads(jobs, pieces: pending.count) { next in
      do {
        var batch: [Started] = []
        while !isInterrupted(), failure.withLock({ $0 == nil }), let piece = next() {
          let run = pending[piece]
          let checkpoint = MemberCheckpoint(
            own: "\(folder.journals)/run-\(run).\(unique)", found: checkpoints[run] ?? [],
            interval: checkpointInterval)
          guard let started = try start(run, checkpoint, end: end) else { continue }
          // Small runs wait until there are enough of them to fill the lanes.
          guard checkpoint.found.isEmpty, started.lane != nil else {
            try perform([started], isInterrupted: isInterrupted, end: end)
            continue
          }
          if batch.count == MemberBatch.size || batch.last?.goes(with: started) == false {
            try perform(batch, isInterrupted: isInterrupted, end: end)
            batch = []
          }
          batch.append(started)
        }
        try perform(batch, isInterrupted: isInterrupted, end: end)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    try journal.finish()
    return state.withLock { state in
      state.failures.sort { $0.run < $1.run }
      state.isInterrupted = isInterrupted() && state.done + state.skipped < state.total
      return state
    }
  }

  // MARK: Runs

  /// How a run that ended is handed on.
  private typealias End = (Int, RunIdentity, RunRecord) throws -> Void

  /// A run that is drawn.
  private struct Started {
    let run: Int
    let identity: RunIdentity
    let work: MemberRun
    let training: MemberRun.Training
    /// What goes side by side with others; nil for a run that is taken alone.
    let lane: MemberBatch.Lane?

    func goes(with other: Started) -> Bool {
      guard let lane, let its = other.lane else { return false }
      return lane.goes(with: its)
    }
  }

  /// Draws a run; one that fails has ended.
  ///
  /// - Returns: nil if it failed.
  private func start(
    _ run: Int, _ checkpoint: MemberCheckpoint, end: End
  ) throws -> Started? {
    let member = try folder.plan.grid.member(run)
    let identity = folder.plan.identity(of: member)
    do {
      let work = MemberRun(
        scenario: member.scenario, keep: folder.plan.keep, reading: reading, checkpoint: checkpoint)
      let training = try work.draw()
      return Started(
        run: run, identity: identity, work: work, training: training,
        lane: MemberBatch.Lane(training))
    } catch {
      try end(run, identity, RunRecord(failure: sentence(of: error)))
      return nil
    }
  }

  /// Trains drawn runs, side by side if there are several.
  private func perform(
    _ batch: [Started], isInterrupted: @Sendable () -> Bool, end: End
  ) throws {
    var alone = batch
    if batch.count > 1 {
      let side = MemberBatch(keep: folder.plan.keep)
      // What fails side by side fails alone, too, where it says whose failure it is.
      if let records = try? side.perform(batch.compactMap(\.lane), isInterrupted: isInterrupted) {
        guard records.count == batch.count else { return }
        alone = []
        for (started, record) in zip(batch, records) {
          if let record {
            try end(started.run, started.identity, record)
          } else {
            alone.append(started)
          }
        }
      }
    }
    for started in alone {
      let record: RunRecord
      do {
        guard
          let ended = try started.work.perform(started.training, isInterrupted: isInterrupted)
        else { return }
        record = ended
      } catch {
        record = RunRecord(failure: sentence(of: error))
      }
      try end(started.run, started.identity, record)
      started.work.checkpoint?.remove()
    }
  }
}

/// An error as one sentence.
func sentence(of error: any Error) -> String {
  switch error {
  case let error as CustomStringConvertible: error.description
  default: error.localizedDescription
  }
}
