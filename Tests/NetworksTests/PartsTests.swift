import Synchronization
import Testing

@testable import Networks

@Suite("Parts of a range")
struct PartsTests {
  @Test(
    "cover it once and do not depend on the threads", arguments: [0, 1, 100, 255, 256, 513, 5000])
  func cover(count: Int) {
    func parts(_ threads: Int) -> [Range<Int>] {
      let found = Mutex<[Range<Int>]>([])
      inParts(of: count, atLeast: 128, threads: threads) { part in
        found.withLock { $0.append(part) }
      }
      return found.withLock { $0.sorted { $0.lowerBound < $1.lowerBound } }
    }
    let alone = parts(1)
    #expect(alone.flatMap(Array.init) == Array(0..<count))
    #expect(alone.count == max(1, min(4, count / 128)))
    #expect(parts(2) == alone && parts(7) == alone)
  }
}
