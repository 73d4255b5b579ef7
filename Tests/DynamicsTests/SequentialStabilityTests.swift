import LearningProblems
import LinearAlgebra
import Testing

@testable import Dynamics

@Suite("Stability of sequential updates")
struct SequentialStabilityTests {
  /// For a pair that commutes, the step is (1 − fA)(1 − fB); both roots of its bound are known.
  @Test(
    "a commuting pair leaves at the known factor",
    arguments: [
      (1.0, 1.0), (1, 3), (1, 5.8), (1, 5.9), (1, 20), (0, 2), (0.3, 0),
    ])
  func pair(a: Double, b: Double) throws {
    let family = SequentialFamily(terms: [
      Matrix([[-(a + b)]]), Matrix([[a * b]]),
    ])
    let (sum, product) = (a + b, a * b)
    let expected =
      product == 0
      ? 2 / sum
      : sum * sum < 8 * product
        ? sum / product : (sum - (sum * sum - 8 * product).squareRoot()) / (2 * product)
    let found = family.largestFactor(from: 2 / max(a, b))
    // Bisection to 1e-4, and powers that grow by less than 1e-5 a step count as stable.
    #expect(abs(found - expected) <= 2e-4 * expected, "\(found) for \(expected)")
  }

  @Test("the split form agrees with the whole step", arguments: 1...15)
  func split(seed: Int) throws {
    let (problem, weights) = try RandomMinimum(seed: UInt32(seed)).draw()
    var rule = StepRule(rates: [0.3, 0.7], order: .sequential)
    let plain = Curvature(weights: weights, correlations: problem.correlations, rule: rule)
    guard plain.hasClosedForm else { return }
    let split = try plain.largestSequentialFactor()
    // A rate per input of 1 is no change, but takes the general way.
    rule.inputRates = Array(repeating: 1, count: problem.correlations.inputs)
    let whole = try Curvature(
      weights: weights, correlations: problem.correlations, rule: rule
    ).largestSequentialFactor()
    #expect(split.isTight && whole.isTight)
    #expect(abs(split.factor - whole.factor) <= 3e-4 * whole.factor)
    #expect(split.factor >= 2 / (try plain.largestEigenvalue()) * (1 - 1e-9))
  }

  @Test("blocks of the layers are those of the whole Hessian", arguments: 1...6)
  func blocks(seed: Int) throws {
    let (problem, weights) = try RandomMinimum(seed: UInt32(seed), depth: 3).draw()
    let rule = StepRule(rates: [0.3, 0.7, 0.2], weightDecay: [0.1, 0, 0.2])
    let curvature = Curvature(weights: weights, correlations: problem.correlations, rule: rule)
    let matrix = curvature.matrix()
    var (position, largest) = (0, 0.0)
    for layer in weights.layers {
      let range = position..<position + layer.elements.count
      largest = max(
        largest, try matrix.rows(range).columns(range).symmetricEigen().values[0])
      position = range.upperBound
    }
    let seen = try curvature.largestBlockEigenvalue()
    #expect(abs(seen - largest) <= 1e-12 * largest)
  }
}
