import Foundation
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("One input, one output") struct ScalarChainTests {
  @Test(
    "output and kernel follow the flow to 4e-9, whatever the width and start",
    arguments: [1, 2, 10, 50])
  func integrated(h: Int) throws {
    var normals = TestNormals(seed: UInt64(h))
    let ts = times(to: 12, count: 12)
    for s in [2, -1, 0.0] {
      for scale in [0.03, 0.3, 1] {
        let layers = [normals.matrix(h, 1, scale: scale), normals.matrix(1, h, scale: scale)]
        let problem = try TestProblem.make(
          input: Matrix([[0.7]]), inputOutput: Matrix([[s]]), layers: layers, rates: [1e-4, 3e-4])
        let theory = try ScalarChain(problem)
        let flow = try TestFlow.layers(problem, at: ts, tolerance: 1e-11)
        let predicted = try theory.predictions(at: ts)
        #expect(relativeError(predicted.compactMap(\.product), flow.map { $0[1] * $0[0] }) < 4e-9)
        let c = problem.rule.rateRatio
        let kernel = flow.map { 0.7 * ($0[0].squaredNorm / (c * c) + $0[1].squaredNorm * c * c) }
        let spectrum = predicted.compactMap { $0.vector(.kernelSpectrum)?.first }
        #expect(relativeError(spectrum, kernel) < 1e-9)
      }
    }
  }

  @Test("more than one input is refused")
  func refused() {
    #expect(throws: TheoryError.self) {
      try ScalarChain(TestProblem.white(.identity(2), layers: [.identity(2), .identity(2)]))
    }
  }
}
