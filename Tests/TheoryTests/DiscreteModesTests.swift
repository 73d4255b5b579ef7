import Foundation
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Discrete modes") struct DiscreteModesTests {
  @Test(
    "every step of the full network agrees to 1e-11, whatever the rule",
    arguments: [UpdateOrder.simultaneous, .sequential], [0, 0.02])
  func steps(order: UpdateOrder, decay: Double) throws {
    let problem = try TestProblem.aligned(
      inputs: 4, hidden: 5, outputs: 3, variances: [1, 0.5, 2, 0.7], fit: [2, 1.5, 0.5],
      first: [0.1, 0.3, 0.05, 0.2], second: [0.2, -0.1, 0.05], rates: [0.1, 0.05], decay: decay,
      weightDecay: [0.01, 0.03], order: order)
    let theory = try DiscreteModes(problem)
    #expect(theory.validity.isExact, "\(theory.validity)")
    let descent = TestFlow.descend(problem, steps: 200)
    let moments = [0.0, 1, 2, 10, 60, 200]
    let predicted = try theory.predictions(at: moments)
    #expect(
      relativeError(
        predicted.compactMap(\.product), moments.map { descent[Int($0)][1] * descent[Int($0)][0] })
        < 1e-11)
    let gram = moments.map { descent[Int($0)][1].times(descent[Int($0)][1], right: .transposed) }
    #expect(relativeError(predicted.compactMap { $0.matrix(.secondLayerGram) }, gram) < 1e-11)
  }

  @Test("far steps are reached once the modes stand still, a cycle that never ends is refused")
  func far() throws {
    let problem = try TestProblem.aligned(
      inputs: 2, hidden: 2, outputs: 2, variances: [1, 1], fit: [2, 1], first: [0.1, 0.1],
      second: [0.1, 0.2], rates: [0.1, 0.1])
    let last = try DiscreteModes(problem).prediction(at: 1e15)
    #expect(relativeError(try #require(last.modeStrengths), [2, 1]) < 1e-14)
  }

  @Test("beyond the stability edge of the network the verdict says that it does not apply")
  func unstable() throws {
    func verdict(_ rate: Double) throws -> Validity.Verdict {
      let problem = try TestProblem.aligned(
        inputs: 2, hidden: 2, outputs: 2, variances: [1, 1], fit: [2, 1], first: [0.1, 0.1],
        second: [0.1, 0.1], rates: [rate, rate])
      return try DiscreteModes(problem).validity.verdict
    }
    // Sharpness at the minimum is 2·s_max = 4, so the edge is at η = ½.
    #expect(try verdict(0.49) == .exact)
    guard case .doesNotApply = try verdict(0.51) else {
      Issue.record("η·sharpness is above 2")
      return
    }
  }
}
