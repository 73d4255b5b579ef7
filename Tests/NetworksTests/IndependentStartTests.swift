import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Networks

@Suite("Independent starts")
struct IndependentStartTests {
  /// Bits in the tests are from the reference implementation of PyTorch's stream, seed 12.
  @Test("Gaussian weights are PyTorch's, in blocks from sixteen on")
  func gaussian() throws {
    let modes = try someModes(inputs: 2, outputs: 2)
    let network = try started(section(.gaussian, hidden: 20, scales: [0.1, 0.2]), modes: modes)
    let (one, two) = (network.weights.layers[0], network.weights.layers[1])
    #expect(
      [one[0, 0], one[0, 1], one[19, 1]]
        == [float(0xbc58_4a38), float(0xbc4d_845b), float(0x3d2d_73f0)])
    #expect(
      [two[0, 0], two[0, 1], two[1, 19]]
        == [float(0xbd54_71a5), float(0xbed3_dc43), float(0xbdc1_10af)])
  }

  @Test("Kaiming weights are PyTorch's with a = √5, uniform in the last layer")
  func kaiming() throws {
    let modes = try someModes(inputs: 3, outputs: 2)
    let network = try started(section(.kaiming, hidden: 7, scales: [0.3, 0.7]), modes: modes)
    let (one, two) = (network.weights.layers[0], network.weights.layers[1])
    #expect(
      [one[0, 0], one[0, 1], one[6, 2]]
        == [float(0xbc58_4a39), float(0xbc4d_845d), float(0xbdd1_e444)])
    #expect(
      [two[0, 0], two[0, 1], two[1, 6]]
        == [float(0xbe2e_2caa), float(0xbe41_2ce9), float(0x3e54_56c4)])
  }

  @Test(
    "uniform weights are PyTorch's, and the tuned start is the same",
    arguments: [Start.uniform, .tuned])
  func uniform(start: Start) throws {
    let modes = try someModes(inputs: 2, outputs: 2)
    let network = try started(section(start, hidden: 3, scales: [0.3, 0.7]), modes: modes)
    let (one, two) = (network.weights.layers[0], network.weights.layers[1])
    #expect(
      [one[0, 0], one[0, 1], one[2, 1]]
        == [float(0xbca8_a72d), float(0xbe24_3026), float(0xbe65_1062)])
    #expect([two[0, 0], two[1, 2]] == [float(0x3e44_cf44), float(0x3e8b_a6ef)])
  }

  @Test("a deep network draws layer after layer from one stream")
  func deep() throws {
    let modes = try someModes(inputs: 5, outputs: 3)
    let network = try started(section(.gaussian, depth: 4, scales: [1, 2, 3, 4]), modes: modes)
    var stream = TorchStream(seed: 12)
    for (layer, (count, scale)) in zip(
      network.weights.layers, [(20, 1.0), (16, 2), (16, 3), (12, 4)])
    {
      let drawn = stream.normals(count: count, mean: 0, deviation: scale)
      #expect(layer.elements == drawn.map(Double.init))
    }
  }

  @Test(
    "unsigned weights are the absolute values", arguments: [Start.gaussian, .kaiming, .uniform])
  func unsigned(start: Start) throws {
    let modes = try someModes(inputs: 5, outputs: 3)
    var chosen = section(start)
    let signed = try started(chosen, modes: modes)
    chosen.isUnsigned = true
    let unsigned = try started(chosen, modes: modes)
    #expect(signed.weights.layers[0].elements.contains { $0 < 0 })
    #expect(unsigned.weights.layers == signed.weights.layers.map { $0.map(abs) })
  }
}
