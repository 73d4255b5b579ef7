import LinearAlgebra
import Networks
import Scenarios
import Testing

@Suite("Rank-one starts")
struct RankOneStartTests {
  @Test("the draws are those of PyTorch in the order z, p, u, p")
  func draws() throws {
    let modes = try someModes(inputs: 2, outputs: 2)
    let network = try started(section(.rankOne, hidden: 20, scales: [0.1, 0.2]), modes: modes)
    // Bits from the reference implementation of PyTorch's stream, seed 12.
    let z = [float(0xbcaf_2802), float(0xbe0d_1a76)]
    let (first, last) = (float(0xbf63_85b1), float(0xc004_2184))
    let (one, two) = (network.weights.layers[0], network.weights.layers[1])
    let norm = (one.squaredNorm / (z[0] * z[0] + z[1] * z[1])).squareRoot()
    #expect(abs(norm - 1) <= 1e-14)
    // Ratios do not depend on the normalisation; three roundings each.
    #expect(abs(one[19, 0] / one[0, 0] - last / first) <= 1e-14)
    #expect(abs(one[0, 1] / one[0, 0] - z[1] / z[0]) <= 1e-14)
    #expect(abs(abs(two.norm / float(0x3df1_777a)) - 1) <= 1e-14)
    #expect(abs(two[1, 0] / two[0, 0] - float(0x3ee1_d7a5) / float(0xbfa0_df55)) <= 1e-14)
  }

  @Test("every layer and the product have rank one", arguments: 1...4)
  func rank(depth: Int) throws {
    let modes = try someModes(inputs: 5, outputs: 3)
    let network = try started(section(.rankOne, depth: depth), modes: modes)
    for matrix in network.weights.layers + [network.product] {
      let values = try matrix.singularValues()
      #expect(values[0] > 1e-8 && values[1] <= 1e-14 * values[0])
    }
  }

  @Test("unsigned weights are not negative and keep their size")
  func unsigned() throws {
    let modes = try someModes(inputs: 5, outputs: 3)
    var chosen = section(.rankOne)
    let signed = try started(chosen, modes: modes)
    chosen.isUnsigned = true
    let unsigned = try started(chosen, modes: modes)
    #expect(unsigned.weights.layers == signed.weights.layers.map { $0.map(abs) })
  }
}
