import Foundation
import LinearAlgebra
import RandomMatrices
import Testing

@Suite("Finite-size edges") struct FiniteSizeEdgesTests {
  @Test("the mean of the largest eigenvalue is the tabulated one")
  func tabulated() {
    // Values of the reference script for (d, P) = (50, 100) and (200, 400), four digits.
    #expect(abs(FiniteSizeEdge(inputs: 50, samples: 100).mean - 2.7692) < 6e-5)
    #expect(abs(FiniteSizeEdge(inputs: 200, samples: 400).mean - 2.8591) < 6e-5)
    #expect(abs(FiniteSizeEdge(inputs: 50, samples: 100).standardDeviation - 0.1345) < 6e-5)
  }

  @Test("sampled largest eigenvalues have that mean within three standard errors")
  func sampled() throws {
    var normals = TestNormals(seed: 11)
    let (inputs, samples, draws) = (50, 100, 100)
    var sum = 0.0
    for _ in 0..<draws {
      let x = normals.matrix(samples, inputs)
      sum += try (0.01 * x.times(x, left: .transposed)).symmetricEigen().values[0]
    }
    let edge = FiniteSizeEdge(inputs: inputs, samples: samples)
    // The law itself is biased by O(n^(−2/3)) of its scale: 0.01 was measured here.
    let error = edge.standardDeviation / Double(draws).squareRoot()
    #expect(abs(sum / Double(draws) - edge.mean) < 3 * error + 0.012)
  }

  @Test("the smallest eigenvalue of a square matrix follows the hard-edge law")
  func hardEdge() throws {
    var normals = TestNormals(seed: 13)
    let (size, draws) = (40, 400)
    let values = try (0..<draws).map { _ in
      let s = try normals.matrix(size, size).singularValues()
      return Double(size) * (s.last ?? 0) * (s.last ?? 0)
    }.sorted()
    var distance = 0.0
    for (i, x) in values.enumerated() {
      let fraction = (Double(i) + 0.5) / Double(draws)
      distance = max(distance, abs(ExtremeSingularValues.hardEdgeCumulative(x) - fraction))
    }
    // 1.63/√n is the 1 % point of the Kolmogorov–Smirnov distance.
    #expect(distance < 1.63 / Double(draws).squareRoot())
    #expect(ExtremeSingularValues.hardEdgeCumulative(0) == 0)
  }

  @Test("products of Gaussian layers have the known largest singular value")
  func products() throws {
    #expect(ExtremeSingularValues.largestSquareOfProduct(layers: 1) == 4)
    #expect(abs(ExtremeSingularValues.largestSquareOfProduct(layers: 2) - 6.75) < 1e-14)
    var normals = TestNormals(seed: 17)
    let n = 200
    let scale = 1 / Double(n).squareRoot()
    let product = normals.matrix(n, n, scale: scale) * normals.matrix(n, n, scale: scale)
    let largest = try product.singularValues()[0]
    // One draw at n = 200 fluctuates by n^(−2/3) ≈ 3 % of the edge; twice that is allowed.
    #expect(abs(largest * largest / 6.75 - 1) < 0.08)
  }
}
