import LinearAlgebra
import Testing

@testable import FiniteGroups

@Suite("Group Fourier transform")
struct GroupFourierTransformTests {
  @Test(
    "shares of any matrix sum to 1, and its parts to itself", arguments: ["S4", "A5", "C9", "D4"])
  func plancherel(name: String) throws {
    let group = try FiniteGroup(name: name, available: 1e9)
    let transform = GroupFourierTransform(group)
    var state: UInt64 = 1
    let values = Matrix<Double>(rows: group.order, columns: 3) { _, _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / Double(1 << 24) - 0.5
    }
    let shares = transform.shares(of: values)
    // As many roundings as there are functions.
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
    var sum = Matrix<Double>(rows: group.order, columns: 3)
    for i in transform.representations.indices {
      let part = transform.projection(of: values, onto: i)
      #expect(abs(part.squaredNorm / values.squaredNorm - shares[i]) < 1e-12)
      sum.add(part)
    }
    #expect((sum - values).largestMagnitude < 1e-13)
    #expect(abs(transform.expectedShares.reduce(0, +) - 1) < 1e-15)
  }

  @Test("a character lies in its representation alone")
  func character() throws {
    let transform = GroupFourierTransform(try FiniteGroup(name: "S5", available: 1e9))
    for (i, representation) in transform.representations.enumerated() {
      let values = Matrix(rows: 120, columns: 1, elements: representation.character)
      #expect(abs(transform.shares(of: values)[i] - 1) < 1e-13)
    }
  }
}
