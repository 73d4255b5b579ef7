import Dispatch

/// Calls a function with the parts of a range, some at a time.
///
/// There are at most four parts, of equal sizes in multiples of 16 but for the last. They do not
/// depend on the number of threads, so that no result that is computed in them does.
///
/// - Parameters:
///   - count: end of the range, which begins at 0.
///   - least: size from which on it is worth a part of its own.
///   - threads: number of parts at a time.
func inParts(
  of count: Int, atLeast least: Int, threads: Int, _ body: (Range<Int>) -> Void
) {
  let parts = max(1, min(4, count / least))
  guard parts > 1 else { return body(0..<count) }
  let size = ((count + parts - 1) / parts + 15) / 16 * 16
  @Sendable func part(_ number: Int) -> Range<Int> {
    min(count, number * size)..<min(count, (number + 1) * size)
  }
  let workers = min(threads, parts)
  guard workers > 1 else {
    for number in 0..<parts { body(part(number)) }
    return
  }
  withoutActuallyEscaping(body) { body in
    nonisolated(unsafe) let work = body
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      for number in stride(from: worker, to: parts, by: workers) { work(part(number)) }
    }
  }
}

/// Calls a function with parts of a matrix, cut along its longer side.
func inTiles(
  rows: Int, columns: Int, threads: Int, _ body: (_ rows: Range<Int>, _ columns: Range<Int>) -> Void
) {
  if rows >= columns {
    inParts(of: rows, atLeast: 128, threads: threads) { body($0, 0..<columns) }
  } else {
    inParts(of: columns, atLeast: 128, threads: threads) { body(0..<rows, $0) }
  }
}
