import Foundation
import LearningProblems
import LinearAlgebra
import Networks
import RandomStreams
import Testing

@testable import Dynamics

@Suite("The minimum that a run should reach")
struct ExpectedMinimumTests {
  /// Samples whose modes are decoupled, with the given variances and strengths S of the fit.
  private func decoupled(
    variances: [Double], values: [Double], outputs: Int
  ) throws -> RandomNetwork {
    var stream = NumPyStream(seed: UInt32(6))
    let right = try haarOrthogonal(variances.count, using: &stream)
    let left = try haarOrthogonal(outputs, using: &stream)
    let roots = Matrix.diagonal(variances.map { $0.squareRoot() })
    let inputs = roots.times(right, right: .transposed)
    let fit = (left * Matrix.diagonal(values, rows: outputs, columns: variances.count))
      .times(right, right: .transposed)
    // Rows count as samples, over which the mean is taken.
    let scale = Double(variances.count).squareRoot()
    return try RandomNetwork(
      inputs: scale * inputs, targets: (scale * inputs).times(fit, right: .transposed))
  }

  private func problem(
    _ network: RandomNetwork, _ weights: LinearWeights, _ rule: StepRule
  ) throws -> LearningProblem {
    try LearningProblem(
      correlations: network.correlations, modes: network.modes, initialWeights: weights, rule: rule)
  }

  /// k_max where a run ends up whose rates are the rule's times `factor`, at the rule's rates.
  private func curvatureReached(
    _ network: RandomNetwork, _ weights: LinearWeights, _ rule: StepRule, factor: Double,
    steps: Int
  ) throws -> Double {
    var slow = rule
    slow.rates = rule.rates.map { $0 * factor }
    var descent = network.descent(weights, rule: slow)
    #expect(descent.advance(to: steps) == false)
    return try StepSizeBound.at(
      weights: descent.network.weights, correlations: network.correlations, rule: rule
    ).curvature
  }

  @Test("the notebook's problem leaves its minimum above η = 2/101")
  func notebook() throws {
    let network = try decoupled(variances: [100, 1], values: [0.01001, 1], outputs: 2)
    let start = DiagonalStart(first: [0.05, 0.05], second: [0.05, 0.05])
      .synapticWeights(inputs: 2, hidden: 2, outputs: 2).rotated(outOf: network.modes)
    let bound = try StepSizeBound(problem: problem(network, start, StepRule(rates: [1, 1])))
    #expect(bound.minimum == .aligned)
    // 100·(0.01001 + 1), balanced: a² = b² = S in both modes.
    #expect(abs(bound.curvature - 101.001) <= 1e-9 * 101)
    #expect(!bound.isStable && abs(bound.largestRates[0] - 2 / 101.001) <= 1e-10)
  }

  @Test("the aligned bound is that of the closed formula", arguments: [(3, 4), (4, 3)])
  func alignedFormula(inputs: Int, outputs: Int) throws {
    let variances = [4, 1, 0.3, 2].prefix(inputs).map(\.self)
    let network = try decoupled(variances: variances, values: [1.5, 0.8, 0.4], outputs: outputs)
    let (first, second) = ([0.9, 0.2, 0.5, 0.7], [0.1, 1.1, 0.3, 1.6])
    let rates = [0.03, 0.05]
    let hidden = 5
    let start = DiagonalStart(
      first: Array(first.prefix(inputs)), second: Array(second.prefix(outputs))
    ).synapticWeights(inputs: inputs, hidden: hidden, outputs: outputs)
      .rotated(outOf: network.modes)
    let bound = try StepSizeBound(problem: problem(network, start, StepRule(rates: rates)))
    #expect(bound.minimum == .aligned)
    var (a, b) = ([Double](), [Double]())
    for i in 0..<3 {
      let c = rates[1] * first[i] * first[i] - rates[0] * second[i] * second[i]
      let q = (c * c + 4 * rates[0] * rates[1] * pow(network.modes.values[i], 2)).squareRoot()
      a.append((q + c) / 2)
      b.append((q - c) / 2)
    }
    if inputs > 3 { a.append(rates[1] * first[3] * first[3]) }
    if outputs > 3 { b.append(rates[0] * second[3] * second[3]) }
    let largest = b.max() ?? 0
    let expected = a.indices.map { network.modes.metric[$0, $0] * (a[$0] + largest) }.max() ?? 0
    #expect(abs(bound.curvature - expected) <= 1e-10 * expected)
  }

  @Test("aligned runs of any depth end at the minimum that was expected", arguments: 2...4)
  func alignedReached(depth: Int) throws {
    let network = try decoupled(variances: [2, 1, 0.5], values: [1.2, 0.8], outputs: 2)
    let diagonals = [[0.9, 0.6, 0.7], [0.5, -1.1, 0.8, 0.9], [1.2, 0.7, 0.4, 0.3], [0.8, 0.9]]
    let rates = [0.02, 0.01, 0.03, 0.015]
    let chosen = depth == 4 ? [0, 1, 2, 3] : depth == 3 ? [0, 1, 3] : [0, 3]
    var stream = NumPyStream(seed: UInt32(2))
    let start = DiagonalStart(diagonals: chosen.map { diagonals[$0] }).synapticWeights(
      inputs: 3, hidden: 4, outputs: 2,
      rotations: try (1..<depth).map { _ in try haarOrthogonal(4, using: &stream) }
    ).rotated(outOf: network.modes)
    let rule = StepRule(rates: chosen.map { rates[$0] })
    let bound = try StepSizeBound(problem: problem(network, start, rule))
    #expect(bound.minimum == .aligned)
    let reached = try curvatureReached(network, start, rule, factor: 0.1, steps: 20_000)
    // The balances drift by the order of the rates, 0.003.
    #expect(abs(bound.curvature - reached) <= 0.01 * reached)
  }

  @Test("small starts end near the balanced minimum", arguments: [2, 5], 2...3)
  func small(hidden: Int, depth: Int) throws {
    let network = try RandomNetwork(samples: 8)
    let widths = Array(repeating: hidden, count: depth - 1) + [3]
    let start = RandomNetwork.weights([5] + widths, scale: 0.01)
    let rule = StepRule(rates: Array([0.02, 0.05, 0.03].prefix(depth)))
    let bound = try StepSizeBound(problem: problem(network, start, rule))
    #expect(bound.minimum == .smallStart)
    let reached = try curvatureReached(network, start, rule, factor: 1, steps: 60_000)
    #expect(abs(bound.curvature - reached) <= 0.03 * reached, "\(bound.curvature) \(reached)")
  }

  @Test("the small-start formula of two layers")
  func smallFormula() throws {
    let network = try RandomNetwork()
    let start = RandomNetwork.weights([5, 6, 3], scale: 1e-4)
    let bound = try StepSizeBound(problem: problem(network, start, StepRule(rates: [0.01, 0.04])))
    let root = try network.correlations.input.symmetricRoot()
    let modes = network.modes
    let magnitude = (modes.right * Matrix.diagonal(modes.values, rows: 5, columns: 5))
      .times(modes.right, right: .transposed)
    let sum = modes.values[0] * network.correlations.input + root * magnitude * root
    let expected = 0.02 * (try sum.symmetricEigen().values[0])
    #expect(abs(bound.curvature - expected) <= 1e-9 * expected)
  }

  @Test(
    "other starts are followed to where they lead",
    arguments: [
      StepRule(rates: [0.02, 0.05]), StepRule(rates: [0.02, 0]),
      StepRule(rates: [0.05, 0.05], weightDecay: [0.1, 0.02]),
      StepRule(rates: [0.02, 0.05, 0.03]),
    ])
  func approached(rule: StepRule) throws {
    let network = try RandomNetwork()
    let start = RandomNetwork.weights([5, 6, 6, 3].suffix(rule.rates.count + 1), scale: 0.5)
    var whole = start
    whole.layers[0] = RandomNetwork.weights([5, 6], scale: 0.5).layers[0]
    let bound = try StepSizeBound(problem: problem(network, whole, rule))
    #expect(bound.minimum == .approached(isReached: true))
    let reached = try curvatureReached(network, whole, rule, factor: 0.1, steps: 100_000)
    #expect(abs(bound.curvature - reached) <= 0.03 * reached, "\(bound.curvature) \(reached)")
  }

  @Test("a single layer has the same bound everywhere")
  func single() throws {
    let network = try RandomNetwork()
    let start = RandomNetwork.weights([5, 3])
    let plain = try StepSizeBound(problem: problem(network, start, StepRule(rates: [0.1])))
    #expect(plain.minimum == .everywhere)
    #expect(abs(plain.curvature - 0.1 * network.modes.inputEigenvalues[0]) <= 1e-8)
    let scaled = try StepSizeBound(
      problem: problem(network, start, StepRule(rates: [0.1], inputRates: [1, 0, 2, 3, 4])))
    let root = Matrix.diagonal([1, 0, 2, 3, 4].map { (0.1 * $0).squareRoot() })
    let expected = try (root * network.correlations.input * root).symmetricEigen().values[0]
    #expect(abs(scaled.curvature - expected) <= 1e-8)
  }

  @Test("entries of a mode keep the balances and have the product")
  func entries() throws {
    let rule = StepRule(rates: [0.1, 0.4, 0, 0.2])
    let start = [0.3, 0.5, 2, 0.1]
    let found = try #require(rule.entries(atProduct: 0.7, from: start))
    #expect(abs(found.reduce(1, *) - 0.7) <= 1e-14)
    #expect(found[2] == 2)
    func balance(_ entries: [Double], _ l: Int) -> Double {
      entries[l] * entries[l] / rule.rates[l] - entries[0] * entries[0] / rule.rates[0]
    }
    for l in [1, 3] { #expect(abs(balance(found, l) - balance(start, l)) <= 1e-13) }
    #expect(rule.entries(atProduct: 0, from: start)?.contains(0) == true)
    #expect(rule.entries(atProduct: 1, from: [1, 1, 0, 1]) == nil)
  }
}
