import Foundation
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Hessian spectrum") struct HessianSpectrumTests {
  /// The Hessian of J by its action on every unit direction.
  static func hessian(_ problem: LearningProblem, _ layers: [Matrix<Double>]) -> Matrix<Double> {
    let (w1, w2) = (layers[0], layers[1])
    let input = problem.correlations.input
    let residual = problem.correlations.inputOutput - w2 * w1 * input
    let (n1, n2) = (w1.elements.count, w2.elements.count)
    var result = Matrix<Double>(rows: n1 + n2, columns: n1 + n2)
    for k in 0..<n1 + n2 {
      var (c, b) = (
        Matrix<Double>(rows: w1.rows, columns: w1.columns),
        Matrix<Double>(rows: w2.rows, columns: w2.columns)
      )
      if k < n1 { c.elements[k] = 1 } else { b.elements[k - n1] = 1 }
      let pushed = (b * w1 + w2 * c) * input
      let first = w2.times(pushed, left: .transposed) - b.times(residual, left: .transposed)
      let second = pushed.times(w1, right: .transposed) - residual.times(c, right: .transposed)
      for (i, value) in (first.elements + second.elements).enumerated() { result[i, k] = value }
    }
    return result
  }

  @Test("reference eigenvalues come out to 1e-10")
  func fixture() throws {
    let spectrum = try AlignedSpectrum.hessian(
      strengths: [1.2, 0.4], targets: [2, 1], inputs: 2, hidden: 2, outputs: 2)
    let expected = Fixtures.named("Hessian")
    #expect(expected.count == 8 && relativeError(spectrum.reversed(), expected) < 1e-10)
  }

  @Test(
    "all eigenvalues of Hessian and kernel agree to 4e-14 along learning",
    arguments: [(3, 3, 3), (4, 6, 3), (2, 3, 4)])
  func spectra(d: Int, h: Int, o: Int) throws {
    let m = min(d, o)
    let a = Array([0.1, 0.2, 0.1].prefix(m))
    let problem = try TestProblem.aligned(
      inputs: d, hidden: h, outputs: o, variances: Array(repeating: 1.5, count: d),
      fit: Array([2.5, 1.2, 0.6].prefix(m)), first: a, second: a, seed: UInt64(d))
    let theory = try HessianSpectrum(problem)
    #expect(theory.validity.isExact, "\(theory.validity)")
    for t in [0, 0.5, 1, 2, 5] {
      let p = try theory.prediction(at: t)
      let strengths = try #require(p.modeStrengths)
      // Weights of the right strengths, built afresh.
      let roots = strengths.map { $0.squareRoot() }
      let at = try TestProblem.aligned(
        inputs: d, hidden: h, outputs: o, variances: Array(repeating: 1.5, count: d),
        fit: Array([2.5, 1.2, 0.6].prefix(m)), first: roots, second: roots, seed: UInt64(d))
      let layers = at.initialWeights.layers
      let direct = try Self.hessian(problem, layers).symmetricEigen().values
      #expect(relativeError(try #require(p.vector(.hessianSpectrum)), direct) < 4e-14)
      #expect(abs((p.number(.sharpness) ?? 0) - direct[0]) < 1e-13)
      let outer = try layers[1].times(layers[1], right: .transposed).symmetricEigen().values
      let inner = try layers[0].times(layers[0], left: .transposed).symmetricEigen().values
      let kernel = outer.flatMap { x in inner.map { 1.5 * (x + $0) } }.sorted(by: >)
      #expect(relativeError(try #require(p.vector(.kernelSpectrum)), kernel) < 4e-14)
    }
  }

  @Test("a lone mode dips to half its target and ends at twice it")
  func loneMode() {
    #expect(AlignedSpectrum.sharpness(ofLoneMode: 0, target: 2) == 2)
    #expect(AlignedSpectrum.sharpness(ofLoneMode: 1, target: 2) == 1)
    #expect(AlignedSpectrum.sharpness(ofLoneMode: 2, target: 2) == 4)
  }

  @Test("a step size beyond 2 over the final sharpness is said")
  func warning() throws {
    func warnings(_ rate: Double) throws -> Int {
      let problem = try TestProblem.aligned(
        inputs: 2, hidden: 2, outputs: 2, variances: [1, 1], fit: [2, 1], first: [0.1, 0.1],
        second: [0.1, 0.1], rates: [rate, rate])
      return try HessianSpectrum(problem).validity.warnings.count
    }
    #expect(try warnings(0.49) == 0 && warnings(0.51) == 1)
    #expect(throws: TheoryError.self) {
      try AlignedSpectrum.hessian(
        strengths: [1], targets: [1, 2], inputs: 2, hidden: 2, outputs: 2)
    }
  }
}
