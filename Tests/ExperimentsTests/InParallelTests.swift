import Testing

@testable import Experiments

@Suite("Independent pieces of work")
struct InParallelTests {
  struct Failure: Error, Equatable { let piece: Int }

  @Test("results are in order, whatever the number of threads", arguments: [1, 2, 7])
  func order(threads: Int) throws {
    #expect(try inParallel(50, threads: threads) { $0 * $0 } == (0..<50).map { $0 * $0 })
    #expect(try inParallel(0, threads: threads) { $0 }.isEmpty)
  }

  @Test("the first failure in order is thrown and later pieces are left out")
  func failure() {
    #expect(throws: Failure(piece: 3)) {
      try inParallel(100, threads: 1) { piece -> Int in
        guard piece < 3 else { throw Failure(piece: piece) }
        return piece
      }
    }
  }
}
