import Foundation
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Linear regression by flow") struct DepthOneFlowTests {
  /// A regression problem on Gaussian samples, under- or overdetermined.
  static func problem(
    inputs d: Int, samples n: Int, rates: [Double], decay: Double = 0, weightDecay: Double = 0
  ) throws -> LearningProblem {
    var normals = TestNormals(seed: UInt64(d * 100 + n))
    let x = normals.matrix(n, d)
    let y = normals.matrix(n, 2)
    return try LearningProblem(
      correlations: Correlations(inputs: x, targets: y, reduction: .mean),
      initialWeights: LinearWeights([normals.matrix(2, d)]),
      rule: StepRule(rates: rates, decay: decay, weightDecay: [weightDecay]),
      test: .init(input: .identity(d), teacher: normals.matrix(2, d)), samples: n)
  }

  @Test(
    "it follows the integrated flow to 1e-11, directions without data included",
    arguments: [(6, 30, 0.0), (8, 4, 0), (6, 30, 0.3), (8, 4, 0.3)])
  func integrated(d: Int, n: Int, weightDecay: Double) throws {
    let problem = try Self.problem(inputs: d, samples: n, rates: [1e-3], weightDecay: weightDecay)
    let ts = times(to: 10, count: 10)
    let theory = try DepthOneFlow(problem).predictions(at: ts)
    let flow = try TestFlow.products(problem, at: ts)
    #expect(relativeError(theory.compactMap(\.product), flow) < 1e-11)
    for (prediction, map) in zip(theory, flow) {
      #expect(abs((prediction.risk ?? 0) / (problem.test?.risk(of: map) ?? 1) - 1) < 1e-10)
    }
  }

  @Test("it starts at the start and ends at the fit, at any time")
  func ends() throws {
    let problem = try Self.problem(inputs: 5, samples: 20, rates: [1e-3])
    let theory = try DepthOneFlow(problem)
    let (first, last) = (try theory.prediction(at: 0), try theory.prediction(at: 1e15))
    #expect(relativeError([try #require(first.product)], problem.initialWeights.layers) < 1e-14)
    #expect(relativeError([try #require(last.product)], [problem.correlations.fit]) < 1e-12)
    #expect(
      try DepthOneFlow(Self.problem(inputs: 9, samples: 3, rates: [1]))
        .prediction(at: 1e15).isFinite)
  }

  @Test("descent deviates from the flow as much as the validity says")
  func stepSize() throws {
    let problem = try Self.problem(inputs: 4, samples: 40, rates: [0.05])
    let flow = try DepthOneFlow(problem)
    let law = try #require(flow.validity.assumptions.first).expectedError
    let steps = Array(0...200)
    let moments = DepthOneFlow.moments(atIterations: steps, rule: problem.rule)
    let error = relativeError(
      try flow.predictions(at: moments).compactMap(\.product),
      TestFlow.descend(problem, steps: 200).map { $0[0] })
    #expect(error < 3 * law && error > law / 30)
  }
}
