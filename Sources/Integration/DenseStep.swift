import Foundation

/// One accepted step of an integration, with the solution everywhere inside it.
public struct DenseStep: Equatable, Sendable {
  /// Time at which the step began.
  public let start: Double
  /// Time at which the step ended.
  public let end: Double
  /// State at the start, shape [component].
  public let startState: [Double]
  /// State at the end, shape [component].
  public let endState: [Double]
  let coefficients: [[Double]]

  /// The state at a time inside the step, by an interpolant of order 4; the ends are exact.
  public func state(at time: Double) -> [Double] {
    if time >= end { return endState }
    if time <= start { return startState }
    let x = (time - start) / (end - start)
    let z = 1 - x
    return startState.indices.map { i in
      startState[i]
        + x
        * (coefficients[0][i]
          + z * (coefficients[1][i] + x * (coefficients[2][i] + z * coefficients[3][i])))
    }
  }
}

/// The seven slopes of a Dormand–Prince step and the room to form them.
struct RungeKuttaStages {
  var k1, k2, k3, k4, k5, k6, k7, next, work: [Double]

  init(count: Int) {
    let zero = [Double](repeating: 0, count: count)
    (k1, k2, k3, k4, k5, k6, k7) = (zero, zero, zero, zero, zero, zero, zero)
    (next, work) = (zero, zero)
  }

  /// Forms all slopes and the next state; returns the scaled error, above 1 if it is too large.
  mutating func advance(
    time: Double, step h: Double, state y: [Double], relative: Double, absolute: Double,
    derivative: DormandPrince.Derivative
  ) -> Double {
    let n = y.count
    for i in 0..<n { work[i] = y[i] + h * (0.2 * k1[i]) }
    derivative(time + 0.2 * h, work, &k2)
    for i in 0..<n { work[i] = y[i] + h * (3 / 40 * k1[i] + 9 / 40 * k2[i]) }
    derivative(time + 0.3 * h, work, &k3)
    for i in 0..<n { work[i] = y[i] + h * (44 / 45 * k1[i] - 56 / 15 * k2[i] + 32 / 9 * k3[i]) }
    derivative(time + 0.8 * h, work, &k4)
    for i in 0..<n {
      let sum = 19372 / 6561 * k1[i] - 25360 / 2187 * k2[i] + 64448 / 6561 * k3[i]
      work[i] = y[i] + h * (sum - 212 / 729 * k4[i])
    }
    derivative(time + 8 / 9 * h, work, &k5)
    for i in 0..<n {
      let sum = 9017 / 3168 * k1[i] - 355 / 33 * k2[i] + 46732 / 5247 * k3[i]
      work[i] = y[i] + h * (sum + 49 / 176 * k4[i] - 5103 / 18656 * k5[i])
    }
    derivative(time + h, work, &k6)
    for i in 0..<n {
      let sum = 35 / 384 * k1[i] + 500 / 1113 * k3[i] + 125 / 192 * k4[i]
      next[i] = y[i] + h * (sum - 2187 / 6784 * k5[i] + 11 / 84 * k6[i])
    }
    derivative(time + h, next, &k7)
    var error = 0.0
    for i in 0..<n {
      let sum = 71 / 57600 * k1[i] - 71 / 16695 * k3[i] + 71 / 1920 * k4[i]
      let e = h * (sum - 17253 / 339200 * k5[i] + 22 / 525 * k6[i] - 1 / 40 * k7[i])
      let scale = absolute + relative * max(abs(y[i]), abs(next[i]))
      if e != 0 { error += (e / max(scale, 1e-300)) * (e / max(scale, 1e-300)) }
      if !next[i].isFinite || !k7[i].isFinite { return .infinity }
    }
    return (error / Double(max(n, 1))).squareRoot()
  }

  /// The interpolant of the step just formed.
  func denseStep(start: Double, end: Double, step h: Double, state y: [Double]) -> DenseStep {
    var c = [[Double]](repeating: y, count: 4)
    for i in y.indices {
      let difference = next[i] - y[i]
      let bend = h * k1[i] - difference
      c[0][i] = difference
      c[1][i] = bend
      c[2][i] = difference - h * k7[i] - bend
      let sum =
        -12_715_105_075 / 11_282_082_432 * k1[i] + 87_487_479_700 / 32_700_410_799 * k3[i]
        - 10_690_763_975 / 1_880_347_072 * k4[i]
      let rest =
        701_980_252_875 / 199_316_789_632 * k5[i] - 1_453_857_185 / 822_651_844 * k6[i]
        + 69_997_945 / 29_380_423 * k7[i]
      c[3][i] = h * (sum + rest)
    }
    return DenseStep(start: start, end: end, startState: y, endState: next, coefficients: c)
  }
}

/// xʸ for x ≥ 0.
func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
