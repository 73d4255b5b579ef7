import Foundation
import Integration
import Testing
import Theory

@Suite("Mode trajectories") struct ModeTrajectoryTests {
  @Test("both forms follow the integrated equation to 4e-10")
  func integrated() throws {
    let integrator = DormandPrince(relativeTolerance: 1e-12, absoluteTolerance: 1e-18)
    let ts = times(to: 12, count: 12)
    for (c, r, s, lambda, z0) in [
      (0.5, 2.0, 1.5, 0.7, 0.1), (5, 0.5, 1, 1, -0.3), (0, 2, 1, 0.5, 0.01), (0.3, 0, 1, 2, 0.2),
      (0.2, 2, -1, 1, 0.4), (1e-6, 2, 1, 1, 1e-3), (0.1, 2, 0, 1, -0.6), (1e-3, 2, 2, 1, -0.5),
      (0, 2, -1, 1, 0.3), (0, 2, 1, 1, -0.3),
    ] {
      let mode = try ModeTrajectory(
        invariant: c, coupling: r, strength: s, variance: lambda, initial: z0)
      let states = try integrator.states(at: ts, from: [z0], interpolating: false) {
        _, y, slope in
        slope[0] = (c * c + r * r * y[0] * y[0]).squareRoot() * (s - lambda * y[0])
      }
      #expect(relativeError(ts.map { mode.value(at: $0) }, states.map { $0[0] }) < 4e-10)
    }
  }

  @Test("it is the aligned mode with γ = |b²−a²| and r = 2")
  func aligned() throws {
    for (a, b, s, lambda) in [(0.3, -0.1, 1.4, 0.6), (2, 0.01, 0.5, 3), (0.2, 0.2, 1, 1)] {
      let mode = try AlignedMode(strength: s, variance: lambda, first: a, second: b)
      let trajectory = try ModeTrajectory(
        invariant: abs(b * b - a * a), strength: s, variance: lambda, initial: a * b)
      for t in [0, 0.1, 1, 5, 100, 1e15] {
        #expect(abs(mode.value(at: t) - trajectory.value(at: t)) < 1e-13)
      }
      #expect(abs(mode.finalRate - trajectory.rate) < 1e-13)
    }
  }

  @Test("extreme parameters stay finite")
  func extremes() throws {
    for c in [0, 1e-300, 1e-12, 1, 1e8] {
      for r in [0, 1e-8, 2.0] {
        for z0 in [-1, -1e-300, 0, 1e-300, 3.0] {
          for s in [-1, 0, 2.0] {
            let mode = try ModeTrajectory(
              invariant: c, coupling: r, strength: s, variance: 0.5, initial: z0)
            for t in [1e-10, 1, 1e15] { #expect(mode.value(at: t).isFinite) }
          }
        }
      }
    }
  }
}
