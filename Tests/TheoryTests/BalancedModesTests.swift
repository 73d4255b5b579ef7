import Foundation
import Integration
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Balanced modes") struct BalancedModesTests {
  @Test("the sigmoid agrees with the reference values to 1e-10")
  func fixtures() throws {
    func value(_ t: Double, _ s: Double, _ u0: Double) throws -> Double {
      try BalancedMode(strength: s, initial: u0).value(at: t)
    }
    for (name, value) in [
      ("sig(t=1,s=2", try value(1, 2, 0.01)), ("sig(t=3,s=-1", try value(3, -1, 0.5)),
      ("sig(t=3,s=0", try value(3, 0, 0.5)),
    ] {
      let expected = Fixtures.named(name)
      #expect(expected.count == 1 && abs(value - (expected.first ?? 0)) < 1e-12)
    }
  }

  @Test("every sign of the strength follows the integrated flow to 2e-11 pointwise")
  func integrated() throws {
    let ts = times(to: 12, count: 24)
    let integrator = DormandPrince(relativeTolerance: 1e-13, absoluteTolerance: 1e-40)
    for s in [3, 1, 0.2, 0, -1] {
      for lambda in [1, 0.3, 2.5] {
        let mode = try BalancedMode(strength: s, variance: lambda, initial: 1e-3)
        let states = try integrator.states(at: ts, from: [1e-3], interpolating: false) {
          _, y, slope in slope[0] = 2 * y[0] * (s - lambda * y[0])
        }
        for (t, y) in zip(ts, states) { #expect(abs(mode.value(at: t) / y[0] - 1) < 2e-11) }
      }
    }
  }

  @Test("the mode passes its levels at the times given in closed form")
  func passing() throws {
    let mode = try BalancedMode(strength: 2, initial: 1e-4)
    let half = try #require(mode.halfTime)
    #expect(abs(mode.value(at: half) / 2 - 0.5) < 1e-14)
    let late = try #require(mode.passingTime(of: 2 * (1 - 1e-3)))
    #expect(abs(mode.value(at: late) / (2 * (1 - 1e-3)) - 1) < 1e-13)
    #expect(mode.passingTime(of: 2.5) == nil && mode.passingTime(of: 1e-4) == 0)
    let dying = try BalancedMode(strength: 0, initial: 1)
    let time = try #require(dying.passingTime(of: 0.25))
    #expect(abs(dying.value(at: time) - 0.25) < 1e-15)
  }

  @Test("extreme times and starts stay finite and end where they must")
  func extremes() throws {
    for s in [2.0, 0, -1, 1e-200] {
      for u0 in [1e-300, 1e-3, 1, 1e10] {
        let mode = try BalancedMode(strength: s, variance: 0.5, initial: u0)
        for t in [0, 1e-300, 1, 1e3, 1e15] { #expect(mode.value(at: t).isFinite) }
      }
    }
    #expect(try BalancedMode(strength: 2, initial: 1e-300).value(at: 1e15) == 2)
    #expect(try BalancedMode(strength: 0, variance: 0, initial: 0.3).value(at: 1e15) == 0.3)
    #expect(try BalancedMode(strength: 1, initial: 0).value(at: 1e15) == 0)
    #expect(throws: TheoryError.self) { try BalancedMode(strength: 1, initial: -0.1) }
    #expect(throws: TheoryError.self) { try BalancedMode(strength: .nan, initial: 0.1) }
  }

  @Test("equal weight decay lowers the strength, and a mode below it dies")
  func weightDecay() throws {
    let problem = try TestProblem.aligned(
      inputs: 3, hidden: 4, outputs: 3, variances: [1, 1, 1], fit: [2, 1, 0.4],
      first: [0.1, 0.2, 0.3], second: [0.1, 0.2, 0.3], weightDecay: [0.5, 0.5])
    let theory = try BalancedModes(problem)
    let ts = times(to: 8, count: 16)
    let flow = try TestFlow.products(problem, at: ts)
    let predicted = try theory.predictions(at: ts).compactMap(\.product)
    #expect(relativeError(predicted, flow) < 3e-11)
    #expect(theory.modes[2].limit == 0)
  }

  @Test("imbalance is measured, and small imbalance costs what the law says")
  func imbalance() throws {
    let problem = try TestProblem.aligned(
      inputs: 2, hidden: 2, outputs: 2, variances: [1, 1], fit: [2, 1],
      first: [0.1, 0.1], second: [0.14, 0.1])
    let theory = try BalancedModes(problem)
    guard case .approximate(let expected) = theory.validity.verdict else {
      Issue.record("the verdict is \(theory.validity.verdict)")
      return
    }
    let ts = times(to: 6, count: 60)
    let error = relativeError(
      try theory.predictions(at: ts).compactMap(\.product),
      try TestFlow.products(problem, at: ts, tolerance: 1e-9))
    #expect(error < 2 * expected && error > expected / 10)
    let wrongSide = try TestProblem.aligned(
      inputs: 2, hidden: 2, outputs: 2, variances: [1, 1], fit: [2, 1],
      first: [0.1, 0.1], second: [0.1, -0.1])
    guard case .doesNotApply = try BalancedModes(wrongSide).validity.verdict else {
      Issue.record("a mode that starts on the wrong side has no sigmoid")
      return
    }
  }
}
