import LearningProblems
import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Networks

@Suite("Balanced starts")
struct BalancedStartTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var inputs = 5
    var hidden = 4
    var outputs = 3
    var balance = 0.0
    var rates = [0.01, 0.01]
    var testDescription: String { "d \(inputs), h \(hidden), o \(outputs), λ \(balance), \(rates)" }
  }

  static let cases = [
    Case(), Case(hidden: 9), Case(hidden: 2, rates: [0.01, 0.04]),
    Case(balance: -0.7), Case(hidden: 5, balance: -2, rates: [0.03, 0.01]),
    Case(inputs: 3, outputs: 6, balance: 0.7, rates: [0.001, 0.1]),
    Case(inputs: 3, hidden: 6, outputs: 6, balance: 1e-9), Case(hidden: 1, balance: 1e3),
  ]

  @Test("the balance is λ times the identity", arguments: cases)
  func balance(of test: Case) throws {
    let modes = try someModes(inputs: test.inputs, outputs: test.outputs)
    var chosen = section(.balanced, hidden: test.hidden, scales: [0.5, 0.8])
    chosen.balance = test.balance
    let network = try started(chosen, modes: modes, rates: test.rates)
    let balance = network.weights.balances(rates: test.rates)[0]
    let gap = balance - test.balance * .identity(test.hidden)
    // Rounding of the squares of the weights, scaled by the ratio of rates.
    let size = network.weights.layers.map(\.squaredNorm).reduce(0, +)
    #expect(gap.largestMagnitude <= 1e-14 * size * 10)
  }

  @Test(
    "the singular values of the product are absolute normals times both scales", arguments: cases)
  func strengths(of test: Case) throws {
    let modes = try someModes(inputs: test.inputs, outputs: test.outputs)
    var chosen = section(.balanced, hidden: test.hidden, scales: [0.5, 0.8])
    chosen.balance = test.balance
    let network = try started(chosen, modes: modes, rates: test.rates)
    var stream = try NumPyStream(seed: 12)
    let left = try haarOrthogonal(test.outputs, using: &stream)
    let right = try haarOrthogonal(test.inputs, using: &stream)
    let count = min(test.inputs, test.hidden, test.outputs)
    let strengths = stream.normals(count: count).map { abs($0) * 0.5 * 0.8 }
    let diagonal = Matrix.diagonal(strengths, rows: test.outputs, columns: test.inputs)
    let expected = (left * diagonal).times(right, right: .transposed)
    #expect((network.product - expected).largestMagnitude <= 1e-14 * 10)
    let plain = try started(chosen, modes: modes, rates: test.rates, needsLayers: false)
    #expect((plain.product - network.product).largestMagnitude <= 1e-14 * 10)
  }

  @Test("deep layers are balanced with their neighbours", arguments: 3...4)
  func deep(depth: Int) throws {
    let modes = try someModes(inputs: 5, outputs: 3)
    let rates = Array([0.01, 0.02, 0.005, 0.03].prefix(depth))
    let network = try started(section(.balanced, depth: depth), modes: modes, rates: rates)
    for balance in network.weights.balances(rates: rates) {
      #expect(balance.largestMagnitude <= 1e-15)
    }
    #expect(network.weights.norms.allSatisfy { $0 > 0.1 })
  }

  @Test("sizes that cannot carry the balance are refused with a sentence")
  func refusals() throws {
    let modes = try someModes(inputs: 5, outputs: 3)
    var chosen = section(.balanced, hidden: 4)
    chosen.balance = 1
    let positive = #expect(throws: ScenarioError.self) { try started(chosen, modes: modes) }
    #expect(
      positive?.description
        == "network.balance is 1.0, which 4 hidden units and 3 outputs cannot have: "
        + "choose a hidden width of at most 3, or the balance 0.")
    chosen.balance = -1
    #expect(throws: Never.self) { try started(chosen, modes: modes) }
    #expect(throws: ScenarioError.self) { try started(chosen, modes: modes, rates: [0, 0.1]) }
    chosen.hidden = 6
    #expect(throws: ScenarioError.self) { try started(chosen, modes: modes) }
  }
}
