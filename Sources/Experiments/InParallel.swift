import Dispatch
import Foundation
import Synchronization

/// Does independent pieces of work on several threads and returns their results in order.
///
/// Pieces are taken in order by whichever thread is free, so that results do not depend on the
/// number of threads as long as no piece depends on another.
///
/// - Parameters:
///   - count: number of pieces.
///   - threads: number of threads, at least 1.
///   - work: does the piece of the given number.
/// - Throws: the error of the first piece, in order, that failed; later pieces are left out.
func inParallel<Result: Sendable>(
  _ count: Int, threads: Int, _ work: @escaping @Sendable (Int) throws -> Result
) throws -> [Result] {
  let state = Mutex(Pieces<Result>())
  let takeAll: @Sendable () -> Void = {
    while true {
      let piece: Int? = state.withLock { state in
        guard state.next < count, state.failures.isEmpty else { return nil }
        defer { state.next += 1 }
        return state.next
      }
      guard let piece else { return }
      do {
        let result = try work(piece)
        state.withLock { $0.results[piece] = result }
      } catch {
        state.withLock { $0.failures[piece] = error }
      }
    }
  }
  // Threads of their own: those of Dispatch come late on a machine that is busy.
  let group = DispatchGroup()
  for _ in 1..<max(2, min(threads, count)) where threads > 1 && count > 1 {
    group.enter()
    Thread {
      takeAll()
      group.leave()
    }.start()
  }
  takeAll()
  group.wait()
  return try state.withLock { state in
    if let first = state.failures.keys.min(), let error = state.failures[first] { throw error }
    return (0..<count).compactMap { state.results[$0] }
  }
}

/// The pieces of work that are done.
private struct Pieces<Result> {
  var next = 0
  var results: [Int: Result] = [:]
  var failures: [Int: any Error] = [:]
}
