import Foundation
import Integration
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Deep modes") struct DeepModesTests {
  /// A deep aligned network: `amplitudes` has one list of mode amplitudes per layer.
  static func problem(
    fit: [Double], amplitudes: [[Double]], variances: [Double] = [1, 1, 1],
    rates: [Double]? = nil
  ) throws -> LearningProblem {
    var normals = TestNormals(seed: 31)
    let n = amplitudes.count
    let size = fit.count
    let bases = try (0...n).map { _ in try normals.orthonormal(size, size) }
    let layers = (0..<n).map { l in
      (bases[l + 1] * .diagonal(amplitudes[l])).times(bases[l], right: .transposed)
    }
    let input = (bases[0] * .diagonal(variances)).times(bases[0], right: .transposed)
    let map = (bases[n] * .diagonal(fit)).times(bases[0], right: .transposed)
    return try TestProblem.make(
      input: input, inputOutput: map * input, layers: layers, rates: rates)
  }

  @Test("one layer's equation reproduces all layers to 8e-12")
  func reduction() throws {
    let integrator = DormandPrince(relativeTolerance: 1e-13, absoluteTolerance: 1e-15)
    let ts = times(to: 8, count: 16)
    for (s, start) in [
      (1.5, [0.2, 0.5, 0.9]), (1.5, [-0.2, 0.5, 0.9]), (1.5, [0.3, 0.3, 0.9]),
      (-1, [0.2, 0.5, 0.9]),
      (1, [0.0, 0.5, -0.7, 0.2]), (2, [1e-4, 2e-4, 3e-4, 0.5]), (0.5, [2.0, 1, 1.5]),
      (0, [0.5, 1, 1]),
    ] {
      let mode = try DeepMode(strength: s, variance: 0.8, initial: start)
      let states = try integrator.states(at: ts, from: start, interpolating: false) {
        _, y, slope in
        let residual = s - 0.8 * y.reduce(1, *)
        for l in y.indices {
          slope[l] = residual
          for j in y.indices where j != l { slope[l] *= y[j] }
        }
      }
      let predicted = try mode.amplitudes(at: ts)
      #expect(
        relativeError(predicted.flatMap { $0 }, states.flatMap { $0 }) < 8e-12, "\(s) \(start)")
    }
  }

  @Test("balanced layers give the balanced solution, two layers the closed form")
  func limits() throws {
    let ts = times(to: 6, count: 12)
    let deep = try DeepMode(strength: 1.5, initial: [0.4, 0.4, 0.4]).values(at: ts)
    let balanced = try DeepBalancedMode(strength: 1.5, initial: 0.064, depth: 3).values(at: ts)
    #expect(relativeError(deep, balanced) < 1e-11)
    let two = try DeepMode(strength: 1.5, variance: 0.4, initial: [0.3, -0.1]).values(at: ts)
    let closed = try AlignedMode(strength: 1.5, variance: 0.4, first: 0.3, second: -0.1)
    #expect(relativeError(two, ts.map(closed.value)) < 1e-11)
  }

  @Test("any time is reached, in the minimum, on the saddle and in algebraic decay")
  func extremes() throws {
    for (s, start, end) in [
      (2.0, [0.1, 0.2, 0.3], 2.0), (2, [0.3, -0.3, 0.5], 0), (2, [0.3, -0.3, 0.3], 0),
      (0, [0.3, 0.3, 0.5], 0), (2, [1e-100, 1e-100, 1], 2), (-1, [0.2, 0.5, 0.9], -1),
      (1, [0.0, 0, 0], 0),
    ] {
      let values = try DeepMode(strength: s, initial: start).values(at: [1, 1e3, 1e15])
      #expect(abs(values[2] - end) < 1e-10, "\(s) \(start) \(values)")
    }
    #expect(try DeepMode(strength: 0, variance: 0, initial: [2, 3]).values(at: [1e15]) == [6])
  }

  @Test("a full network with coloured inputs, imbalance and unequal rates agrees to 1e-11")
  func network() throws {
    let problem = try Self.problem(
      fit: [2, 1, 0.5], amplitudes: [[0.5, 0.2, 0.6], [0.4, 0.7, 0.5], [0.9, 0.3, -0.5]],
      variances: [1, 2, 0.5], rates: [1e-4, 2e-4, 4e-4])
    let theory = try DeepModes(problem)
    #expect(theory.validity.isExact, "\(theory.validity)")
    let ts = times(to: 6, count: 6)
    let flow = try TestFlow.products(problem, at: ts)
    #expect(relativeError(try theory.predictions(at: ts).compactMap(\.product), flow) < 1e-11)
    var turned = problem
    turned.initialWeights.layers[1][0, 1] += 0.1
    #expect(!(try DeepModes(turned).validity.isExact))
  }
}
