import Foundation
import Testing
import Theory

@Suite("Sums of trade-offs") struct ModeRiskCurveTests {
  /// A mode of the two-mode family: z̄ = s/λ − ε/√λ with noise ε, error f·λ(z̄−z)².
  static func mode(
    _ c: Double, _ r: Double, s: Double, lambda: Double, fraction: Double, noise: Double = 0.5,
    initial: Double = 1e-4
  ) throws -> ModeTradeOff {
    ModeTradeOff(
      trajectory: try ModeTrajectory(
        invariant: c, coupling: r, strength: s, variance: lambda, initial: initial),
      optimum: s / lambda - noise / lambda.squareRoot(), weight: fraction * lambda)
  }

  @Test("the example with two minima has the tabulated extrema")
  func example() throws {
    let first = try Self.mode(0.01, 0, s: 2.5, lambda: 1, fraction: 0.1)
    let second = try Self.mode(0.01, 0, s: 2.5, lambda: 10, fraction: 0.9)
    // Five printed digits each; times are flat at an extremum and agree to their two decimals.
    #expect(abs(first.turningTime - 160.93) < 0.02 && abs(second.turningTime - 4.58) < 0.01)
    let curve = ModeRiskCurve(modes: [first, second])
    let extrema = curve.extrema(from: 1, to: 1e4)
    let expected = [(7.46, 0.34542, true), (23.28, 0.38025, false), (160.93, 0.225, true)]
    #expect(extrema.count == 3)
    for (found, (time, value, isMinimum)) in zip(extrema, expected) {
      #expect(abs(found.time / time - 1) < 2e-3 && abs(found.value - value) < 1e-5)
      #expect(found.isMinimum == isMinimum)
    }
    #expect(abs(curve.error(at: 1e5) - 0.25) < 1e-9)
    #expect(curve.hasDoubleDescent(from: 1, to: 1e4))
    #expect(curve.causes.map(\.rising) == [1] && curve.causes.map(\.falling) == [0])
  }

  @Test(
    "what orders the modes decides whether the descent is double",
    arguments: [
      // γ, r, s₂, λ₂, minima
      (0.01, 0.0, 2.5, 10.0, 2), (0.01, 0, 5, 1, 1),
      (0.001, 0.02, 2.5, 10, 1), (0.001, 0.02, 5, 1, 1),
      (0, 0.02, 2.5, 10, 1), (0, 0.02, 5, 1, 2),
    ])
  func contrasts(c: Double, r: Double, s: Double, lambda: Double, minima: Int) throws {
    let curve = ModeRiskCurve(modes: [
      try Self.mode(c, r, s: 2.5, lambda: 1, fraction: 0.1),
      try Self.mode(c, r, s: s, lambda: lambda, fraction: 0.9),
    ])
    #expect(curve.extrema(from: 1, to: 1e4).filter(\.isMinimum).count == minima)
    #expect(curve.hasDoubleDescent(from: 1, to: 1e4) == (minima == 2))
    #expect(minima == 1 || !curve.causes.isEmpty)
  }

  @Test("a single mode never descends twice and has the shape of its optimum")
  func single() throws {
    let turning = try Self.mode(0.01, 0.02, s: 2.5, lambda: 1, fraction: 1)
    #expect(turning.shape == .turning)
    #expect(turning.error(at: turning.turningTime) < 1e-20)
    let falling = try Self.mode(0.01, 0.02, s: 2.5, lambda: 1, fraction: 1, noise: -0.5)
    #expect(falling.shape == .falling && falling.turningTime == .infinity)
    let rising = try Self.mode(0.01, 0.02, s: 2.5, lambda: 1, fraction: 1, noise: 3)
    #expect(rising.shape == .rising && rising.turningTime == 0)
    for mode in [turning, falling, rising] {
      #expect(!ModeRiskCurve(modes: [mode]).hasDoubleDescent(from: 1e-2, to: 1e5))
      // The slope is the derivative of the error: central differences of order h².
      for t in [1.0, 30, 100] {
        let h = 1e-4 * t
        let difference = (mode.error(at: t + h) - mode.error(at: t - h)) / (2 * h)
        #expect(abs(mode.slope(at: t) - difference) < 1e-6 * max(1, abs(difference)))
      }
    }
  }

  @Test("the two-layer example has its minima where the reference found them")
  func twoLayers() throws {
    var modes: [ModeTradeOff] = []
    for (lambda, truth, fit) in [(1.0, 1.0, 1.9), (0.02, 6, 6.5)] {
      let trajectory = try ModeTrajectory(
        invariant: 0, strength: lambda * fit, variance: lambda, initial: 9e-4)
      modes.append(ModeTradeOff(trajectory: trajectory, optimum: truth, weight: lambda))
    }
    let minima = ModeRiskCurve(modes: modes).extrema(from: 0.1, to: 60).filter(\.isMinimum)
    // The reference scanned steps of 0.01.
    #expect(minima.count == 2)
    #expect(abs(minima[0].time - 2.04) < 0.01 && abs(minima[1].time - 43.73) < 0.01)
    #expect(abs(minima[0].value - 0.72) < 5e-3 && abs(minima[1].value - 0.81) < 5e-3)
  }

  @Test("the ranges of double descent in the second input variance are the tabulated ones")
  func ranges() throws {
    // γ, r and the range of λ₂ of the reference, on a grid of 160 points a decade apart by 4/160.
    for (c, r, low, high) in [(0.01, 0.02, 6.92, 20.0), (0, 0.02, 15.8, 27.5)] {
      for (lambda, expected) in [
        (low * 0.9, false), (low * 1.06, true), (high * 0.95, true), (high * 1.1, false),
      ] {
        let curve = ModeRiskCurve(modes: [
          try Self.mode(c, r, s: 2.5, lambda: 1, fraction: 0.1),
          try Self.mode(c, r, s: 2.5, lambda: lambda, fraction: 0.9),
        ])
        #expect(curve.hasDoubleDescent(from: 1, to: 1e4) == expected, "\(c) \(lambda)")
      }
    }
  }
}
