import Foundation
import LinearAlgebra
import Testing
import Theory

@Suite("Overlap curves") struct OverlapCurveTests {
  @Test(
    "averages over teacher and noise lie within three standard errors",
    arguments: [(0, 0), (0.05, 0), (0, 0.5)])
  func average(ridge: Double, penalty: Double) throws {
    var normals = TestNormals(seed: 100)
    let (d, n, draws, noise, rate) = (10, 15, 3000, 0.3, 2.0)
    let f = Matrix.diagonal((0..<d).map { $0 < 5 ? 1 : 0.1 })
    let z = normals.matrix(n, d)
    let curve = try OverlapCurve(
      modulation: f, latent: z, noise: noise, rate: rate, ridge: ridge, penalty: penalty)
    let root = Double(d).squareRoot()
    let x = (1 / root) * (z * f)
    let (w, e) = (normals.matrix(d, draws), normals.matrix(n, draws, scale: noise.squareRoot()))
    let y = (1 / root) * (z * w) + e
    // Descent itself, all draws side by side.
    var student = Matrix<Double>(rows: d, columns: draws)
    for k in 1...300 {
      let residual = y - x * student
      var change = (1 / Double(n)) * x.times(residual, left: .transposed)
      change.add(student, scale: -ridge)
      change.add(f.times(f * student, left: .transposed), scale: -penalty / Double(d))
      student.add(change, scale: rate)
      guard [3, 30, 300].contains(k) else { continue }
      let image = f * student
      let r = (0..<draws).map { j in (0..<d).reduce(0) { $0 + w[$1, j] * image[$1, j] } / Double(d)
      }
      let q = (0..<draws).map { j in
        (0..<d).reduce(0) { $0 + image[$1, j] * image[$1, j] } / Double(d)
      }
      let theory = curve.overlaps(after: Double(k))
      for (sample, expected) in [(r, theory.teacher), (q, theory.own)] {
        let mean = sample.reduce(0, +) / Double(draws)
        let variance = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws - 1)
        #expect(abs(mean - expected) < 3 * (variance / Double(draws)).squareRoot(), "\(k)")
      }
      let error = (1 + noise - 2 * theory.teacher + theory.own) / 2
      #expect(abs(curve.generalizationError(after: Double(k)) - error) < 1e-14)
    }
  }

  @Test("before training both overlaps vanish, and far steps stay finite")
  func ends() throws {
    var normals = TestNormals(seed: 101)
    let curve = try OverlapCurve(
      modulation: .identity(6), latent: normals.matrix(4, 6), noise: 0, rate: 0.2)
    #expect(curve.overlaps(after: 0) == (0, 0))
    let late = curve.overlaps(after: 1e15)
    // Without noise the student is the projection of the teacher on the four samples: R = Q = 4/6.
    #expect(abs(late.teacher - 4.0 / 6) < 1e-12 && abs(late.own - 4.0 / 6) < 1e-12)
  }

  @Test("the ridge limit agrees with direct regression within 0.02", arguments: [1.0, 10])
  func ridge(kappa: Double) throws {
    var normals = TestNormals(seed: 102)
    let (d, n, p, noise, draws) = (120, 180, 72, 0.25, 60)
    let squares = (0..<d).map { $0 < p ? 1 : 1 / (kappa * kappa) }
    for penalty in [0.1, 1e-3] {
      let theory = try RidgeOverlaps(
        squares: squares, samples: n, noise: noise, ridge: penalty * Double(d) / Double(n))
      let z = normals.matrix(n, d, scale: 1 / Double(d).squareRoot())
      let f = Matrix.diagonal(squares.map { $0.squareRoot() })
      let x = z * f
      let w = normals.matrix(d, draws)
      let y = z * w + normals.matrix(n, draws, scale: noise.squareRoot())
      let eigen = try x.times(x, left: .transposed).symmetricEigen()
      let inverse = (eigen.vectors * .diagonal(eigen.values.map { 1 / ($0 + penalty) }))
        .times(eigen.vectors, right: .transposed)
      let image = f * (inverse * x.times(y, left: .transposed))
      let count = Double(d * draws)
      let r = w.timesElementwise(image).elements.reduce(0, +) / count
      // 0.016 was the largest deviation at d = 600; fluctuations at d = 120 are twice as large.
      #expect(abs(r - theory.teacherOverlap) < 0.03)
      #expect(abs(image.squaredNorm / count - theory.selfOverlap) < 0.04)
      #expect(
        abs(theory.error - (1 + noise - 2 * theory.teacherOverlap + theory.selfOverlap)) < 1e-14)
    }
  }
}
