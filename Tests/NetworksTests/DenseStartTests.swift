import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Networks

@Suite("Starts of dense networks")
struct DenseStartTests {
  /// A network with a start, and the stream after it.
  private func started(
    _ shape: DenseShape, _ start: DenseNetworkSection.Start, scales: [Double], seed: Int = 12
  ) -> (network: DenseNetwork<Float>, next: Float) {
    var section = DenseNetworkSection()
    section.hidden = Array(shape.widths.dropFirst().dropLast())
    (section.start, section.scales) = (start, scales)
    var stream = TorchStream(seed: seed)
    let network = DenseNetwork<Float>(shape: shape, start: section, using: &stream)
    return (network, stream.uniformFloat())
  }

  static let shapes = [
    DenseShape(widths: [5, 2]), DenseShape(widths: [5, 40, 3]),
    DenseShape(widths: [5, 6, 4, 3], hasBiases: false), DenseShape(widths: [5, 6, 4, 3]),
  ]

  @Test(
    "layers are made as PyTorch makes them, then their weights are drawn again, biases are not",
    arguments: shapes, DenseNetworkSection.Start.allCases)
  func draws(shape: DenseShape, start: DenseNetworkSection.Start) {
    let scales = (1...shape.depth).map { 0.25 * Double($0) }
    let found = started(shape, start, scales: scales)
    var stream = TorchStream(seed: 12)
    let layers = (1...shape.depth).map { layer in
      stream.linearLayer(
        inputs: shape.widths[layer - 1], outputs: shape.widths[layer], bias: shape.hasBiases)
    }
    for (index, (layer, scale)) in zip(layers, scales).enumerated() {
      let (inputs, count) = (shape.widths[index], layer.weights.elements.count)
      // With a slope of √5 the gain is 1/√3, so the normal deviation is 1/√(3·inputs).
      let bound = 1 / Double(inputs).squareRoot()
      let expected: [Float] =
        switch start {
        case .torch: layer.weights.elements.map { $0 * Float(scale) }
        case .gaussian: stream.normals(count: count, deviation: scale)
        case .uniform: stream.uniforms(from: -scale, to: scale, count: count)
        case .kaiming where index + 1 == shape.depth:
          stream.uniforms(from: -bound, to: bound, count: count).map { $0 * Float(scale) }
        case .kaiming:
          stream.normals(count: count, deviation: bound / 3.0.squareRoot())
            .map { $0 * Float(scale) }
        }
      let weights = found.network.weights(index + 1).elements
      // The deviation is rounded once more or less, which moves the last digit of a Float.
      for (mine, theirs) in zip(weights, expected) { #expect(abs(mine - theirs) <= 2 * theirs.ulp) }
      #expect(weights.count == count)
      #expect(found.network.biases(index + 1) == layer.biases ?? [])
    }
    #expect(found.next == stream.uniformFloat(), "as much is drawn")
  }

  @Test("one scale stands for all layers, and the usual start has the scale 1")
  func scales() {
    let shape = DenseShape(widths: [5, 7, 3])
    var stream = TorchStream(seed: 4)
    let usual = DenseNetwork<Float>(shape: shape, start: DenseNetworkSection(), using: &stream)
    #expect(started(shape, .torch, scales: [1], seed: 4).network == usual)
    let half = started(shape, .torch, scales: [0.5], seed: 4).network
    for layer in 1...2 {
      #expect(half.weights(layer).elements == usual.weights(layer).elements.map { $0 / 2 })
      #expect(half.biases(layer) == usual.biases(layer))
    }
  }

  @Test(
    "weights have the variance that is said of them", arguments: DenseNetworkSection.Start.allCases)
  func variance(start: DenseNetworkSection.Start) {
    var section = DenseNetworkSection()
    (section.hidden, section.start, section.scales) = ([300], start, [0.5, 2])
    let network = started(DenseShape(widths: [50, 300, 20]), start, scales: [0.5, 2]).network
    for (layer, columns) in [(1, 50), (2, 300)] {
      let weights = network.weights(layer).elements.map { Double($0) }
      let found = weights.reduce(0) { $0 + $1 * $1 } / Double(weights.count)
      let expected = section.startVariance(ofLayer: layer, columns: columns)
      // A square of a normal number has the relative variance 2, of a uniform one 0.8.
      #expect(abs(found / expected - 1) < 4 * (2 / Double(weights.count)).squareRoot())
    }
  }
}
