/// An adaptive Runge–Kutta integrator of order 5 with an embedded estimate of order 4.
///
/// The step follows a proportional–integral controller on the scaled error
/// ‖eᵢ/(absolute + relative·max(|yᵢ|, |y′ᵢ|))‖ (root mean square). Every accepted step carries an
/// interpolant of order 4.
///
/// - Source: J. R. Dormand & P. J. Prince, J. Comput. Appl. Math. 6 (1980) 19; interpolant of
///   L. F. Shampine as given in Hairer, Nørsett & Wanner, Solving Ordinary Differential Equations I.
public struct DormandPrince: Equatable, Sendable {
  /// A right-hand side: writes y′ at a time and state, both of the same length, into its last
  /// argument.
  public typealias Derivative = (
    _ time: Double, _ state: [Double], _ derivative: inout [Double]
  ) -> Void

  /// Relative tolerance of one step, > 0.
  public var relativeTolerance: Double
  /// Absolute tolerance of one step in the unit of the state, ≥ 0.
  public var absoluteTolerance: Double
  /// Largest number of attempted steps of one integration.
  public var maximumSteps: Int

  /// An integrator with the given tolerances.
  public init(
    relativeTolerance: Double = 1e-9, absoluteTolerance: Double = 1e-12,
    maximumSteps: Int = 1_000_000
  ) {
    precondition(
      relativeTolerance > 0 && absoluteTolerance >= 0,
      "tolerances \(relativeTolerance) and \(absoluteTolerance) cannot control a step")
    self.relativeTolerance = relativeTolerance
    self.absoluteTolerance = absoluteTolerance
    self.maximumSteps = maximumSteps
  }

  /// The states at ascending times, the first of which is not before `start`.
  ///
  /// - Parameters:
  ///   - times: shape [time], ascending, each ≥ `start`.
  ///   - start: time of `initial`.
  ///   - initial: the state at `start`, shape [component].
  ///   - interpolating: whether output times between steps use the interpolant of order 4 (fewer
  ///     steps) or are stepped onto exactly (smallest error).
  ///   - derivative: the right-hand side.
  /// - Returns: shape [time][component].
  /// - Throws: ``IntegrationError``.
  public func states(
    at times: [Double], start: Double = 0, from initial: [Double], interpolating: Bool = true,
    derivative: Derivative
  ) throws(IntegrationError) -> [[Double]] {
    let pairs = zip([start] + times, times)
    guard start.isFinite, times.allSatisfy(\.isFinite), pairs.allSatisfy({ $0 <= $1 }) else {
      throw .timesDoNotAscend(start: start)
    }
    var results: [[Double]] = []
    results.reserveCapacity(times.count)
    while results.count < times.count && times[results.count] == start { results.append(initial) }
    guard let end = times.last, results.count < times.count else { return results }
    try integrate(
      from: start, to: end, initial: initial, stops: interpolating ? [] : times,
      derivative: derivative
    ) { step in
      while results.count < times.count && times[results.count] <= step.end {
        results.append(step.state(at: times[results.count]))
      }
      return true
    }
    return results
  }

  /// Integrates from one time to a later one and shows every accepted step.
  ///
  /// - Parameters:
  ///   - stops: ascending times that a step must end on.
  ///   - observe: receives each accepted step; returning `false` ends the integration.
  /// - Returns: the last time and state.
  /// - Throws: ``IntegrationError``.
  @discardableResult
  public func integrate(
    from start: Double, to end: Double, initial: [Double], stops: [Double] = [],
    derivative: Derivative, observe: (DenseStep) -> Bool = { _ in true }
  ) throws(IntegrationError) -> (time: Double, state: [Double]) {
    guard start.isFinite, end.isFinite, end >= start else {
      throw .timesDoNotAscend(start: start)
    }
    guard initial.allSatisfy(\.isFinite) else { throw .notFinite(time: start) }
    var (time, y) = (start, initial)
    guard end > start else { return (time, y) }
    var stages = RungeKuttaStages(count: y.count)
    derivative(time, y, &stages.k1)
    guard stages.k1.allSatisfy(\.isFinite) else { throw .notFinite(time: time) }
    var step = firstStep(time, end, y, stages.k1, derivative)
    var (previousError, rejected, nextStop) = (1e-4, false, 0)
    for _ in 0..<maximumSteps {
      while nextStop < stops.count && stops[nextStop] <= time { nextStop += 1 }
      let target = nextStop < stops.count ? min(stops[nextStop], end) : end
      let lands = time + step * 1.01 >= target
      let h = lands ? target - time : step
      guard h > 0, time + h > time else {
        throw .stepUnderflow(time: time, step: max(h, time.ulp))
      }
      let error = stages.advance(
        time: time, step: h, state: y, relative: relativeTolerance, absolute: absoluteTolerance,
        derivative: derivative)
      guard error.isFinite else {
        step = h / 10
        rejected = true
        guard time + step > time else { throw .notFinite(time: time) }
        continue
      }
      // Exponents of the controller for order 5: 1/5 − 0.75·0.04 and 0.04.
      let shrink = power(error, 0.17)
      if error <= 1 {
        let factor = shrink / power(previousError, 0.04) / 0.9
        var proposal = h / min(5, max(0.1, factor))
        if rejected { proposal = min(proposal, h) }
        (previousError, rejected) = (max(error, 1e-4), false)
        let accepted = stages.denseStep(
          start: time, end: lands ? target : time + h, step: h, state: y)
        (time, y) = (accepted.end, stages.next)
        swap(&stages.k1, &stages.k7)
        step = lands ? max(proposal, step) : proposal
        if !observe(accepted) || time >= end { return (time, y) }
      } else {
        step = h / min(5, shrink / 0.9)
        rejected = true
      }
    }
    throw .tooManySteps(limit: maximumSteps, time: time)
  }

  /// A first step whose explicit Euler error is about the tolerance.
  private func firstStep(
    _ time: Double, _ end: Double, _ y: [Double], _ slope: [Double], _ derivative: Derivative
  ) -> Double {
    func norm(_ v: [Double]) -> Double {
      var sum = 0.0
      for i in v.indices {
        let scale = max(absoluteTolerance + relativeTolerance * abs(y[i]), 1e-300)
        sum += (v[i] / scale) * (v[i] / scale)
      }
      return (sum / Double(max(v.count, 1))).squareRoot()
    }
    let (size, speed) = (norm(y), norm(slope))
    var h = size > 1e-10 && speed > 1e-10 ? 0.01 * size / speed : 1e-6
    h = min(h, end - time)
    if !h.isFinite || h <= 0 { h = min(1e-6, end - time) }
    var moved = y
    for i in y.indices { moved[i] += h * slope[i] }
    var second = slope
    derivative(time + h, moved, &second)
    for i in y.indices { second[i] = (second[i] - slope[i]) / h }
    let curvature = max(norm(second), speed)
    let refined = curvature > 1e-15 && curvature.isFinite ? power(0.01 / curvature, 0.2) : h * 1000
    return max(min(100 * h, refined, end - time), time.ulp * 4)
  }
}
