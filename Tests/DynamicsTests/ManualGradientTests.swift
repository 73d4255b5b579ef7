import LinearAlgebra
import Testing

@testable import Dynamics

@Suite("Gradients by hand")
struct ManualGradientTests {
  @Test("gradients by hand and by differentiation agree at every depth", arguments: 1...4)
  func agree(depth: Int) throws {
    let problem = try RandomNetwork()
    let widths = Array([4, 6, 2].prefix(depth - 1)) + [3]
    let weights = RandomNetwork.weights([5] + widths).layers
    var manual = ManualGradient(
      inputs: problem.inputs, targets: problem.targets, widths: widths, divisor: 20)
    var automatic = AutodiffGradient(
      inputs: problem.inputs, targets: problem.targets, widths: widths, divisor: 20)
    let losses = (manual.evaluate(at: weights), automatic.evaluate(at: weights))
    #expect(abs(losses.0 - losses.1) <= 1e-12 * losses.0)
    for (l, layer) in weights.enumerated() {
      var one = Matrix<Double>(rows: layer.rows, columns: layer.columns)
      var other = one
      manual.add(gradientOf: l, scale: 1, to: &one)
      automatic.add(gradientOf: l, scale: 1, to: &other)
      // Sums over twenty samples and up to four layers round to about 1e-15 of the largest entry.
      #expect((one - other).largestMagnitude <= 1e-12 * one.largestMagnitude)
      #expect(one.largestMagnitude > 0.01)
    }
  }

  @Test("gradients are the limits of differences of the loss", arguments: 1...4)
  func differences(depth: Int) throws {
    let problem = try RandomNetwork()
    let widths = Array([4, 6, 2].prefix(depth - 1)) + [3]
    let weights = RandomNetwork.weights([5] + widths).layers
    var gradient = ManualGradient(
      inputs: problem.inputs, targets: problem.targets, widths: widths, divisor: 20)
    _ = gradient.evaluate(at: weights)
    for l in weights.indices {
      var slope = Matrix<Double>(rows: weights[l].rows, columns: weights[l].columns)
      gradient.add(gradientOf: l, scale: 1, to: &slope)
      var (ahead, behind) = (weights, weights)
      let step = 1e-5
      ahead[l][1, 1] += step
      behind[l][1, 1] -= step
      var probe = gradient
      // J is half the loss and quadratic in one weight, so central differences only round.
      let difference = (probe.evaluate(at: ahead) - probe.evaluate(at: behind)) / (4 * step)
      #expect(abs(difference - slope[1, 1]) <= 1e-8 * max(1, slope.largestMagnitude))
    }
  }
}
