import Foundation
import Integration
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Deep balanced modes") struct DeepBalancedModesTests {
  @Test("three layers agree with the reference value to 1e-10")
  func fixture() throws {
    let mode = try DeepBalancedMode(strength: 1.5, initial: 0.05, depth: 3)
    let expected = try #require(Fixtures.named("udeep").first)
    #expect(abs(try mode.values(at: [2])[0] - expected) < 1e-10)
  }

  @Test("every depth follows the integrated equation to 3e-11", arguments: [1, 2, 3, 4, 5, 8])
  func integrated(depth: Int) throws {
    let n = Double(depth)
    let ts = times(to: 8, count: 16)
    let integrator = DormandPrince(relativeTolerance: 1e-13, absoluteTolerance: 1e-20)
    for (s, u0, lambda) in [
      (1.5, 0.05, 1.0), (1.5, 0.05, 0.4), (-1, 0.5, 1), (0, 0.5, 2), (1, 3, 1),
    ] {
      let mode = try DeepBalancedMode(strength: s, variance: lambda, initial: u0, depth: depth)
      let states = try integrator.states(at: ts, from: [u0], interpolating: false) { _, y, slope in
        slope[0] = n * pow(abs(y[0]), 2 - 2 / n) * (s - lambda * y[0])
      }
      for (value, y) in zip(try mode.values(at: ts), states) {
        #expect(abs(value / y[0] - 1) < 3e-11 || depth == 1 && abs(value - y[0]) < 1e-11)
      }
    }
  }

  @Test("levels are passed when the mode is there")
  func passing() throws {
    for depth in [3, 5] {
      let mode = try DeepBalancedMode(strength: 1.5, variance: 0.8, initial: 0.01, depth: depth)
      for level in [0.02, 0.5, 1.8] {
        let time = try #require(try mode.passingTime(of: level))
        #expect(abs(try mode.values(at: [time])[0] / level - 1) < 1e-10)
      }
      #expect(try mode.passingTime(of: 3) == nil)
    }
  }

  @Test("the limit of many layers is approached like 1/N")
  func manyLayers() throws {
    // Deviations of the reference script: 0.38, 0.047, 0.0048 at N = 10, 100, 1000.
    for (depth, expected) in [(10, 0.3806), (100, 0.04707), (1000, 0.004813)] {
      let mode = try DeepBalancedMode(strength: 1.5, initial: 0.05, depth: depth)
      var worst = 0.0
      for k in 1...8 {
        let level = 0.05 + 1.4 * Double(k) / 8
        let exact = try #require(try mode.passingTime(of: level))
        let limit = try #require(mode.passingTimeOfManyLayers(of: level))
        worst = max(worst, abs(exact / limit - 1))
      }
      #expect(abs(worst / expected - 1) < 0.01, "\(depth): \(worst)")
    }
  }

  @Test("extreme times and starts stay finite and end at s/λ")
  func extremes() throws {
    for s in [2.0, 0, -1] {
      for u0 in [1e-300, 1e-3, 0, 5] {
        let mode = try DeepBalancedMode(strength: s, initial: u0, depth: 4)
        let values = try mode.values(at: [0, 1e-9, 1, 1e3, 1e15])
        #expect(values.allSatisfy { $0.isFinite && $0 >= 0 })
      }
    }
    let mode = try DeepBalancedMode(strength: 2, variance: 0.5, initial: 1e-3, depth: 3)
    #expect(abs(try mode.values(at: [1e15])[0] - 4) < 1e-14)
    #expect(throws: TheoryError.self) {
      try DeepBalancedMode(strength: 2, initial: -1, depth: 3)
    }
  }

  @Test("a full network of four layers agrees to 1e-11, and imbalance is not called exact")
  func network() throws {
    let problem = try DeepModesTests.problem(
      fit: [2, 1, 0.5], amplitudes: Array(repeating: [0.5, 0.5, 0.5], count: 4))
    let theory = try DeepBalancedModes(problem)
    #expect(theory.validity.isExact, "\(theory.validity)")
    let ts = times(to: 6, count: 6)
    let flow = try TestFlow.products(problem, at: ts)
    #expect(relativeError(try theory.predictions(at: ts).compactMap(\.product), flow) < 1e-11)
    let other = try DeepModesTests.problem(
      fit: [2, 1, 0.5], amplitudes: [[0.5, 0.5, 0.5], [0.5, 0.7, 0.5], [0.5, 0.5, 0.5]])
    #expect(!(try DeepBalancedModes(other).validity.isExact))
  }
}
