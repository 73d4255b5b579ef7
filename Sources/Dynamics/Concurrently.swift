import Dispatch
import Foundation
import Synchronization

/// Calls a function on several threads at once, each of which takes pieces of work until there are
/// no more.
///
/// Pieces are taken in order by whichever thread is free, so that results do not depend on the
/// number of threads as long as no piece depends on another.
///
/// - Parameters:
///   - count: number of pieces.
///   - threads: number of threads; not more than pieces are used.
///   - body: is given what takes the number of the next piece, nil after the last.
public func onThreads(
  _ threads: Int, pieces count: Int, _ body: @escaping @Sendable (_ next: () -> Int?) -> Void
) {
  let taken = Counter()
  let takeAll: @Sendable () -> Void = {
    body {
      let piece = taken.next()
      return piece < count ? piece : nil
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
}

/// Counts from 0, on any thread.
private final class Counter: Sendable {
  private let value = Atomic<Int>(0)

  func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).oldValue }
}

/// Calls a function for every element, some at a time, each with an element of its own.
///
/// What becomes of an element does not depend on the number of threads, which are those of Dispatch:
/// they begin sooner than new ones, for pieces as short as a step.
///
/// - Parameter threads: number of threads, at least 1.
public func concurrently<Element>(
  _ elements: inout [Element], threads: Int, _ body: @Sendable (Int, inout Element) -> Void
) {
  let count = elements.count
  guard threads > 1, count > 1 else {
    for i in 0..<count { body(i, &elements[i]) }
    return
  }
  elements.withUnsafeMutableBufferPointer { buffer in
    nonisolated(unsafe) let shared = buffer
    let taken = Counter()
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
      while case let i = taken.next(), i < count { body(i, &shared[i]) }
    }
  }
}

/// Does independent pieces of work on several threads and returns their results in order.
///
/// - Parameters:
///   - count: number of pieces.
///   - threads: number of threads, at least 1.
///   - work: does the piece of the given number.
/// - Throws: the error of the first piece, in order, that failed; later pieces are left out.
public func concurrently<Result: Sendable>(
  _ count: Int, threads: Int, _ work: @escaping @Sendable (Int) throws -> Result
) throws -> [Result] {
  let done = Mutex(Pieces<Result>())
  onThreads(threads, pieces: count) { next in
    while done.withLock({ $0.failures.isEmpty }), let piece = next() {
      do {
        let result = try work(piece)
        done.withLock { $0.results[piece] = result }
      } catch {
        done.withLock { $0.failures[piece] = error }
      }
    }
  }
  return try done.withLock { done in
    if let first = done.failures.keys.min(), let error = done.failures[first] { throw error }
    return (0..<count).compactMap { done.results[$0] }
  }
}

/// The pieces of work that are done.
private struct Pieces<Result> {
  var results: [Int: Result] = [:]
  var failures: [Int: any Error] = [:]
}
