import LinearAlgebra
import RandomStreams
import Testing

@testable import Dynamics

@Suite("Lanczos iteration")
struct LanczosTests {
  private func top(_ matrix: Matrix<Double>) throws -> Double {
    try largestEigenvalue(dimension: matrix.rows) { vector in
      (matrix * Matrix(rows: matrix.rows, columns: 1, elements: vector)).elements
    }
  }

  @Test("the largest eigenvalue of a known spectrum", arguments: [1, 2, 3, 10, 120])
  func known(size: Int) throws {
    var stream = NumPyStream(seed: UInt32(4))
    let basis = try haarOrthogonal(size, using: &stream)
    let values = (0..<size).map { 3 - Double($0 * $0) / 10 }
    let matrix = (basis * Matrix.diagonal(values)).times(basis, right: .transposed)
    #expect(abs(try top(matrix) - 3) <= 3e-8)
  }

  @Test("degenerate, zero and negative matrices")
  func special() throws {
    #expect(abs(try top(2 * .identity(7)) - 2) <= 1e-14)
    #expect(try top(Matrix(rows: 4, columns: 4)) == 0)
    #expect(abs(try top(.diagonal([-3, -1, -2])) + 1) <= 1e-8)
    #expect(try largestEigenvalue(dimension: 0) { $0 } == 0)
  }
}
