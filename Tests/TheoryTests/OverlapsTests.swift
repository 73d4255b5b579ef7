import Foundation
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Overlaps of a problem") struct OverlapsTests {
  @Test("without noise they are those of descent, and add up to the risk", arguments: [0, 0.01])
  func descent(decay: Double) throws {
    var normals = TestNormals(seed: 105)
    let x = normals.matrix(8, 5)
    var problem = try GeneralizationTests.problem(
      inputs: x, teacher: normals.matrix(2, 5), start: normals.matrix(2, 5, scale: 0.2), noise: 0,
      rate: 0.1, normals: &normals, test: (1.0 / 8) * x.times(x, left: .transposed))
    problem.rule.decay = decay
    let theory = try Overlaps(problem)
    #expect(theory.validity.isExact)
    let test = try #require(problem.test)
    let unit = test.risk(of: 0 * test.teacher)
    let descent = TestFlow.descend(problem, steps: 100)
    let steps = [0.0, 1, 10, 100]
    for (p, k) in zip(try theory.predictions(at: steps), steps) {
      let map = descent[Int(k)][0]
      let r = (map * test.input).timesElementwise(test.teacher).elements.reduce(0, +) / unit
      let q = (map * test.input).timesElementwise(map).elements.reduce(0, +) / unit
      #expect(abs((p.number(.teacherOverlap) ?? .nan) - r) < 1e-12)
      #expect(abs((p.number(.selfOverlap) ?? .nan) - q) < 1e-12)
      #expect(abs((p.risk ?? .nan) - unit * (1 - 2 * r + q)) < 1e-12 * unit)
    }
  }

  @Test("with noise they are a mean over it within three standard errors")
  func noisy() throws {
    var normals = TestNormals(seed: 106)
    let x = normals.matrix(12, 4)
    let (teacher, start) = (normals.matrix(1, 4), Matrix<Double>(rows: 1, columns: 4))
    var values: [Double] = []
    var expected: Double?
    for _ in 0..<600 {
      let problem = try GeneralizationTests.problem(
        inputs: x, teacher: teacher, start: start, noise: 0.7, rate: 0.3, normals: &normals)
      let map = try #require(try DepthOneDescent(problem).prediction(at: 20).product)
      values.append(map.squaredNorm / teacher.squaredNorm)
      if expected == nil {
        let theory = try Overlaps(problem)
        #expect(!theory.validity.isExact)
        expected = try theory.prediction(at: 20).number(.selfOverlap)
      }
    }
    let mean = values.reduce(0, +) / 600
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 599
    #expect(abs(mean - (expected ?? .nan)) < 3 * (variance / 600).squareRoot())
  }
}
