import LinearAlgebra
import Networks
import Scenarios
import Testing

@Suite("Constant starts")
struct ConstantStartTests {
  @Test("every weight equals its layer's scale, exactly", arguments: 1...4)
  func constants(depth: Int) throws {
    let modes = try someModes(inputs: 5, outputs: 3)
    let scales = Array([0.1, 0.2, 0.3, 0.4].prefix(depth))
    let network = try started(section(.constant, depth: depth, scales: scales), modes: modes)
    for (layer, scale) in zip(network.weights.layers, scales) {
      #expect(layer.elements.allSatisfy { $0 == scale })
    }
    #expect(network.weights.layers.first?.columns == 5 && network.weights.layers.last?.rows == 3)
  }

  @Test("the synaptic start is the same network")
  func spaces() throws {
    let modes = try someModes(inputs: 5, outputs: 3)
    let one = try started(section(.constant, space: .original), modes: modes)
    let other = try started(section(.constant, space: .synaptic), modes: modes)
    #expect((one.product - other.product).largestMagnitude <= 1e-14)
    #expect((one.weights.product - other.weights.product).largestMagnitude > 0.01)
  }
}
