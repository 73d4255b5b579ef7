import LearningProblems
import Testing

@Suite("The rule of a step")
struct StepRuleTests {
  @Test("time advances by the geometric mean of the moving rates")
  func timeStep() {
    #expect(StepRule(rates: [0.3]).timeStep == 0.3)
    #expect(StepRule(rates: [0.1, 0.4]).timeStep == (0.1 * 0.4).squareRoot())
    #expect(StepRule(rates: [0, 0.4]).timeStep == 0.4)
    #expect(StepRule(rates: [0, 0, 0]).timeStep == 0)
    #expect(StepRule(rates: [0.001, 0.001, 0.001, 0.001]).timeStep == 0.001)
    // The cube root of 0.1 · 0.2 · 0.4 is 0.2, up to the rounding of three powers.
    #expect(abs(StepRule(rates: [0.1, 0.2, 0, 0.4]).timeStep - 0.2) <= 1e-16 * 2)
  }
}
