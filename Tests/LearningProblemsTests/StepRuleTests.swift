import LinearAlgebra
import Testing

@testable import LearningProblems

@Suite("Step rules")
struct StepRuleTests {
  @Test("time counts the geometric mean of the rates that are not zero")
  func timeStep() {
    #expect(StepRule(rates: [4, 1]).timeStep == 2)
    #expect(StepRule(rates: [0.25, 0.25]).timeStep == 0.25)
    #expect(StepRule(rates: [0, 0.3]).timeStep == 0.3)
    #expect(StepRule(rates: [0.3, 0]).timeStep == 0.3)
    #expect(StepRule(rates: [0, 0]).timeStep == 0)
    #expect(StepRule(rates: [0.7]).timeStep == 0.7)
    #expect(abs(StepRule(rates: [1, 8, 27]).timeStep - 6) <= 8 * .ulpOfOne)
    #expect(StepRule(rates: [0.001, 0.001, 0.001, 0.001]).timeStep == 0.001)
    #expect(abs(StepRule(rates: [0.1, 0.2, 0, 0.4]).timeStep - 0.2) <= 2e-16)
  }

  @Test("without decay, time is the number of steps times the time of one")
  func constantTimes() {
    let rule = StepRule(rates: [4e-3, 1e-3])
    #expect(rule.times(at: [0, 1, 7, 1_000_000_000]) == [0, 2e-3, 0.014, 2e6])
    #expect(rule.rates(at: 5) == [4e-3, 1e-3])
  }

  @Test("with decay, time is the sum of the decayed rates")
  func decayingTimes() {
    let rule = StepRule(rates: [0.5, 0.5], decay: 1)
    // Harmonic numbers: ½·(1 + ½ + ⅓ + ¼).
    for (time, expected) in zip(
      rule.times(at: [0, 1, 2, 3, 4]), [0, 0.5, 0.75, 11.0 / 12, 25.0 / 24])
    {
      #expect(abs(time - expected) <= .ulpOfOne)
    }
    #expect(rule.rates(at: 3) == [0.125, 0.125])
    // The millionth harmonic number: a million compensated terms lose at most an ulp or two.
    let million = StepRule(rates: [1], decay: 1).times(at: [1_000_000])[0]
    #expect(abs(million - 14.392_726_722_865_723_631) <= 2 * million.ulp)
  }

  @Test("a clock that stops on the way reads the same as one that does not")
  func clock() {
    let rule = StepRule(rates: [0.3, 0.1], decay: 1e-2)
    let all = rule.times(at: Array(0...500))
    #expect(rule.times(at: [0, 100, 100, 500]) == [all[0], all[100], all[100], all[500]])
  }

  @Test("descent with unequal rates is descent with equal rates on rescaled weights")
  func rateRatio() throws {
    let problem = try LinearWeightsTests.problem()
    let start = LinearWeightsTests.weights(hidden: 4)
    let rule = StepRule(rates: [3e-3, 2e-4])
    let c = rule.rateRatio
    #expect(abs(c - 1.967_989_671_265_430_6) <= 1e-15)
    let rescaled = LinearWeights([1 / c * start.layers[0], c * start.layers[1]])
    for steps in [1, 10, 300] {
      let a = descend(start, rates: rule.rates, steps: steps, problem)
      let b = descend(rescaled, rates: [rule.timeStep, rule.timeStep], steps: steps, problem)
      #expect((a.layers[0] - c * b.layers[0]).largestMagnitude <= 1e-12 * a.layers[0].norm)
      #expect((a.layers[1] - 1 / c * b.layers[1]).largestMagnitude <= 1e-12 * a.layers[1].norm)
    }
  }

  @Test("the ratio of rates is 1 where the two layers do not both move at different rates")
  func noRatio() {
    for rates in [[1.0, 1], [0, 1], [1, 0], [2], [1, 2, 3]] {
      #expect(StepRule(rates: rates).rateRatio == 1)
    }
  }

  @Test("weight decay is off unless it is given")
  func weightDecay() {
    #expect(StepRule(rates: [1, 2]).weightDecay == [0, 0])
    #expect(StepRule(rates: [1, 2], weightDecay: [0.1, 0]).weightDecay == [0.1, 0])
  }
}
