import Foundation
import LinearAlgebra
import RandomMatrices
import Testing
import Theory

@Suite("Generalization curves") struct GeneralizationCurveTests {
  static func limit(
    _ ratio: Double, teacher: Double = 1, start: Double = 0, noise: Double
  ) throws -> GeneralizationCurve {
    try GeneralizationCurve(
      spectrum: .limit(MarchenkoPastur(ratio: ratio)), teacher: teacher, start: start, noise: noise)
  }

  @Test("reference values come out to 1e-10")
  func fixtures() throws {
    let half = try Self.limit(0.5, noise: 0.3)
    let double = try Self.limit(2, start: 0.1, noise: 0.3)
    for (name, value) in [
      ("Eg(t=1", half.testError(at: 1)), ("Et same", half.trainingError(at: 1)),
      ("Eg(t=5", double.testError(at: 5)),
    ] {
      let expected = try #require(Fixtures.named(name).first)
      #expect(abs(value - expected) < 1e-10)
    }
    // Descent with nine steps of 0.3, and the flow at the same time: six printed digits.
    #expect(abs(half.testError(afterSteps: 9, rate: 0.3) - 0.511550) < 6e-7)
    #expect(abs(half.testError(at: 2.7) - 0.511255) < 6e-7)
  }

  @Test(
    "the best time to stop is the one tabulated, and close to the best ridge",
    arguments: [
      (0.3, 1.0, 1.7557, 1.28425, 1.27698), (0.3, 10, 7.5497, 0.14124, 0.14042),
      (1, 1, 0.6810, 1.62459, 1.61803), (1, 10, 6.0821, 0.37766, 0.37016),
      (2.5, 1, 0.2790, 1.82180, 1.81980), (2.5, 10, 1.7273, 0.75502, 0.75311),
    ])
  func stopping(ratio: Double, snr: Double, time: Double, error: Double, ridge: Double) throws {
    let curve = try Self.limit(ratio, noise: 1 / snr)
    let best = try #require(curve.optimalStoppingTime)
    #expect(abs(best - time) < 6e-5)
    #expect(abs(curve.testError(at: best) - error) < 6e-6)
    #expect(abs(curve.optimalRidgeError - ridge) < 6e-6)
    #expect(curve.testError(at: best * 1.01) > curve.testError(at: best))
    #expect(curve.testError(at: best / 1.01) > curve.testError(at: best))
    let step = ratio * (1 / snr)
    #expect(abs(curve.stoppingTime(ofEigenvalue: 1) - log(1 + 1 / step)) < 1e-14)
  }

  @Test("for given inputs the average over teacher, start and noise is exact")
  func conditional() throws {
    var normals = TestNormals(seed: 60)
    let (d, p, draws) = (12, 9, 3000)
    let (teacher, start, noise, t) = (1.0, 0.2, 0.3, 1.7)
    let x = normals.matrix(p, d)
    let eigen = try ((1 / Double(p)) * x.times(x, left: .transposed)).symmetricEigen()
    let curve = try GeneralizationCurve(
      spectrum: .sample(eigenvalues: eigen.values, samples: p), teacher: teacher, start: start,
      noise: noise)
    var (test, train) = ([Double](), [Double]())
    let kept = eigen.values.map { exp(-max(0, $0) * t) }
    let gained = eigen.values.map { $0 > 1e-10 ? -expm1(-$0 * t) / $0 : t }
    for _ in 0..<draws {
      let w = normals.matrix(d, 1, scale: (teacher / Double(d)).squareRoot())
      let w0 = normals.matrix(d, 1, scale: (start / Double(d)).squareRoot())
      let y = x * w + normals.matrix(p, 1, scale: noise.squareRoot())
      let drive =
        (1 / Double(p)) * eigen.vectors.times(x.times(y, left: .transposed), left: .transposed)
      let from = eigen.vectors.times(w0, left: .transposed)
      let now = Matrix(rows: d, columns: 1) { k, _ in kept[k] * from[k, 0] + gained[k] * drive[k, 0]
      }
      let map = eigen.vectors * now
      test.append((map - w).squaredNorm + noise)
      train.append((y - x * map).squaredNorm / Double(p))
    }
    for (sample, theory) in [(test, curve.testError(at: t)), (train, curve.trainingError(at: t))] {
      let mean = sample.reduce(0, +) / Double(draws)
      let variance = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws - 1)
      #expect(abs(mean - theory) < 3 * (variance / Double(draws)).squareRoot())
    }
  }

  @Test("extreme times and ratios stay finite")
  func extremes() throws {
    for ratio in [0.01, 1, 50] {
      let curve = try Self.limit(ratio, start: 0.5, noise: 0.1)
      for t in [0, 1e-9, 1, 1e6, 1e15] {
        #expect(curve.testError(at: t).isFinite && curve.trainingError(at: t) >= 0)
      }
      #expect(abs(curve.testError(at: 0) - 1.6) < 1e-12)
    }
    let silent = try Self.limit(0.5, noise: 0)
    #expect(silent.optimalStoppingTime == nil)
    #expect(throws: TheoryError.self) { try Self.limit(0.5, noise: -1) }
  }
}
