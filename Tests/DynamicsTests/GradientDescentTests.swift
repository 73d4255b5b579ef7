import LearningProblems
import LinearAlgebra
import Networks
import RandomStreams
import Scenarios
import Testing

@testable import Dynamics

/// Random samples with a network on them, everything generic.
struct RandomNetwork {
  var inputs: Matrix<Double>
  var targets: Matrix<Double>
  var correlations: Correlations
  var modes: Modes

  init(samples: Int = 20, inputs d: Int = 5, outputs: Int = 3, seed: UInt32 = 3) throws {
    var stream = NumPyStream(seed: seed)
    let inputs = stream.normals(rows: samples, columns: d)
    try self.init(inputs: inputs, targets: stream.normals(rows: samples, columns: outputs))
  }

  init(inputs: Matrix<Double>, targets: Matrix<Double>) throws {
    self.inputs = inputs
    self.targets = targets
    correlations = try Correlations(inputs: inputs, targets: targets, reduction: .mean)
    modes = try Modes(of: correlations)
  }

  func descent(
    _ weights: LinearWeights, rule: StepRule, space: WeightSpace = .original
  ) -> GradientDescent<ManualGradient> {
    let network = LinearNetwork(
      weights: space == .original ? weights : weights.rotated(into: modes), space: space,
      modes: modes)
    return GradientDescent(
      network: network, rule: rule,
      gradient: ManualGradient(
        inputs: network.coordinates(ofInputs: inputs),
        targets: network.coordinates(ofTargets: targets), widths: weights.layers.map(\.rows),
        divisor: Double(inputs.rows)),
      largestLoss: 1e6)
  }

  /// Normal weights of the given widths, inputs first.
  static func weights(_ widths: [Int], scale: Double = 1, seed: UInt32 = 8) -> LinearWeights {
    var stream = NumPyStream(seed: seed)
    return LinearWeights(
      zip(widths, widths.dropFirst()).map { columns, rows in
        scale * stream.normals(rows: rows, columns: columns)
      })
  }
}

@Suite("Literal gradient descent")
struct GradientDescentTests {
  @Test("rates per input multiply the columns of the gradient, in both spaces")
  func inputRates() throws {
    let problem = try RandomNetwork()
    let start = RandomNetwork.weights([5, 3])
    let factors = [1, 0.5, 2, 0, 1.5]
    let rule = StepRule(rates: [0.05], weightDecay: [0.1], inputRates: factors)
    var expected = start.layers[0]
    for _ in 0..<20 {
      let slope =
        expected * problem.correlations.input - problem.correlations.inputOutput + 0.1 * expected
      expected = expected - 0.05 * (slope * Matrix.diagonal(factors))
    }
    for space in WeightSpace.allCases {
      var descent = problem.descent(start, rule: rule, space: space)
      let diverged = descent.advance(to: 20)
      #expect(!diverged)
      // Twenty steps of products over five inputs and twenty samples.
      #expect((descent.network.product - expected).largestMagnitude <= 1e-13)
    }
    #expect((expected - start.layers[0]).column(3).allSatisfy { $0 == 0 })
  }

  @Test("frozen layers do not move and weight decay shrinks what the gradient leaves")
  func frozenAndDecay() throws {
    var problem = try RandomNetwork()
    problem.targets = Matrix(rows: 20, columns: 3)
    var start = RandomNetwork.weights([5, 4, 4, 3])
    start.layers[0] = Matrix(rows: 4, columns: 5)
    let rule = StepRule(rates: [0.1, 0, 0.2], weightDecay: [0.3, 0.3, 0.5])
    var descent = problem.descent(start, rule: rule)
    let diverged = descent.advance(to: 3)
    #expect(!diverged)
    // The gradient vanishes: the map is zero and so are the targets.
    #expect(descent.network.weights.layers[1] == start.layers[1])
    let kept = 1 - 0.2 * 0.5
    let expected = start.layers[2].map { $0 * kept * kept * kept }
    #expect((descent.network.weights.layers[2] - expected).largestMagnitude <= 1e-15)
  }

  @Test("a λ-balanced start keeps its balance to second order in the rate per step")
  func balanceOrder() throws {
    let problem = try RandomNetwork()
    for (balance, ratio) in [(0.0, 1.0), (-0.8, 1), (-0.5, 3), (0.6, 0.2)] {
      var section = LinearNetworkSection()
      section.start = .balanced
      section.hidden = 3
      section.scales = [0.7]
      section.balance = balance
      section.space = .original
      let rates = (4...9).map { 0.1 / Double(1 << $0) }
      var changes: [Double] = []
      for rate in rates {
        let rule = StepRule(rates: [rate * ratio, rate / ratio])
        var (numPy, torch) = (try NumPyStream(seed: 12), TorchStream(seed: 12))
        let network = try section.start(
          modes: problem.modes, rule: rule, needsLayers: true, numPy: &numPy, torch: &torch)
        let before = network.weights.balances(rates: rule.rates)[0]
        #expect((before - balance * .identity(3)).largestMagnitude <= 1e-14)
        var descent = problem.descent(network.weights, rule: rule)
        let diverged = descent.advance(to: 1)
        #expect(!diverged)
        changes.append((descent.network.weights.balances(rates: rule.rates)[0] - before).norm)
      }
      let slope = logarithmicSlope(rates, changes)
      #expect(abs(slope - 2) <= 0.01, "slope \(slope) at λ = \(balance)")
    }
  }
}
