import Foundation
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Expected regression") struct GeneralizationTests {
  /// Regression on given inputs with fresh noise.
  static func problem(
    inputs x: Matrix<Double>, teacher: Matrix<Double>, start: Matrix<Double>, noise: Double,
    reduction: Reduction = .mean, rate: Double = 1e-3, normals: inout TestNormals,
    test: Matrix<Double>? = nil
  ) throws -> LearningProblem {
    let y =
      x.times(teacher, right: .transposed) + normals.matrix(x.rows, teacher.rows, scale: noise)
    return try LearningProblem(
      correlations: Correlations(inputs: x, targets: y, reduction: reduction),
      initialWeights: LinearWeights([start]), rule: StepRule(rates: [rate]),
      test: .init(input: test ?? .identity(x.columns), teacher: teacher), samples: x.rows,
      noise: [noise, noise])
  }

  @Test(
    "loss and risk average to the prediction within three standard errors",
    arguments: [Reduction.mean, .sum], [(4, 15), (6, 4)])
  func average(reduction: Reduction, sizes: (Int, Int)) throws {
    var normals = TestNormals(seed: 61)
    let (d, n) = sizes
    let x = normals.matrix(n, d)
    let (teacher, start) = (normals.matrix(2, d), normals.matrix(2, d, scale: 0.3))
    let root = normals.matrix(d, d)
    let gram = root.times(root, left: .transposed)
    let t = reduction == .mean ? 1.5 : 1.5 / Double(n)
    var (losses, risks) = ([Double](), [Double]())
    var theory: Prediction?
    let draws = 800
    for _ in 0..<draws {
      let problem = try Self.problem(
        inputs: x, teacher: teacher, start: start, noise: 0.8, reduction: reduction,
        normals: &normals, test: gram)
      let run = try DepthOneFlow(problem).prediction(at: t)
      losses.append(run.loss ?? .nan)
      risks.append(run.risk ?? .nan)
      if theory == nil { theory = try Generalization(problem).prediction(at: t) }
    }
    for (sample, expected) in [(losses, theory?.loss), (risks, theory?.risk)] {
      let mean = sample.reduce(0, +) / Double(draws)
      let variance = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws - 1)
      let expected = try #require(expected)
      #expect(abs(mean - expected) < 3 * (variance / Double(draws)).squareRoot())
    }
  }

  @Test("without noise it is the flow itself and exact; with noise it is a mean")
  func verdicts() throws {
    var normals = TestNormals(seed: 62)
    let x = normals.matrix(20, 4)
    let (teacher, start) = (normals.matrix(2, 4), normals.matrix(2, 4))
    let silent = try Self.problem(
      inputs: x, teacher: teacher, start: start, noise: 0, normals: &normals)
    let theory = try Generalization(silent)
    #expect(theory.validity.isExact && theory.optimalStoppingTime == nil)
    let ts = times(to: 3, count: 6)
    let flow = try DepthOneFlow(silent).predictions(at: ts)
    #expect(
      relativeError(
        try theory.predictions(at: ts).compactMap(\.product), flow.compactMap(\.product)) < 1e-12)
    let noisy = try Self.problem(
      inputs: x, teacher: teacher, start: 0 * start, noise: 1, normals: &normals)
    #expect(!(try Generalization(noisy).validity.isExact))
    let best = try #require(try Generalization(noisy).optimalStoppingTime)
    let risks = try Generalization(noisy).predictions(at: [best / 1.05, best, best * 1.05])
      .compactMap(\.risk)
    #expect(risks[1] < risks[0] && risks[1] < risks[2])
    #expect(throws: TheoryError.self) {
      try Generalization(TestProblem.white(.identity(2), layers: [.identity(2)]))
    }
  }
}
