import Testing

@testable import Dynamics

@Suite("Independent pieces of work")
struct ConcurrentlyTests {
  struct Failure: Error, Equatable { let piece: Int }

  @Test("results are in order, whatever the number of threads", arguments: [1, 2, 7])
  func order(threads: Int) throws {
    #expect(try concurrently(50, threads: threads) { $0 * $0 } == (0..<50).map { $0 * $0 })
    #expect(try concurrently(0, threads: threads) { $0 }.isEmpty)
  }

  @Test("the first failure in order is thrown and later pieces are left out")
  func failure() {
    #expect(throws: Failure(piece: 3)) {
      try concurrently(100, threads: 1) { piece -> Int in
        guard piece < 3 else { throw Failure(piece: piece) }
        return piece
      }
    }
  }
}
