import Testing
import Theory

@Suite("Validity") struct ValidityTests {
  @Test("it is exact only when every assumption holds and steps are invisible")
  func exact() {
    #expect(Validity().verdict == .exact)
    let holds = Validity.Assumption("a", violation: 1e-12, expectedError: 1)
    #expect(Validity([holds]).isExact)
    let small = Validity.Assumption(
      "steps are small", violation: 1e-3, tolerance: 0, expectedError: 1e-3, isStepSize: true)
    #expect(Validity([holds, small]).isExact)
    let visible = Validity.Assumption(
      "steps are small", violation: 0.1, tolerance: 0, expectedError: 0.05, isStepSize: true)
    #expect(Validity([holds, visible]).verdict == .approximate(error: 0.05))
  }

  @Test("expected errors add, and a large one names its assumption")
  func sums() {
    let one = Validity.Assumption("one", violation: 0.1, expectedError: 0.125)
    let two = Validity.Assumption("two", violation: 0.2, expectedError: 0.25)
    #expect(Validity([one, two]).verdict == .approximate(error: 0.375))
    let broken = Validity.Assumption("three", violation: 123.456, expectedError: .infinity)
    #expect(
      Validity([one, broken]).verdict
        == .doesNotApply(reason: "it assumes that three, violated by 1.23e2"))
    let unknown = Validity.Assumption("four", violation: .nan, expectedError: .nan)
    guard case .doesNotApply = Validity([unknown]).verdict else {
      Issue.record("a violation that is not a number cannot be exact")
      return
    }
  }
}
