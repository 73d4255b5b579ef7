import LinearAlgebra
import RandomStreams
import Testing

@testable import Analysis

@Suite("Layers that read only some directions")
struct ClippingTests {
  @Test("updates of rank one give the projected layer at every rank")
  func updates() throws {
    var stream = NumPyStream(seed: UInt32(1))
    let rows = stream.normals(rows: 7, columns: 5)
    let weights = stream.normals(rows: 3, columns: 5)
    let directions = try stream.normals(rows: 9, columns: 5).singularValueDecomposition().right
    var seen: [Int] = []
    Clipping(rows: rows, weights: weights, directions: directions)
      .forEach(ranks: [0, 1, 2, 4, 5]) { rank, outputs in
        seen.append(rank)
        let kept = directions.columns(0..<rank)
        let projector = kept.times(kept, right: .transposed)
        let expected = rows.times(weights * projector, right: .transposed)
        // Entries are of order 1, sums of at most 5 · 5 products.
        #expect((outputs - expected).largestMagnitude < 1e-13)
        if rank == 0 { #expect(outputs.largestMagnitude == 0) }
        if rank == 5 {
          #expect((outputs - rows.times(weights, right: .transposed)).largestMagnitude < 1e-13)
        }
      }
    #expect(seen == [0, 1, 2, 4, 5])
  }

  @Test("ranks rise from 1 to the largest", arguments: [1, 2, 10, 784])
  func ranks(largest: Int) {
    let ranks = logSpacedRanks(through: largest)
    #expect(ranks.first == 1 && ranks.last == largest && ranks.count <= 24)
    #expect(zip(ranks, ranks.dropFirst()).allSatisfy { $0 < $1 })
    #expect(logSpacedRanks(through: 784, count: 3) == [1, 28, 784])
  }
}
