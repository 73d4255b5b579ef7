import LinearAlgebra
import Networks
import RandomStreams
import Scenarios
import Testing

@Suite("Diagonal starts")
struct DiagonalStartTests {
  @Test("the product is the product of the diagonals at every depth", arguments: 1...4)
  func product(depth: Int) throws {
    let modes = try someModes(inputs: 5, outputs: 3)
    let scales = Array([0.3, 0.5, 0.7, 0.2].prefix(depth))
    let network = try started(
      section(.diagonal, depth: depth, scales: scales, space: .synaptic), modes: modes)
    var stream = TorchStream(seed: 12)
    let counts = depth == 1 ? [3] : [4] + Array(repeating: 4, count: depth - 2) + [3]
    let drawn = zip(counts, scales).map { stream.normals(count: $0, mean: 0, deviation: $1) }
    let expected = Matrix.diagonal(
      (0..<3).map { i in drawn.reduce(1) { $0 * Double($1[i]) } }, rows: 3, columns: 5)
    // Up to four products with an orthogonal matrix and its transpose of size 4.
    #expect((network.weights.product - expected).largestMagnitude <= 1e-14)
    #expect(network.weights.depth == depth)
  }

  @Test("rotations change the layers and not the product")
  func rotations() throws {
    let modes = try someModes(inputs: 5, outputs: 3)
    let chosen = section(.diagonal, depth: 3, space: .synaptic)
    let plain = try started(chosen, modes: modes, needsLayers: false)
    let turned = try started(chosen, modes: modes, needsLayers: true)
    #expect((plain.product - turned.product).largestMagnitude <= 1e-14)
    #expect((plain.weights.layers[1] - turned.weights.layers[1]).largestMagnitude > 0.01)
    #expect(
      plain.weights.layers[1] == Matrix.diagonal(plain.weights.layers[1].diagonal))
  }

  @Test("fixed entries are the scales, exactly")
  func fixed() throws {
    let modes = try someModes(inputs: 2, outputs: 3)
    let network = try started(
      section(.diagonalFixed, scales: [0.1, 0.2], space: .synaptic), modes: modes,
      needsLayers: false)
    #expect(network.weights.layers[0] == .diagonal([0.1, 0.1], rows: 4, columns: 2))
    #expect(network.weights.layers[1] == .diagonal([0.2, 0.2, 0.2], rows: 3, columns: 4))
  }

  @Test("unsigned draws are the absolute values of the draws")
  func unsigned() throws {
    let modes = try someModes(inputs: 5, outputs: 3)
    var chosen = section(.diagonal, space: .synaptic)
    let signed = try started(chosen, modes: modes, needsLayers: false)
    chosen.isUnsigned = true
    let unsigned = try started(chosen, modes: modes, needsLayers: false)
    #expect(signed.weights.layers.contains { $0.elements.contains { $0 < 0 } })
    #expect(unsigned.weights.layers == signed.weights.layers.map { $0.map(abs) })
  }
}
