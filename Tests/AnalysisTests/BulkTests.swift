import LinearAlgebra
import RandomMatrices
import RandomStreams
import Testing

@testable import Analysis

@Suite("The bulk of weights that learned nothing")
struct BulkTests {
  @Test("edges of uniform starts", arguments: [(512, 1024), (256, 512), (512, 784)])
  func edges(rows: Int, columns: Int) {
    let bulk = Bulk(rows: rows, columns: columns, variance: 1 / (3 * Double(columns)))
    let root = (Double(columns) / Double(rows)).squareRoot()
    #expect(abs(bulk.upperEdge - (1 + root) * (1 + root) / (3 * Double(columns))) < 1e-17)
    #expect(abs(bulk.lowerEdge - (1 - root) * (1 - root) / (3 * Double(columns))) < 1e-17)
    if columns == 1024 {
      // The notebook's own numbers.
      #expect(abs(bulk.lowerEdge - 5.6e-5) < 1e-6 && abs(bulk.upperEdge - 1.90e-3) < 1e-5)
    }
  }

  @Test(
    "the density has the mass of the eigenvalues that are not 0, and scales", arguments: [0.3, 3])
  func density(ratio: Double) {
    let bulk = Bulk(rows: 1000, columns: Int(1000 * ratio), variance: 2)
    let count = 20_000
    let width = (bulk.upperEdge - bulk.lowerEdge) / Double(count)
    let mass = (0..<count).reduce(0.0) {
      $0 + width * bulk.density(at: bulk.lowerEdge + width * (Double($1) + 0.5))
    }
    // The density has roots at its edges, so that the midpoint rule errs like count^(−3/2).
    #expect(abs(mass - min(1, 1 / ratio)) < 1e-4)
    #expect(bulk.density(at: bulk.upperEdge * 1.01) == 0)
  }

  @Test("a random matrix has no eigenvalue far above, planted directions have one each")
  func planted() throws {
    var stream = NumPyStream(seed: UInt32(3))
    let (rows, columns) = (120, 80)
    var weights = stream.normals(rows: rows, columns: columns)
    let bulk = Bulk(rows: rows, columns: columns, variance: 1)
    func eigenvalues() throws -> [Double] {
      try weights.singularValues().map { $0 * $0 / Double(rows) }
    }
    // The largest of a finite matrix is within some n^(−2/3) of the edge.
    let edge = FiniteSizeEdge(inputs: columns, samples: rows)
    #expect(try eigenvalues()[0] < edge.mean + 4 * edge.standardDeviation)
    let expected = bulk.expectedEigenvalues(count: columns)
    // Those at the edge scatter most, about a mean below it.
    let margin = bulk.upperEdge - edge.mean + 4 * edge.standardDeviation
    #expect(zip(try eigenvalues(), expected).allSatisfy { abs($0 - $1) < margin })
    for k in 0..<3 { weights[k, k] += 60 }
    #expect(bulk.countAbove(try eigenvalues()) == 3)
  }
}
