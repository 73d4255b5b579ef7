import Foundation
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Single output") struct SingleOutputTests {
  /// A rank-one start on Gaussian samples.
  static func problem(
    inputs d: Int, samples n: Int, hidden h: Int, scale: Double, rates: [Double],
    normals: inout TestNormals
  ) throws -> LearningProblem {
    let x = normals.matrix(n, d)
    let y = normals.matrix(n, 1)
    let p = try normals.orthonormal(h, 1)
    let first = p * normals.matrix(1, d, scale: scale)
    return try LearningProblem(
      correlations: Correlations(inputs: x, targets: y, reduction: .mean),
      initialWeights: LinearWeights([first, scale * normals.uniform() * p.transposed]),
      rule: StepRule(rates: rates))
  }

  @Test(
    "rank-one networks follow the flow to 2e-10 on any inputs",
    arguments: [(4, 20), (6, 3)], [1, 5])
  func integrated(sizes: (Int, Int), h: Int) throws {
    var normals = TestNormals(seed: UInt64(80 + h))
    for scale in [0.1, 1] {
      let problem = try Self.problem(
        inputs: sizes.0, samples: sizes.1, hidden: h, scale: scale, rates: [1e-4, 3e-4],
        normals: &normals)
      let theory = try SingleOutput(problem)
      #expect(theory.validity.isExact, "\(theory.validity)")
      let ts = times(to: 40, count: 20)
      let flow = try TestFlow.products(problem, at: ts)
      #expect(relativeError(try theory.predictions(at: ts).compactMap(\.product), flow) < 2e-10)
    }
  }

  @Test("the end is reached at any time, unseen inputs keep their weight")
  func late() throws {
    var normals = TestNormals(seed: 85)
    let problem = try Self.problem(
      inputs: 6, samples: 3, hidden: 4, scale: 0.5, rates: [1e-4, 1e-4], normals: &normals)
    let maps = try SingleOutput(problem).predictions(at: [200, 1e5, 1e15]).compactMap(\.product)
    #expect(relativeError([maps[2]], [maps[1]]) < 1e-12)
    // Unseen inputs enter the loss with the rounding of their eigenvalue, about 1e-17.
    #expect(problem.correlations.loss(of: maps[2]) < 1e-15)
    let flow = try TestFlow.products(problem, at: [200], tolerance: 1e-11)
    #expect(relativeError([maps[0]], flow) < 1e-8)
  }

  @Test("a first layer of higher rank is not called exact, two outputs are refused")
  func verdicts() throws {
    var normals = TestNormals(seed: 86)
    var problem = try Self.problem(
      inputs: 4, samples: 20, hidden: 5, scale: 0.5, rates: [1e-4, 1e-4], normals: &normals)
    problem.initialWeights.layers[0] =
      problem.initialWeights.layers[0] + normals.matrix(5, 4, scale: 0.1)
    #expect(!(try SingleOutput(problem).validity.isExact))
    #expect(throws: TheoryError.self) {
      try SingleOutput(TestProblem.white(.identity(2), layers: [.identity(2), .identity(2)]))
    }
  }
}
