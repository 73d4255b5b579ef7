import Foundation
import Integration
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Aligned modes") struct AlignedModesTests {
  @Test("the closed form agrees with the reference values to 1e-10")
  func fixtures() throws {
    let cases: [(String, Double, Double, Double, Double, Double)] = [
      ("qmode(t=1,s=2,a0=.3,b0=.1)", 1, 2, 0.3, 0.1, 1),
      ("qmode(t=1,s=2,a0=.3,b0=-.1,lam=.5)", 1, 2, 0.3, -0.1, 0.5),
      ("qmode(t=2,s=1,a0=1,b0=-1)", 2, 1, 1, -1, 1),
    ]
    for (name, t, s, a0, b0, lambda) in cases {
      let (a, b) = try AlignedMode(strength: s, variance: lambda, first: a0, second: b0)
        .amplitudes(at: t)
      let expected = Fixtures.named(name)
      #expect(expected.count == 2)
      #expect(abs(a - expected[0]) < 1e-10 && abs(b - expected[1]) < 1e-10)
    }
  }

  @Test("any imbalance, sign and variance follows the integrated flow to 2e-10")
  func integrated() throws {
    let starts = [
      (1e-2, 1e-2), (0.5, -0.2), (2, 0.01), (0, 1), (-1, 1), (1e-3, 1.5), (3, 3), (1, -1),
    ]
    let integrator = DormandPrince(relativeTolerance: 1e-12, absoluteTolerance: 1e-16)
    for s in [2, 0.5, 0, -1] {
      for (a0, b0) in starts {
        for lambda in [1, 0.4] {
          // On the stable manifold of the saddle integration leaves by rounding.
          let onManifold = s > 0 && a0 == -b0 || s < 0 && a0 == b0
          let ts = times(to: onManifold ? 4 : 12, count: 12)
          let mode = try AlignedMode(strength: s, variance: lambda, first: a0, second: b0)
          let states = try integrator.states(at: ts, from: [a0, b0], interpolating: false) {
            _, y, slope in
            let r = s - lambda * y[0] * y[1]
            slope[0] = y[1] * r
            slope[1] = y[0] * r
          }
          let predicted = ts.map { mode.amplitudes(at: $0) }
          #expect(relativeError(predicted.map(\.first), states.map { $0[0] }) < 2e-10)
          #expect(relativeError(predicted.map(\.second), states.map { $0[1] }) < 2e-10)
        }
      }
    }
  }

  @Test("it solves the implicit time formula of the paper to 1e-14")
  func implicitTime() throws {
    let (a0, b0, s) = (1.3, 0.1, 2.0)
    let c = a0 * a0 - b0 * b0
    let d = (c * c + 4 * s * s).squareRoot()
    func clock(_ ratio: Double) -> Double {
      log((d + c + 2 * s * ratio) / (d - c - 2 * s * ratio)) / d
    }
    let (a, b) = try AlignedMode(strength: s, first: a0, second: b0).amplitudes(at: 0.7)
    #expect(abs(clock(b / a) - clock(b0 / a0) - 0.7) < 1e-14)
  }

  @Test("the start is returned at time zero and the way into the saddle stays on it")
  func ends() throws {
    let mode = try AlignedMode(strength: 2, variance: 0.3, first: 0.7, second: -0.2)
    #expect(mode.amplitudes(at: 0) == (0.7, -0.2))
    #expect(abs(mode.value(at: 1e15) - 2 / 0.3) < 1e-14)
    let saddle = try AlignedMode(strength: 2, first: 0.3, second: -0.3)
    #expect(saddle.limit == 0 && abs(saddle.value(at: 100)) < 1e-80)
    // One unit of the last place off the manifold, the mode is learned, only later.
    let near = try AlignedMode(strength: 2, first: 0.3.nextUp, second: -0.3)
    #expect(near.limit == 2 && abs(near.value(at: 1e3) - 2) < 1e-14)
    let time = try #require(near.halfLearningTime)
    let plus = (0.3.nextUp - 0.3) / 2.squareRoot()
    // Growth e^(st) of q₊ from one ulp to order one: t ≈ ln(1/q₊)/s.
    #expect(abs(time + log(plus) / 2) < 1)
  }

  @Test("extreme times, starts and tasks stay finite")
  func extremes() throws {
    for s in [2.0, 0, -1, 1e-12] {
      for lambda in [1.0, 1e-12, 1e12] {
        for (a, b) in [
          (1e-150, 1e-150), (1e-150, -1e-150), (1e-160, 1), (0, 0), (0, 1), (1e5, 1e-5), (1, -1),
        ] {
          let mode = try AlignedMode(strength: s, variance: lambda, first: a, second: b)
          for t in [0, 1e-10, 1, 1e3, 1e15] { #expect(mode.value(at: t).isFinite) }
        }
      }
    }
    let still = try AlignedMode(strength: 0, variance: 0, first: 3, second: -2)
    #expect(still.amplitudes(at: 1e15) == (3, -2))
    let tiny = try AlignedMode(strength: 2, first: 1e-150, second: 1e-150)
    #expect(abs(tiny.value(at: 1e15) - 2) < 1e-14)
    #expect(throws: TheoryError.self) {
      try AlignedMode(strength: 1, variance: 0, first: 1, second: 1)
    }
  }

  @Test("passing times are where the mode passes")
  func passing() throws {
    let mode = try AlignedMode(strength: 1.5, variance: 0.5, first: 0.3, second: -0.2)
    for level in [-0.05, 0, 0.5, 2.9] {
      let time = try #require(mode.passingTime(of: level))
      #expect(abs(mode.value(at: time) - level) < 1e-13)
    }
    #expect(mode.passingTime(of: 3.1) == nil && mode.passingTime(of: -1) == nil)
  }

  @Test(
    "the full matrices of rectangular nets with equal, zero and negative modes agree to 4e-10",
    arguments: [(6, 5, 4), (4, 6, 4), (3, 4, 5)])
  func matrices(d: Int, h: Int, o: Int) throws {
    let variances = Array([1, 0.5, 2, 3, 1, 0.2].prefix(d))
    let problem = try TestProblem.aligned(
      inputs: d, hidden: h, outputs: o, variances: variances,
      fit: Array([2, 2, 1, 0].prefix(min(d, o))), first: [0.01, 0.3, 0.05, 0.4],
      second: [0.02, -0.01, 0.05, 0.3], rates: [2e-4, 5e-5])
    let ts = times(to: 12, count: 12)
    let theory = try AlignedModes(problem)
    #expect(theory.validity.isExact, "\(theory.validity)")
    let predicted = try theory.predictions(at: ts)
    let flow = try TestFlow.layers(problem, at: ts, tolerance: 1e-11)
    #expect(relativeError(predicted.compactMap(\.product), flow.map { $0[1] * $0[0] }) < 4e-10)
    #expect(
      relativeError(
        predicted.compactMap { $0.matrix(.firstLayerGram) },
        flow.map { $0[0].times($0[0], left: .transposed) }) < 4e-10)
    #expect(
      relativeError(
        predicted.compactMap { $0.matrix(.secondLayerGram) },
        flow.map { $0[1].times($0[1], right: .transposed) }) < 4e-10)
    #expect(predicted.allSatisfy { abs(($0.loss ?? -1) - ($0.risk ?? -2)) < 1e-12 })
  }

  @Test("gradient descent stays as close to the flow as the step-size law says")
  func stepSize() throws {
    for rate in [0.1, 0.03, 0.01] {
      let problem = try TestProblem.aligned(
        inputs: 3, hidden: 3, outputs: 3, variances: [1, 1, 1], fit: [3, 2, 1],
        first: [0.15, 0.15, 0.15], second: [0.15, 0.15, 0.15], rates: [rate, rate])
      let theory = try AlignedModes(problem)
      let law = try #require(theory.validity.assumptions.first { $0.isStepSize }).expectedError
      let steps = Int(6 / rate)
      let descent = TestFlow.descend(problem, steps: steps).map { $0[1] * $0[0] }
      let moments = AlignedModes.moments(atIterations: Array(0...steps), rule: problem.rule)
      let error = relativeError(try theory.predictions(at: moments).compactMap(\.product), descent)
      #expect(error < 1.5 * law && error > law / 10)
    }
  }

  @Test("a misaligned or coupled problem is not called exact")
  func validity() throws {
    let problem = try TestProblem.aligned(
      inputs: 3, hidden: 3, outputs: 3, variances: [1, 2, 3], fit: [3, 2, 1],
      first: [0.1, 0.1, 0.1], second: [0.1, 0.1, 0.1])
    #expect(try AlignedModes(problem).validity.isExact)
    var turned = problem
    turned.initialWeights.layers[0][0, 1] += 0.05
    #expect(!(try AlignedModes(turned).validity.isExact))
    var normals = TestNormals(seed: 3)
    let noisy = try TestProblem.make(
      input: problem.correlations.input,
      inputOutput: problem.correlations.inputOutput + normals.matrix(3, 3, scale: 0.3),
      layers: problem.initialWeights.layers)
    #expect(!(try AlignedModes(noisy).validity.isExact))
    #expect(throws: TheoryError.self) {
      try AlignedModes(
        TestProblem.white(.identity(2), layers: [Matrix.identity(2)]))
    }
    #expect(throws: TheoryError.self) { try AlignedModes(problem).prediction(at: -1) }
    #expect(throws: TheoryError.self) { try AlignedModes(problem).prediction(at: .nan) }
    #expect(throws: TheoryError.self) { try AlignedModes(problem).predictions(at: [2, 1]) }
  }
}
