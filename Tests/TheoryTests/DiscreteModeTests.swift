import Foundation
import Integration
import Testing
import Theory

@Suite("Discrete mode") struct DiscreteModeTests {
  @Test("product and square follow the closed map, and imbalance shrinks, to 1e-13")
  func closedMap() throws {
    for lambda in [1, 0.4] {
      for rate in [0.01, 0.3, 0.7] {
        var mode = try DiscreteMode(strength: 1.2, variance: lambda, first: 0.3, second: -0.05)
        var (u, n, c) = (mode.value, 0.3 * 0.3 + 0.05 * 0.05, 0.3 * 0.3 - 0.05 * 0.05)
        for _ in 0..<300 {
          let residual = 1.2 - lambda * u
          c *= 1 - rate * rate * residual * residual
          (u, n) = DiscreteMode.closedStep(
            product: u, square: n, strength: 1.2, variance: lambda, rate: rate)
          mode.step(rates: (rate, rate))
          let (a, b) = (mode.first, mode.second)
          #expect(abs(u - a * b) < 1e-13 && abs(n - a * a - b * b) < 1e-13)
          #expect(abs(c - (a * a - b * b)) < 1e-13)
        }
      }
    }
  }

  @Test("the balanced map has the fates that its multiplier says")
  func fates() throws {
    func orbit(_ m: Double) throws -> [Double] {
      let map = try BalancedMap(rate: m, strength: 1)
      var x = 0.01
      for _ in 0..<20000 where abs(x) < 1e3 { x = map.step(x) }
      var values: [Double] = []
      for _ in 0..<64 where abs(x) < 1e3 {
        x = map.step(x)
        values.append(x * x)
      }
      return values
    }
    let expected: [(Double, BalancedMap.Fate)] = [
      (0.4, .monotone), (0.95, .oscillating), (1.05, .twoCycle), (1.3, .bounded),
      (1.99, .bounded), (2.01, .diverges),
    ]
    for (m, fate) in expected {
      #expect(try BalancedMap(rate: m, strength: 1).fate == fate)
      let values = try orbit(m)
      #expect(values.isEmpty == (fate == .diverges))
      guard let last = values.last, let before = values.dropLast().last else { continue }
      switch fate {
      case .monotone, .oscillating: #expect(abs(last - m) < 1e-9)
      case .twoCycle:
        let cycle = try #require(try BalancedMap(rate: m, strength: 1).twoCycle)
        #expect(abs(min(last, before) - cycle.low) < 1e-9)
        #expect(abs(max(last, before) - cycle.high) < 1e-9)
      case .bounded, .diverges: #expect(values.allSatisfy { $0 < 4 * m })
      }
    }
    #expect(BalancedMap.stableRate(strength: 4) == 0.25)
  }

  @Test("a start beyond 2/η catapults to a flatter minimum or diverges")
  func catapult() throws {
    func end(_ a: Double, _ b: Double) throws -> Double {
      var mode = try DiscreteMode(strength: 1, first: a, second: b)
      for _ in 0..<100_000 where abs(mode.first) + abs(mode.second) < 1e6 {
        mode.step(rates: (0.5, 0.5))
      }
      return mode.first * mode.first + mode.second * mode.second
    }
    // Values of the reference script, four decimals.
    #expect(abs(try end(2.5, 0.1) - 2.4520) < 6e-5)
    #expect(abs(try end(1.2, 0.2) - 2.3272) < 6e-5)
    #expect(try end(3, 0.05) > 1e6)
  }

  @Test("the distance to the flow is of first order in the rate")
  func order() throws {
    let flow = try AlignedMode(strength: 2, first: 0.3, second: 0.1).amplitudes(at: 2)
    let errors = try [0.04, 0.02, 0.01, 0.005].map { rate in
      var mode = try DiscreteMode(strength: 2, first: 0.3, second: 0.1)
      for _ in 0..<Int((2 / rate).rounded()) { mode.step(rates: (rate, rate)) }
      return max(abs(mode.first - flow.first), abs(mode.second - flow.second))
    }
    for (coarse, fine) in zip(errors, errors.dropFirst()) {
      #expect(abs(log2(coarse / fine) - 1) < 0.02)
    }
  }

  @Test("the distance to the modified flow is of second order")
  func modifiedFlow() throws {
    let errors = try [0.04, 0.02, 0.01].map { rate in
      // y′ = f − (η/2)·f′f, the flow that descent follows one order further.
      let flow = try DormandPrince(relativeTolerance: 1e-12, absoluteTolerance: 1e-14).states(
        at: [2], from: [0.3, 0.1], interpolating: false
      ) { _, y, slope in
        let r = 2 - y[0] * y[1]
        let (f, g) = (y[1] * r, y[0] * r)
        slope[0] = f - rate / 2 * (-y[1] * y[1] * f + (r - y[0] * y[1]) * g)
        slope[1] = g - rate / 2 * ((r - y[0] * y[1]) * f - y[0] * y[0] * g)
      }
      var mode = try DiscreteMode(strength: 2, first: 0.3, second: 0.1)
      for _ in 0..<Int((2 / rate).rounded()) { mode.step(rates: (rate, rate)) }
      return max(abs(mode.first - flow[0][0]), abs(mode.second - flow[0][1]))
    }
    for (coarse, fine) in zip(errors, errors.dropFirst()) {
      #expect(abs(log2(coarse / fine) - 2) < 0.06)
    }
  }

  @Test("near the minimum an error shrinks by one minus the final rate times the step")
  func localRate() throws {
    let mode = try AlignedMode(strength: 1.2, variance: 0.7, first: 0.9, second: 0.2)
    let end = mode.amplitudes(at: 1e15)
    var discrete = try DiscreteMode(
      strength: 1.2, variance: 0.7, first: end.first * (1 + 1e-6), second: end.second)
    let before = discrete.value - mode.limit
    discrete.step(rates: (0.1, 0.1))
    // Errors of second order are 1e-6 of the first.
    #expect(abs((discrete.value - mode.limit) / before - (1 - 0.1 * mode.finalRate)) < 1e-5)
  }
}
