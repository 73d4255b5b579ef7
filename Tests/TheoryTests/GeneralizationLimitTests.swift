import Foundation
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Marchenko–Pastur limit") struct GeneralizationLimitTests {
  @Test(
    "large Gaussian problems follow the limit within their expected error",
    arguments: [(120, 400), (150, 75)])
  func large(d: Int, n: Int) throws {
    var normals = TestNormals(seed: UInt64(d))
    let (draws, ts) = (3, [0, 0.3, 1, 3, 10.0])
    var (risks, losses) = ([Double](repeating: 0, count: 5), [Double](repeating: 0, count: 5))
    var limit: GeneralizationLimit?
    for _ in 0..<draws {
      // Variance 2 of the inputs and a sum over outputs test the units.
      let x = normals.matrix(n, d, scale: 2.squareRoot())
      let teacher = normals.matrix(2, d, scale: 1 / Double(d).squareRoot())
      let start = normals.matrix(2, d, scale: 0.5 / Double(d).squareRoot())
      let problem = try GeneralizationTests.problem(
        inputs: x, teacher: teacher, start: start, noise: 0.7, rate: 1e-4, normals: &normals,
        test: 2 * .identity(d))
      for (k, run) in try DepthOneFlow(problem).predictions(at: ts).enumerated() {
        risks[k] += (run.risk ?? .nan) / Double(draws)
        losses[k] += (run.loss ?? .nan) / Double(draws)
      }
      limit = try GeneralizationLimit(problem)
    }
    let theory = try #require(limit)
    guard case .approximate(let expected) = theory.validity.verdict else {
      Issue.record("the verdict is \(theory.validity.verdict)")
      return
    }
    #expect(expected < 0.2)
    let predicted = try theory.predictions(at: ts)
    // Initial values differ between draws by √(2/(2d)); the bound is three of the expected errors.
    for (k, p) in predicted.enumerated() {
      #expect(abs((p.risk ?? .nan) / risks[k] - 1) < 3 * expected)
      #expect(abs((p.loss ?? .nan) - losses[k]) < 3 * expected * losses[0])
    }
  }

  @Test("inputs of another spectrum are refused")
  func otherSpectrum() throws {
    var normals = TestNormals(seed: 64)
    var x = normals.matrix(60, 30)
    for i in 0..<60 { for j in 0..<30 { x[i, j] *= j < 15 ? 10 : 1 } }
    let problem = try GeneralizationTests.problem(
      inputs: x, teacher: normals.matrix(1, 30), start: Matrix(rows: 1, columns: 30), noise: 1,
      normals: &normals)
    guard case .doesNotApply = try GeneralizationLimit(problem).validity.verdict else {
      Issue.record("ten times larger inputs are not white")
      return
    }
  }
}
