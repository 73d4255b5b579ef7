import Foundation
import Testing

@testable import Integration

@Suite("Dormand–Prince") struct DormandPrinceTests {
  @Test("a circle is followed to within a hundred tolerances")
  func circle() throws {
    for tolerance in [1e-6, 1e-9, 1e-12] {
      let integrator = DormandPrince(relativeTolerance: tolerance, absoluteTolerance: tolerance)
      let states = try integrator.states(
        at: [1, 5, 10], from: [1, 0], interpolating: false
      ) { _, y, slope in
        slope[0] = -y[1]
        slope[1] = y[0]
      }
      for (t, y) in zip([1.0, 5, 10], states) {
        #expect(abs(y[0] - cos(t)) < 100 * tolerance && abs(y[1] - sin(t)) < 100 * tolerance)
      }
    }
  }

  @Test("one step has a local error of order six, its interpolant of order five")
  func orders() {
    // y′ = y: the error of one step against e^h falls as h⁶, inside the step as h⁵.
    func errors(_ h: Double) -> (end: Double, inside: Double) {
      var stages = RungeKuttaStages(count: 1)
      stages.k1 = [1]
      _ = stages.advance(time: 0, step: h, state: [1], relative: 1, absolute: 1) { _, y, slope in
        slope[0] = y[0]
      }
      let step = stages.denseStep(start: 0, end: h, step: h, state: [1])
      return (
        abs(stages.next[0] - exp(h)), abs(step.state(at: 0.3 * h)[0] - exp(0.3 * h))
      )
    }
    let (coarse, fine) = (errors(0.2), errors(0.1))
    #expect(abs(log2(coarse.end / fine.end) - 6) < 0.2)
    #expect(abs(log2(coarse.inside / fine.inside) - 5) < 0.3)
  }

  @Test("interpolated states agree with states that steps land on")
  func interpolation() throws {
    let integrator = DormandPrince(relativeTolerance: 1e-10, absoluteTolerance: 1e-12)
    let times = stride(from: 0.0, through: 6, by: 0.01).map { $0 }
    func logistic(_ time: Double, _ y: [Double], _ slope: inout [Double]) {
      slope[0] = 2 * y[0] * (1 - y[0])
    }
    let a = try integrator.states(at: times, from: [0.01], derivative: logistic)
    let b = try integrator.states(
      at: times, from: [0.01], interpolating: false, derivative: logistic)
    for (x, y) in zip(a, b) { #expect(abs(x[0] - y[0]) < 1e-8) }
    #expect(a[0] == [0.01] && a.count == times.count)
  }

  @Test("a state that does not move is carried to any time in few steps")
  func farTimes() throws {
    var evaluations = 0
    let end = try DormandPrince(maximumSteps: 200).integrate(from: 0, to: 1e15, initial: [3]) {
      _, _, slope in
      evaluations += 1
      slope[0] = 0
    }
    #expect(end.time == 1e15 && end.state == [3] && evaluations < 300)
  }

  @Test("a solution that leaves the numbers is an error, not a result")
  func blowUp() {
    let integrator = DormandPrince()
    #expect(throws: IntegrationError.self) {
      try integrator.integrate(from: 0, to: 2, initial: [1]) { _, y, slope in
        slope[0] = y[0] * y[0]
      }
    }
    #expect(throws: IntegrationError.notFinite(time: 0)) {
      try integrator.integrate(from: 0, to: 1, initial: [.nan]) { _, _, slope in slope[0] = 0 }
    }
    #expect(throws: IntegrationError.timesDoNotAscend(start: 0)) {
      try integrator.states(at: [2, 1], from: [1]) { _, _, slope in slope[0] = 0 }
    }
    #expect(throws: IntegrationError.self) {
      try DormandPrince(maximumSteps: 3).integrate(from: 0, to: 100, initial: [1]) {
        t, _, slope in slope[0] = sin(t)
      }
    }
  }

  @Test("an observer can end the integration")
  func observer() throws {
    let end = try DormandPrince().integrate(
      from: 0, to: 100, initial: [1],
      derivative: { _, y, slope in slope[0] = -y[0] },
      observe: { $0.endState[0] > 0.5 })
    #expect(end.time < 100 && end.state[0] <= 0.5)
  }
}
