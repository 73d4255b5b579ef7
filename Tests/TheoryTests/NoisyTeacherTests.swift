import Foundation
import LearningProblems
import LinearAlgebra
import RandomMatrices
import Testing
import Theory

@Suite("Noisy teacher") struct NoisyTeacherTests {
  @Test("spikes agree with the reference values to 1e-10")
  func fixture() {
    let spike = SpikedMatrix(strength: 2, aspect: 0.5)
    let expected = Fixtures.named("bbp")
    #expect(expected.count == 3)
    #expect(
      relativeError([spike.singularValue, spike.leftOverlap, spike.rightOverlap], expected) < 1e-10)
  }

  @Test(
    "the error of aligned students follows theory within five percent, twelve below threshold",
    arguments: [(100, [3.0], 0.05), (200, [4.0, 2.0], 0.06), (200, [0.8], 0.15)])
  func simulated(o: Int, singular: [Double], bound: Double) throws {
    var normals = TestNormals(seed: UInt64(o))
    let (d, u0, draws) = (200, 1e-3, 3)
    let theory = try NoisyTeacherRisk(
      singularValues: singular, noise: 1, outputs: o, inputs: d, initial: u0)
    let ts = [0, 0.5, 1, 1.5, 2, 3, 4, 6, 10]
    var errors = ts.map { _ in 0.0 }
    for _ in 0..<draws {
      let u = try normals.orthonormal(o, singular.count)
      let v = try normals.orthonormal(d, singular.count)
      let teacher = (u * .diagonal(singular)).times(v, right: .transposed)
      let noise = normals.matrix(o, d, scale: 1 / Double(d).squareRoot())
      let modes = try (teacher + noise).singularValueDecomposition()
      for (k, t) in ts.enumerated() {
        let strengths = try modes.values.map {
          try BalancedMode(strength: $0, initial: u0).value(at: t)
        }
        let map = (modes.left * .diagonal(strengths)).times(modes.right, right: .transposed)
        errors[k] += (map - teacher).squaredNorm / teacher.squaredNorm / Double(draws)
      }
    }
    for (k, t) in ts.enumerated() {
      #expect(abs(errors[k] / (try theory.relativeError(at: t)) - 1) < bound)
    }
  }

  @Test("a problem with samples leads to the same curve, in its own units")
  func problem() throws {
    var normals = TestNormals(seed: 70)
    let (d, o, n) = (40, 30, 90)
    let x = (90.0.squareRoot() * 1.3) * (try normals.orthonormal(n, d))
    let (u, v) = (try normals.orthonormal(o, 1), try normals.orthonormal(d, 1))
    let teacher = 3 * u.times(v, right: .transposed)
    let y = x.times(teacher, right: .transposed) + normals.matrix(n, o, scale: 1.5)
    let correlations = try Correlations(inputs: x, targets: y, reduction: .sum)
    let modes = try Modes(of: correlations)
    let u0 = 1e-3.squareRoot()
    let layers = [
      u0 * modes.right.columns(0..<o).transposed, u0 * modes.left,
    ]
    let problem = try LearningProblem(
      correlations: correlations, initialWeights: LinearWeights(layers),
      rule: StepRule(rates: [1e-6, 1e-6]), test: .init(input: .identity(d), teacher: teacher),
      samples: n, noise: [1.5, 1.5])
    let theory = try NoisyTeacher(problem)
    // σ_z² = d·σ²/(N·variance of the inputs), both on the scale of sums over samples.
    #expect(abs(theory.error.noise - (40 * 2.25 / (90 * 1.69)).squareRoot()) < 1e-10)
    let ts = times(to: 0.02, count: 8)
    let run = try BalancedModes(problem).predictions(at: ts).compactMap(\.risk)
    let predicted = try theory.predictions(at: ts).compactMap(\.risk)
    // One draw at 40 inputs: its fluctuation is of the order 1/√40 of the value.
    #expect(relativeError(predicted, run) < 0.3)
    guard case .approximate = theory.validity.verdict else {
      Issue.record("the verdict is \(theory.validity.verdict)")
      return
    }
  }
}
