import LearningProblems
import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Networks

@Suite("Diagonal starts")
struct DiagonalStartTests {
  @Test("seed 12 draws the notebook's four numbers, first layer first")
  func notebookDraws() {
    var stream = TorchStream(seed: UInt64(12))
    let start = DiagonalStart(
      drawing: [0.1, 0.1], inputs: 2, hidden: 50, outputs: 2, using: &stream)
    #expect(start.first == [-0.021381381899118423, -0.13779625296592712])
    #expect(start.second == [-0.005461788270622492, 0.04515457525849342])
  }

  @Test(
    "the product is diagonal with entries aᵢbᵢ, whatever the rotation",
    arguments: [(3, 5, 2), (2, 1, 3), (4, 2, 4), (1, 1, 1)])
  func product(inputs: Int, hidden: Int, outputs: Int) throws {
    var stream = try NumPyStream(seed: 3)
    let start = DiagonalStart(
      first: (0..<min(hidden, inputs)).map { Double($0 + 1) },
      second: (0..<min(hidden, outputs)).map { Double(10 * ($0 + 1)) })
    let plain = start.synapticWeights(inputs: inputs, hidden: hidden, outputs: outputs)
    let turned = start.synapticWeights(
      inputs: inputs, hidden: hidden, outputs: outputs,
      rotation: try haarOrthogonal(hidden, using: &stream))
    let common = min(start.first.count, start.second.count)
    let expected = Matrix.diagonal(
      (0..<common).map { start.first[$0] * start.second[$0] }, rows: outputs, columns: inputs)
    #expect(plain.product == expected)
    // An orthogonal matrix of doubles is orthogonal to a few ulp; entries are up to 160.
    #expect((turned.product - expected).largestMagnitude < 1e-12)
  }

  @Test("fixed diagonals equal the scales, in both spaces")
  func fixed() throws {
    var section = LinearNetworkSection()
    section.start = .diagonalFixed
    section.scales = [0.3, 0.5]
    section.hidden = 4
    let correlations = try Correlations(
      input: Matrix([[2, 1], [1, 3]]), inputOutput: Matrix([[1, 2], [0, 1]]))
    let modes = try Modes(of: correlations)
    for space in WeightSpace.allCases {
      section.space = space
      var numPy = try NumPyStream(seed: 1)
      var torch = TorchStream(seed: UInt64(1))
      let network = try section.start(
        modes: modes, needsLayers: false, numPy: &numPy, torch: &torch)
      let expected = Matrix.diagonal([0.15, 0.15])
      #expect((network.synapticProduct - expected).largestMagnitude < 1e-15)
      #expect(
        (network.product - modes.map(withCoordinates: expected)).largestMagnitude < 1e-15)
    }
  }
}
