import LearningProblems
import LinearAlgebra
import Networks
import RandomStreams
import Scenarios
import Testing

@Suite("Starts with given strengths or weights")
struct GivenStrengthsTests {
  static func start(
    strengths: [Double], balance: Double, rates: [Double]
  ) throws -> (weights: LinearWeights, rule: StepRule) {
    let modes = try someModes(inputs: 3, outputs: 2)
    var section = section(.diagonalFixed, space: .synaptic)
    section.strengths = strengths
    section.balance = balance
    var training = TrainingSection()
    training.rates = rates
    let rule = try section.stepRule(training, inputs: 3)
    var (numPy, torch) = (NumPyStream(seed: 1 as UInt32), TorchStream(seed: 1))
    let network = try section.start(
      modes: modes, rule: rule, needsLayers: false, numPy: &numPy, torch: &torch)
    return (network.weights, rule)
  }

  @Test(
    "every mode has its strength and the balance, whatever the rates",
    arguments: [0.0, 0.3, -2, 1e5], [[0.1, 0.1], [0.01, 0.09]])
  func balanced(balance: Double, rates: [Double]) throws {
    let (weights, rule) = try Self.start(strengths: [0.5, 0.02], balance: balance, rates: rates)
    let product = weights.product
    #expect(abs(product[0, 0] - 0.5) <= 1e-15 && abs(product[1, 1] - 0.02) <= 1e-16)
    let (w1, w2) = (weights.layers[0], weights.layers[1])
    for i in 0..<2 {
      let (a, b) = (w1[i, i], w2[i, i])
      let found = (rates[0] * b * b - rates[1] * a * a) / rule.timeStep
      // A difference of squares whose larger is about the balance or the strength.
      #expect(abs(found - balance) <= 1e-15 * max(1, abs(balance)) * 8)
    }
  }

  @Test("with one layer at rest the balance is the square of its own entries")
  func atRest() throws {
    let first = try Self.start(strengths: [0.5], balance: 4, rates: [0.1, 0]).weights
    #expect(first.layers[1][0, 0] == 2 && first.layers[0][0, 0] == 0.25)
    let second = try Self.start(strengths: [0.5], balance: -4, rates: [0, 0.1]).weights
    #expect(second.layers[0][0, 0] == 2 && second.layers[1][1, 1] == 0.25)
  }

  @Test("given weights are taken as they are, in the basis of the data")
  func given() throws {
    let modes = try someModes(inputs: 2, outputs: 1)
    var section = section(.given, space: .synaptic)
    section.hidden = 2
    section.weights = [[[1, 2], [3, 4]], [[5, 6]]]
    let network = try started(section, modes: modes, needsLayers: false)
    let product = network.product
    // A rotation into the modes and back.
    #expect(abs(product[0, 0] - 23) <= 1e-13 && abs(product[0, 1] - 34) <= 1e-13)
    section.weights = [[[1, 2, 3], [3, 4, 5]], [[5, 6]]]
    #expect(throws: ScenarioError.self) {
      try started(section, modes: modes, needsLayers: false)
    }
  }

  @Test(
    "what cannot be is said in a sentence",
    arguments: [
      (
        "\"strengths\": [1]",
        "network.strengths are given for 2 layers with a start that is diagonal"
      ),
      ("\"init\": \"diagonal-fixed\", \"strengths\": [-1]", "have opposite signs"),
      ("\"init\": \"gaussian\", \"weights\": [[[1]]]", "but the start is gaussian"),
      ("\"init\": \"given\", \"weights\": [[[1]]]", "give 2 layers of rows"),
      ("\"init\": \"given\"", "give 2 layers of rows"),
    ])
  func refused(keys: String, part: String) throws {
    let error = #expect(throws: ScenarioError.self) {
      try Scenario(JSON.read(Array("{\"network\": {\(keys)}}".utf8), name: "s"))
    }
    #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
  }
}
