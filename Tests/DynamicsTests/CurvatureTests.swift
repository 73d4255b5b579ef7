import LearningProblems
import LinearAlgebra
import Testing

@testable import Dynamics

@Suite("Curvature")
struct CurvatureTests {
  private func curvature(
    _ problem: RandomNetwork, _ weights: LinearWeights, _ rule: StepRule
  ) -> Curvature {
    Curvature(weights: weights, correlations: problem.correlations, rule: rule)
  }

  @Test("the gradient is that of the samples", arguments: 1...4)
  func gradients(depth: Int) throws {
    let problem = try RandomNetwork()
    let widths = Array([4, 6, 2].prefix(depth - 1)) + [3]
    let weights = RandomNetwork.weights([5] + widths)
    var manual = ManualGradient(
      inputs: problem.inputs, targets: problem.targets, widths: widths, divisor: 20)
    _ = manual.evaluate(at: weights.layers)
    let rule = StepRule(rates: Array(repeating: 1, count: depth))
    for (l, gradient) in curvature(problem, weights, rule).gradients.enumerated() {
      var gap = gradient
      manual.add(gradientOf: l, scale: -1, to: &gap)
      #expect(gap.largestMagnitude <= 1e-12 * gradient.largestMagnitude)
    }
  }

  @Test("products with vectors are differences of the gradient", arguments: 1...4)
  func differences(depth: Int) throws {
    let problem = try RandomNetwork()
    let widths = Array([4, 6, 2].prefix(depth - 1)) + [3]
    let weights = RandomNetwork.weights([5] + widths)
    let direction = RandomNetwork.weights([5] + widths, seed: 77)
    var rule = StepRule(
      rates: [0.3, 0, 0.2, 0.7].suffix(depth), weightDecay: [0.1, 0.2, 0, 0.4].suffix(depth))
    if depth == 1 { rule.inputRates = [0, 1, 2, 3, 4] }
    let roots = weights.layers.enumerated().map { l, layer in
      Matrix(rows: layer.rows, columns: layer.columns) { _, j in
        (rule.rates[l] * (l == 0 ? rule.inputRates?[j] ?? 1 : 1)).squareRoot()
      }
    }
    func moved(_ step: Double) -> [Matrix<Double>] {
      var moved = weights
      for l in moved.layers.indices {
        moved.layers[l].add(direction.layers[l].timesElementwise(roots[l]), scale: step)
      }
      return curvature(problem, moved, rule).gradients
    }
    let step = 1e-5
    let expected = zip(zip(moved(step), moved(-step)), roots).map { pair, root in
      (0.5 / step) * (pair.0 - pair.1).timesElementwise(root)
    }
    let seen = curvature(problem, weights, rule).times(direction.layers.flatMap(\.elements))
    let size = expected.map(\.largestMagnitude).max() ?? 0
    for (a, b) in zip(seen, expected.flatMap(\.elements)) {
      // Third derivatives times 1e-10, and rounding over 1e-5.
      #expect(abs(a - b) <= 1e-7 * size)
    }
  }

  @Test("the whole matrix is symmetric", arguments: 1...4)
  func symmetric(depth: Int) throws {
    let problem = try RandomNetwork()
    let widths = Array([4, 6, 2].prefix(depth - 1)) + [3]
    let weights = RandomNetwork.weights([5] + widths)
    let rule = StepRule(rates: [0.3, 0.1, 0.2, 0.7].suffix(depth))
    let matrix = curvature(problem, weights, rule).matrix()
    #expect((matrix - matrix.transposed).largestMagnitude <= 1e-13 * matrix.largestMagnitude)
  }
}
