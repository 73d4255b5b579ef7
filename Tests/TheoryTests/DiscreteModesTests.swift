import Foundation
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Discrete modes") struct DiscreteModesTests {
  @Test(
    "every step of the full network agrees to 1e-11, whatever the rule",
    arguments: [UpdateOrder.simultaneous, .sequential], [0, 0.02])
  func steps(order: UpdateOrder, decay: Double) throws {
    let problem = try TestProblem.aligned(
      inputs: 4, hidden: 5, outputs: 3, variances: [1, 0.5, 2, 0.7], fit: [2, 1.5, 0.5],
      first: [0.1, 0.3, 0.05, 0.2], second: [0.2, -0.1, 0.05], rates: [0.1, 0.05], decay: decay,
      weightDecay: [0.01, 0.03], order: order)
    let theory = try DiscreteModes(problem)
    #expect(theory.validity.isExact, "\(theory.validity)")
    let descent = TestFlow.descend(problem, steps: 200)
    let moments = [0.0, 1, 2, 10, 60, 200]
    let predicted = try theory.predictions(at: moments)
    #expect(
      relativeError(
        predicted.compactMap(\.product), moments.map { descent[Int($0)][1] * descent[Int($0)][0] })
        < 1e-11)
    let gram = moments.map { descent[Int($0)][1].times(descent[Int($0)][1], right: .transposed) }
    #expect(relativeError(predicted.compactMap { $0.matrix(.secondLayerGram) }, gram) < 1e-11)
  }

  @Test("far steps are reached once the modes stand still, a cycle that never ends is refused")
  func far() throws {
    let problem = try TestProblem.aligned(
      inputs: 2, hidden: 2, outputs: 2, variances: [1, 1], fit: [2, 1], first: [0.1, 0.1],
      second: [0.1, 0.2], rates: [0.1, 0.1])
    let last = try DiscreteModes(problem).prediction(at: 1e15)
    #expect(relativeError(try #require(last.modeStrengths), [2, 1]) < 1e-14)
  }

  @Test("beyond the stability edge of the network the verdict says that it does not apply")
  func unstable() throws {
    func verdict(_ rate: Double) throws -> Validity.Verdict {
      let problem = try TestProblem.aligned(
        inputs: 2, hidden: 2, outputs: 2, variances: [1, 1], fit: [2, 1], first: [0.1, 0.1],
        second: [0.1, 0.1], rates: [rate, rate])
      return try DiscreteModes(problem).validity.verdict
    }
    // Sharpness at the minimum is 2·s_max = 4, so the edge is at η = ½.
    #expect(try verdict(0.49) == .exact)
    guard case .doesNotApply = try verdict(0.51) else {
      Issue.record("η·sharpness is above 2")
      return
    }
  }

  @Test("the balance of any network changes by the squares of its gradients alone")
  func balanceStep() throws {
    var normals = TestNormals(seed: 33)
    let problem = try TestProblem.white(
      normals.matrix(2, 3), layers: [normals.matrix(4, 3), normals.matrix(2, 4)],
      rates: [0.05, 0.05])
    let steps = TestFlow.descend(problem, steps: 1)
    let g = TestFlow.descent(steps[0], problem.correlations)
    func balance(_ layers: [Matrix<Double>]) -> Matrix<Double> {
      layers[1].times(layers[1], left: .transposed) - layers[0].times(layers[0], right: .transposed)
    }
    let squares = g[1].times(g[1], left: .transposed) - g[0].times(g[0], right: .transposed)
    let gap = balance(steps[1]) - balance(steps[0]) - (0.05 * 0.05) * squares
    #expect(gap.largestMagnitude < 1e-14)
  }

  @Test("weight decay makes the balance of the flow decay at twice its rate")
  func balanceDecay() throws {
    var normals = TestNormals(seed: 34)
    let problem = try TestProblem.make(
      input: .diagonal([1, 0.5, 2]), inputOutput: normals.matrix(2, 3),
      layers: [normals.matrix(4, 3), normals.matrix(2, 4)], weightDecay: [0.3, 0.3])
    let flow = try TestFlow.layers(problem, at: [0, 2])
    let balances = flow.map {
      $0[1].times($0[1], left: .transposed) - $0[0].times($0[0], right: .transposed)
    }
    #expect(relativeError([balances[1]], [exp(-1.2) * balances[0]]) < 1e-11)
  }
}
