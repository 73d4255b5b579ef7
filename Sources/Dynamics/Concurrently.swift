import Dispatch
import Synchronization

/// Calls a function for every element, some at a time, each with an element of its own.
///
/// What becomes of an element does not depend on the number of threads.
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
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
      while true {
        let i = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard i < count else { return }
        body(i, &shared[i])
      }
    }
  }
}
