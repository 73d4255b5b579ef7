import Foundation
import LinearAlgebra
import RandomMatrices
import Testing

@Suite("Spiked matrices") struct SpikedMatrixTests {
  @Test("at the threshold the outlier joins the bulk and the overlaps vanish")
  func threshold() {
    for aspect in [0.4, 1, 2.0] {
      let spike = SpikedMatrix(strength: pow(aspect, 0.25) * (1 + 1e-9), aspect: aspect)
      #expect(abs(spike.singularValue - spike.bulkEdge) < 1e-8)
      #expect(spike.leftOverlap < 1e-3 && spike.rightOverlap < 1e-3)
      let lost = SpikedMatrix(strength: spike.threshold / 2, aspect: aspect)
      #expect(!lost.isVisible && lost.leftOverlap == 0 && lost.singularValue == lost.bulkEdge)
    }
  }

  @Test("a strong signal is found where it is, and a square matrix treats both sides alike")
  func strong() {
    let spike = SpikedMatrix(strength: 1e4, aspect: 0.5)
    #expect(abs(spike.singularValue / 1e4 - 1) < 1e-7)
    #expect(1 - spike.leftOverlap < 1e-8 && 1 - spike.rightOverlap < 1e-8)
    let square = SpikedMatrix(strength: 1.7, aspect: 1)
    #expect(abs(square.leftOverlap - square.rightOverlap) < 1e-15)
  }

  @Test("sampled spikes appear within two percent and their overlaps within 0.03")
  func sampled() throws {
    var normals = TestNormals(seed: 5)
    let (outputs, inputs) = (100, 250)
    var (value, left, right) = (0.0, 0.0, 0.0)
    for _ in 0..<4 {
      let u = try normals.orthonormal(outputs, 1)
      let v = try normals.orthonormal(inputs, 1)
      let noise = normals.matrix(outputs, inputs, scale: 1 / Double(inputs).squareRoot())
      let sum = 2.5 * u.times(v, right: .transposed) + noise
      let modes = try sum.singularValueDecomposition()
      value += modes.values[0] / 4
      left += abs(modes.left.columns(0..<1).times(u, left: .transposed)[0, 0]) / 4
      right += abs(modes.right.columns(0..<1).times(v, left: .transposed)[0, 0]) / 4
    }
    let theory = SpikedMatrix(strength: 2.5, aspect: 0.4)
    #expect(abs(value / theory.singularValue - 1) < 0.02)
    #expect(abs(left - theory.leftOverlap) < 0.03 && abs(right - theory.rightOverlap) < 0.03)
  }
}
