import Datasets
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
    let done = try folder.done()
    let mine = shard.runs(of: plan.grid.count)
    let pending = mine.filter { !done.isFinished($0) }
    let state = Mutex(
      Progress(total: mine.underestimatedCount, skipped: mine.underestimatedCount - pending.count))
    guard !pending.isEmpty else { return state.withLock { $0 } }
    let journal = try RunJournal(in: folder.journals, name: shard.name)
    let checkpoints = MemberCheckpoint.found(in: folder.journals)
    let unique = UUID().uuidString.prefix(8).lowercased()
    _ = try inParallel(pending.count, threads: jobs) { piece in
      guard !isInterrupted() else { return }
      let run = pending[piece]
      let checkpoint = MemberCheckpoint(
        own: "\(folder.journals)/run-\(run).\(unique)", found: checkpoints[run] ?? [],
        interval: checkpointInterval)
      let record: RunRecord
      let identity: RunIdentity
      do {
        let member = try plan.grid.member(run)
        identity = SweepPlan.identity(of: member.scenario)
        do {
          let work = MemberRun(
            member: member, keep: plan.keep, reading: reading, checkpoint: checkpoint)
          guard let ended = try work.perform(isInterrupted: isInterrupted) else { return }
          record = ended
        } catch {
          record = RunRecord(failure: sentence(of: error))
        }
      }
      try journal.append(run: run, identity: identity, record)
      checkpoint.remove()
      state.withLock { state in
        state.done += 1
        if record.status == .diverged { state.diverged += 1 }
        if record.status == .failed { state.failures.append((run, record.message)) }
        progress(state)
      }
    }
    try journal.finish()
    return state.withLock { state in
      state.failures.sort { $0.run < $1.run }
      state.isInterrupted = isInterrupted() && state.done + state.skipped < state.total
      return state
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
