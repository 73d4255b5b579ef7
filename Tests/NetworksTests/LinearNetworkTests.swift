import LearningProblems
import LinearAlgebra
import Scenarios
import Testing

@testable import Networks

@Suite("A linear network in its two spaces")
struct LinearNetworkTests {
  private let modes: Modes
  private let weights = LinearWeights([
    Matrix([[1, 2, -1], [0, 3, 1]]), Matrix([[2, -1], [1, 1]]),
  ])

  init() throws {
    modes = try Modes(
      of: Correlations(
        input: Matrix([[4, 1, 0], [1, 3, 1], [0, 1, 2]]),
        inputOutput: Matrix([[1, 2, 0], [0, 1, 5]])))
  }

  @Test("the same weights in either space are the same map and predict the same outputs")
  func spaces() {
    let original = LinearNetwork(weights: weights, space: .original, modes: modes)
    let synaptic = LinearNetwork(
      weights: weights.rotated(into: modes), space: .synaptic, modes: modes)
    #expect(original.product == weights.product)
    // Rotations by orthogonal matrices of doubles: a few ulp of entries below 10.
    #expect((synaptic.product - original.product).largestMagnitude < 1e-13)
    #expect((synaptic.synapticProduct - original.synapticProduct).largestMagnitude < 1e-13)
    for (a, b) in zip(synaptic.originalWeights.layers, weights.layers) {
      #expect((a - b).largestMagnitude < 1e-13)
    }
    let inputs = Matrix<Double>([[1, 0, 2], [3, -1, 1]])
    let direct = inputs.times(original.product, right: .transposed)
    let turned = synaptic.coordinates(ofInputs: inputs)
      .times(synaptic.weights.product, right: .transposed)
    #expect((turned - synaptic.coordinates(ofTargets: direct)).largestMagnitude < 1e-12)
  }
}
