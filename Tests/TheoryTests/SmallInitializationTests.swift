import Foundation
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Small random start") struct SmallInitializationTests {
  /// Errors of the map, of a mode relative to its strength, and the expected error.
  static func error(
    fit: [Double], hidden h: Int, scale: Double, seed: UInt64
  ) throws -> (error: Double, modes: Double, expected: Double) {
    var normals = TestNormals(seed: seed)
    let (d, o) = (8, 6)
    let (u, v) = (try normals.orthonormal(o, o), try normals.orthonormal(d, d))
    let map = (u * .diagonal(fit, rows: o, columns: d)).times(v, right: .transposed)
    let problem = try TestProblem.white(
      map, layers: [normals.matrix(h, d, scale: scale), normals.matrix(o, h, scale: scale)],
      rates: [1e-6, 1e-6])
    let theory = try SmallInitialization(problem)
    let ts = times(to: 24, count: 48)
    let flow = try TestFlow.products(problem, at: ts, tolerance: 1e-8)
    let predicted = try theory.predictions(at: ts).compactMap(\.product)
    let expected = theory.validity.assumptions.filter { !$0.isStepSize }
      .reduce(0) { $0 + $1.expectedError }
    var modes = 0.0
    for (a, b) in zip(predicted, flow) {
      let gap = problem.modes.coordinates(of: a - b).diagonal
      for i in 0..<problem.modes.rank {
        modes = max(modes, abs(gap[i]) / problem.modes.values[i])
      }
    }
    return (relativeError(predicted, flow), modes, expected)
  }

  @Test("wide networks follow the sigmoids to a part in a thousand")
  func wide() throws {
    let fit = [3, 2.5, 2, 1.5, 1, 0.5]
    // The reference measured 0.004 and below 0.0005 in two draws.
    for (scale, bound) in [(2.8e-3, 0.02), (2.8e-4, 5e-3), (2.8e-5, 5e-3)] {
      let (error, modes, expected) = try Self.error(fit: fit, hidden: 100, scale: scale, seed: 50)
      #expect(modes < bound, "\(scale): \(modes)")
      #expect(error < 3 * expected && error > expected / 10, "\(scale): \(error), \(expected)")
    }
  }

  @Test("networks no wider than their modes follow them to a few percent")
  func narrow() throws {
    let fit = [3, 2.5, 2, 1.5, 1, 0.5]
    let (error, modes, expected) = try Self.error(fit: fit, hidden: 8, scale: 1e-3, seed: 51)
    #expect(modes < 0.34 && error < 10 * expected, "\(modes), \(error), \(expected)")
  }

  @Test("modes of equal strength are told apart by their growth")
  func degenerate() throws {
    let (error, _, expected) = try Self.error(
      fit: [2, 2, 2, 1, 1, 0], hidden: 60, scale: 1e-4, seed: 52)
    #expect(error < 3 * expected, "\(error), \(expected)")
  }

  @Test("it is never called exact, and refused where it fails")
  func verdicts() throws {
    var normals = TestNormals(seed: 53)
    func verdict(_ scale: Double) throws -> Validity.Verdict {
      try SmallInitialization(
        TestProblem.white(
          normals.matrix(3, 3),
          layers: [normals.matrix(9, 3, scale: scale), normals.matrix(3, 9, scale: scale)])
      ).validity.verdict
    }
    guard case .approximate = try verdict(1e-4), case .doesNotApply = try verdict(1) else {
      Issue.record("small starts are approximate, large ones do not apply")
      return
    }
  }

  @Test("the first effective start averages to h(σ₁²+σ₂²)/4 within three standard errors")
  func effectiveStart() throws {
    var normals = TestNormals(seed: 54)
    let (h, one, two, draws) = (50, 0.02, 0.03, 200)
    let map = Matrix<Double>.diagonal([2, 1], rows: 3, columns: 4)
    var starts: [Double] = []
    for _ in 0..<draws {
      let problem = try TestProblem.white(
        map, layers: [normals.matrix(h, 4, scale: one), normals.matrix(3, h, scale: two)])
      starts.append(try SmallInitialization(problem).modes[0].initial)
    }
    let mean = starts.reduce(0, +) / Double(draws)
    let expected = Double(h) * (one * one + two * two) / 4
    let deviation = (2 / Double(h)).squareRoot() * expected
    #expect(abs(mean - expected) < 3 * deviation / Double(draws).squareRoot())
  }
}
