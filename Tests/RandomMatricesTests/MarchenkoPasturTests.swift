import Foundation
import LinearAlgebra
import RandomMatrices
import Testing

@Suite("Marchenko–Pastur") struct MarchenkoPasturTests {
  @Test("mass, mean and inverse moment are exact to 1e-12", arguments: [0.01, 0.3, 1, 2.5, 40])
  func moments(ratio: Double) {
    let law = MarchenkoPastur(ratio: ratio)
    #expect(abs(law.integral { _ in 1 } - min(1, 1 / ratio)) < 1e-12)
    #expect(abs(law.integral { $0 } - 1) < 1e-12)
    #expect(abs(law.integral { $0 * $0 } / (1 + ratio) - 1) < 1e-12)
    if ratio != 1 {
      #expect(abs(law.integral { 1 / $0 } / law.inverseMoment - 1) < 1e-12)
    } else {
      #expect(law.inverseMoment == .infinity)
    }
  }

  @Test("an integrand that changes only at the edge is resolved")
  func lateTimes() {
    // At γ = 1 the density near 0 is 1/(π√l), so ∫ρe^(−lt) → 1/√(πt).
    let law = MarchenkoPastur(ratio: 1)
    for t in [1e6, 1e10, 1e15] {
      #expect(abs(law.integral { exp(-$0 * t) } * (Double.pi * t).squareRoot() - 1) < 1e-6)
    }
  }

  @Test("the density integrates to the cumulative distribution")
  func cumulative() {
    for ratio in [0.3, 1, 2.5] {
      let law = MarchenkoPastur(ratio: ratio)
      let (a, b) = (law.lowerEdge + 0.2, law.upperEdge - 0.1)
      let count = 20000
      let width = (b - a) / Double(count)
      let middles = (0..<count).map { a + (Double($0) + 0.5) * width }
      let sum = middles.reduce(0) { $0 + law.density(at: $1) * width }
      #expect(abs(law.cumulative(b) - law.cumulative(a) - sum) < 1e-6)
      #expect(law.cumulative(-1) == 0 && law.cumulative(100) == 1)
    }
  }

  @Test("sampled spectra lie within the finite-size distance of the law")
  func sampled() throws {
    // Distances of single spectra are of order 1/d; 0.009 was measured for ten at d = 100.
    var normals = TestNormals(seed: 7)
    for (inputs, samples) in [(100, 400), (120, 60)] {
      let x = normals.matrix(samples, inputs)
      let covariance = (1 / Double(samples)) * x.times(x, left: .transposed)
      let values = try covariance.symmetricEigen().values.reversed()
      let law = MarchenkoPastur(ratio: Double(inputs) / Double(samples))
      var distance = 0.0
      for (i, value) in values.enumerated() where value > 1e-9 {
        let fraction = (Double(i) + 0.5) / Double(inputs)
        distance = max(distance, abs(law.cumulative(value) - fraction))
      }
      #expect(distance < 0.03)
    }
  }
}
