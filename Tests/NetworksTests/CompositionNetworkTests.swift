import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Networks

@Suite("Composition networks")
struct CompositionNetworkTests {
  static func section(_ form: CompositionNetworkSection.Form) -> CompositionNetworkSection {
    var section = CompositionNetworkSection()
    section.form = form
    section.embedding = 3
    section.hidden = form == .relu ? 5 : section.hidden
    return section
  }

  @Test("parameters lie one after the other")
  func shapes() {
    let bilinear = CompositionShape(Self.section(.bilinear), elements: 4)
    #expect(bilinear.parameterCount == 3 * 12 && bilinear.hidden == 3)
    #expect(bilinear.arrays.map(\.name) == ["W_x", "W_y", "W_U"])
    #expect(bilinear.layers == [0..<12, 12..<24, 24..<36])
    #expect(bilinear.mixing.isEmpty && bilinear.readout == 24..<36)
    let relu = CompositionShape(Self.section(.relu), elements: 4)
    #expect(relu.parameterCount == 24 + 30 + 20 && relu.hidden == 5)
    #expect(relu.mixing == 24..<54 && relu.readout == 54..<74)
    #expect(relu.array("W")?.sizes == [6, 5])
  }

  @Test(
    "hidden units are what the formulas say",
    arguments: [CompositionNetworkSection.Form.bilinear, .relu])
  func hidden(form: CompositionNetworkSection.Form) {
    let shape = CompositionShape(Self.section(form), elements: 4)
    var stream = TorchStream(seed: 3)
    let network = CompositionNetwork<Float>(shape: shape, using: &stream).widened
    let (x, y) = (network.leftEmbedding, network.rightEmbedding)
    let hidden = network.hiddenOfAllPairs()
    for pair in 0..<16 {
      let (a, b) = (x.row(pair / 4), y.row(pair % 4))
      for unit in 0..<shape.hidden {
        let expected: Double
        if let mixing = network.mixing {
          let side = a + b
          expected = max(0, (0..<6).reduce(0) { $0 + side[$1] * mixing[$1, unit] })
        } else {
          expected = a[unit] * b[unit]
        }
        #expect(abs(hidden[pair, unit] - expected) < 1e-14)
      }
    }
  }

  @Test("the start is normal with variance 1 over the width that is summed over")
  func start() {
    var section = CompositionNetworkSection()
    section.form = .relu
    section.embedding = 64
    section.hidden = 100
    let shape = CompositionShape(section, elements: 120)
    var stream = TorchStream(seed: 1)
    let network = CompositionNetwork<Float>(shape: shape, using: &stream).widened
    for (name, width) in [("W_x", 64.0), ("W_y", 64), ("W", 128), ("W_U", 100)] {
      guard let range = shape.array(name)?.range else { continue }
      let values = network.parameters[range]
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let variance = values.reduce(0) { $0 + $1 * $1 } / count * width
      // Four standard errors.
      #expect(abs(mean) < 4 / (width * count).squareRoot())
      #expect(abs(variance - 1) < 4 * (2 / count).squareRoot(), "\(name)")
    }
  }
}
