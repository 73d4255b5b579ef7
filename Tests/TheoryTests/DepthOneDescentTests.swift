import Foundation
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Linear regression by descent") struct DepthOneDescentTests {
  @Test(
    "every step agrees with descent to 1e-12, up to the edge of stability",
    arguments: [(6, 30), (30, 10)])
  func steps(d: Int, n: Int) throws {
    var problem = try DepthOneFlowTests.problem(inputs: d, samples: n, rates: [1])
    problem.rule.rates = [1.9 / (problem.modes.inputEigenvalues.first ?? 1)]
    let moments = [0.0, 1, 2, 10, 50, 200]
    let descent = TestFlow.descend(problem, steps: 200)
    let theory = try DepthOneDescent(problem)
    #expect(theory.validity.isExact)
    #expect(
      relativeError(
        try theory.predictions(at: moments).compactMap(\.product),
        moments.map { descent[Int($0)][0] }) < 1e-12)
  }

  @Test("decaying rates and weight decay are exact too")
  func decays() throws {
    let problem = try DepthOneFlowTests.problem(
      inputs: 5, samples: 20, rates: [0.2], decay: 0.05, weightDecay: 0.1)
    let descent = TestFlow.descend(problem, steps: 100)
    let moments = [0.0, 1, 7, 100]
    #expect(
      relativeError(
        try DepthOneDescent(problem).predictions(at: moments).compactMap(\.product),
        moments.map { descent[Int($0)][0] }) < 1e-13)
  }

  @Test("far steps end at the fit, fractions of steps and divergence are said")
  func ends() throws {
    let problem = try DepthOneFlowTests.problem(inputs: 5, samples: 20, rates: [0.1])
    let theory = try DepthOneDescent(problem)
    let last = try #require(try theory.prediction(at: 1e15).product)
    #expect(relativeError([last], [problem.correlations.fit]) < 1e-12)
    #expect(throws: TheoryError.self) { try theory.prediction(at: 1.5) }
    let fast = try DepthOneFlowTests.problem(inputs: 5, samples: 20, rates: [10])
    #expect(try DepthOneDescent(fast).validity.warnings.count == 1)
  }

  @Test("inputs with step sizes of their own are refused, factors of 1 are not")
  func inputRates() throws {
    var problem = try DepthOneFlowTests.problem(inputs: 3, samples: 20, rates: [0.1])
    problem.rule.inputRates = [1, 1, 1]
    _ = try DepthOneDescent(problem)
    for rates in [[1.0, 2, 2], [2, 2, 2]] {
      problem.rule.inputRates = rates
      #expect(throws: TheoryError.self) { try DepthOneDescent(problem) }
      #expect(throws: TheoryError.self) { try DepthOneFlow(problem) }
    }
  }

  @Test("the heavy ball agrees with its recursion to 1e-15 a step")
  func heavyBall() throws {
    for (l, m) in [(0.7, 0.6), (0.7, 0.0), (4.9, 0.9), (0.01, 0.2), (0, 0.5)] {
      let ball = try HeavyBall(curvature: l, rate: 0.4, momentum: m)
      var errors = [1, 1 - 0.4 * l]
      for k in 1..<60 { errors.append((1 + m - 0.4 * l) * errors[k] - m * errors[k - 1]) }
      for (k, error) in errors.enumerated() {
        #expect(abs(ball.error(after: k) - error) < 1e-15 * Double(k + 1))
      }
    }
    #expect(throws: TheoryError.self) { try HeavyBall(curvature: 1, rate: 0.1, momentum: 1) }
  }
}
