import LearningProblems
import LinearAlgebra
import Networks
import RandomStreams
import Scenarios
import Testing

@testable import Dynamics

/// An observation of a coupled run after some steps.
private func observation(
  depth: Int = 2, step: Int = 100, change: (inout Scenario) -> Void = { _ in }
) throws -> (LinearObservation, LinearTraining) {
  var scenario = coupledScenario()
  guard case .linear(var network) = scenario.network else {
    throw ScenarioError(problem: "", remedy: "")
  }
  network.hidden = 3
  network.depth = depth
  network.start = .gaussian
  network.scales = [0.5]
  scenario.network = .linear(network)
  scenario.training.rates = [1e-3]
  change(&scenario)
  let training = try LinearTraining(scenario)
  var descent = training.descent()
  _ = descent.advance(to: step)
  var clock = TrainingClock(training.problem.rule)
  return (training.observation(of: &descent, clock: &clock), training)
}

/// The Jacobian of all training predictions by all weights, by the definition: column by column.
private func literalJacobian(_ weights: LinearWeights, inputs: Matrix<Double>) -> Matrix<Double> {
  func predictions(_ layers: [Matrix<Double>]) -> [Double] {
    inputs.times(LinearWeights(layers).product, right: .transposed).elements
  }
  var columns: [[Double]] = []
  for l in weights.layers.indices {
    for i in weights.layers[l].elements.indices {
      // The map is linear in every single weight, so a unit step gives the derivative exactly.
      var with = weights.layers
      with[l].elements = with[l].elements.map { _ in 0 }
      with[l].elements[i] = 1
      columns.append(predictions(with))
    }
  }
  return Matrix(columns).transposed
}

@Suite("Quantities recorded on request")
struct RequestedQuantitiesTests {
  @Test("the spectrum and the shares are those of the Jacobian itself", arguments: 1...3)
  func jacobian(depth: Int) throws {
    let (seen, training) = try observation(depth: depth)
    let weights = seen.network.originalWeights
    let literal = literalJacobian(weights, inputs: training.samples.inputs)
    let factors = try literal.singularValueDecomposition()
    let found = try seen.parameterJacobian()
    let scale = factors.values[0] * factors.values[0]
    for (direction, value) in found.spectrum.enumerated() {
      let expected = direction < factors.values.count ? factors.values[direction] : 0
      #expect(abs(value - expected * expected) < 1e-12 * scale)
      guard value > 1e-6 * scale else { continue }
      #expect(abs(found.layerShares.row(direction).reduce(0, +) - 1) < 1e-9)
      var first = 0
      for (l, layer) in weights.layers.enumerated() {
        let count = layer.elements.count
        let part = (first..<first + count).reduce(0) {
          $0 + factors.right[$1, direction] * factors.right[$1, direction]
        }
        // Only separated singular values have singular vectors of their own.
        let gaps = factors.values.indices.filter { $0 != direction }
          .map { abs(factors.values[$0] - factors.values[direction]) }
        if (gaps.min() ?? 1) > 1e-2 * factors.values[0] {
          #expect(abs(found.layerShares[direction, l] - part) < 1e-8)
        }
        first += count
      }
    }
  }

  @Test("Hessian eigenvalues are those of differences of the gradient, unreached width included")
  func hessian() throws {
    let (seen, training) = try observation { scenario in
      guard case .linear(var network) = scenario.network else { return }
      network.hidden = 13  // more than inputs and outputs together
      scenario.network = .linear(network)
    }
    let weights = seen.network.originalWeights
    func gradient(_ layers: [Matrix<Double>]) -> [Double] {
      var rule = ManualGradient(
        inputs: training.samples.inputs, targets: training.samples.targets,
        widths: layers.map(\.rows), divisor: 1)
      _ = rule.evaluate(at: layers)
      return layers.indices.flatMap { l in
        var zero = Matrix<Double>(rows: layers[l].rows, columns: layers[l].columns)
        rule.add(gradientOf: l, scale: 1, to: &zero)
        return zero.elements
      }
    }
    // J is a polynomial of degree four, so central differences err by h² of its fourth derivative.
    let h = 1e-4
    var columns: [[Double]] = []
    for l in weights.layers.indices {
      for i in weights.layers[l].elements.indices {
        var (ahead, behind) = (weights.layers, weights.layers)
        ahead[l].elements[i] += h
        behind[l].elements[i] -= h
        columns.append(zip(gradient(ahead), gradient(behind)).map { ($0 - $1) / (2 * h) })
      }
    }
    let expected = try Matrix(columns).symmetricEigen().values
    let found = try seen.hessianSpectrum()
    #expect(found.count == 10)
    for (value, reference) in zip(found, expected) {
      #expect(abs(value - reference) < 1e-6 * expected[0])
    }
    // Lanczos stops at 1e-8 of the eigenvalue's size.
    #expect(try abs(seen.sharpness() - expected[0]) < 1e-6 * expected[0])
  }

  @Test("gradient norms are those of the gradients of training", arguments: 1...3)
  func gradients(depth: Int) throws {
    let (seen, training) = try observation(depth: depth)
    let layers = seen.network.weights.layers
    var rule = ManualGradient(
      inputs: seen.network.coordinates(ofInputs: training.samples.inputs),
      targets: seen.network.coordinates(ofTargets: training.samples.targets),
      widths: layers.map(\.rows), divisor: 1)
    _ = rule.evaluate(at: layers)
    for (l, norm) in seen.gradientNorms.enumerated() {
      var gradient = Matrix<Double>(rows: layers[l].rows, columns: layers[l].columns)
      rule.add(gradientOf: l, scale: 1, to: &gradient)
      #expect(abs(norm - gradient.norm) < 1e-10 * gradient.norm)
    }
  }

  @Test("sample losses and the last low-rank loss are the loss")
  func losses() throws {
    let (seen, training) = try observation()
    #expect(abs(seen.sampleLosses.reduce(0, +) - seen.loss) < 1e-12 * seen.loss)
    let lowRank = seen.lowRankLosses
    #expect(abs(lowRank[lowRank.count - 1] - seen.loss) < 1e-12 * seen.loss)
    let factors = try training.samples.inputs.singularValueDecomposition()
    for k in 1...6 {
      let basis = factors.right.columns(0..<k)
      let inputs = (training.samples.inputs * basis).times(basis, right: .transposed)
      let errors = inputs.times(seen.product, right: .transposed) - training.samples.targets
      // Eigenvalues come in groups of three equal ones, whose bases are free.
      if k % 3 == 0 {
        #expect(abs(lowRank[k - 1] - errors.squaredNorm) < 1e-10 * errors.squaredNorm)
      }
    }
  }

  @Test("ranks count the directions of each layer")
  func ranks() throws {
    let (seen, _) = try observation(step: 0) { scenario in
      guard case .linear(var network) = scenario.network else { return }
      network.start = .diagonal
      scenario.network = .linear(network)
    }
    #expect(try seen.ranks() == [3, 3])
  }
}
