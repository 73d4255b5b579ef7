import LearningProblems
import LinearAlgebra
import Scenarios
import Testing

@testable import Networks

@Suite("The start of a linear network")
struct LinearStartTests {
  @Test("a start is the same network in both spaces", arguments: Start.allCases, 1...3)
  func spaces(start: Start, depth: Int) throws {
    let modes = try someModes(inputs: 5, outputs: 3)
    func network(_ space: WeightSpace) throws -> LinearNetwork {
      var chosen = section(start, depth: depth, space: space)
      if start == .given {
        let widths = [5] + Array(repeating: 4, count: depth - 1) + [3]
        for (columns, rows) in zip(widths, widths.dropFirst()) {
          let row = (0..<columns).map { 0.1 * Double($0 + 1) }
          chosen.weights.append(Array(repeating: row, count: rows))
        }
      }
      return try started(chosen, modes: modes)
    }
    let (one, other) = (try network(.original), try network(.synaptic))
    #expect(one.space == .original && other.space == .synaptic)
    for (a, b) in zip(one.originalWeights.layers, other.originalWeights.layers) {
      #expect((a - b).largestMagnitude <= 1e-14)
    }
    #expect(one.weights.layers.map(\.rows) == Array(repeating: 4, count: depth - 1) + [3])
    #expect(one.product.largestMagnitude > 1e-6)
  }

  @Test("frozen layers have the rate 0, the others their own")
  func frozen() throws {
    var network = section(.diagonal, depth: 3)
    network.frozen = [2]
    var training = TrainingSection()
    training.rates = [0.1, 0.2, 0.3]
    training.weightDecay = [0.01]
    let rule = try network.stepRule(training, inputs: 5)
    #expect(rule.rates == [0.1, 0, 0.3])
    #expect(rule.weightDecay == [0.01, 0.01, 0.01])
    #expect(rule.inputRates == nil)
  }

  @Test("rates per input are one for each input")
  func inputRates() throws {
    let network = section(.diagonal, depth: 1)
    var training = TrainingSection()
    training.inputRates = [1, 2, 3]
    #expect(try network.stepRule(training, inputs: 3).inputRates == [1, 2, 3])
    #expect(throws: ScenarioError.self) { try network.stepRule(training, inputs: 5) }
  }
}
