import LinearAlgebra
import Testing

@testable import LearningProblems

@Suite("Learning problems")
struct LearningProblemTests {
  @Test("the risk is the sum of squared errors over the test samples")
  func risk() {
    var whole = Whole(seed: 21)
    let (inputs, teacher, map) = (whole.matrix(9, 3), whole.matrix(2, 3), whole.matrix(2, 3))
    let test = LearningProblem.TestSet(
      input: inputs.times(inputs, left: .transposed), teacher: teacher)
    let errors = inputs.times(map - teacher, right: .transposed)
    #expect(test.risk(of: map) == errors.squaredNorm)
    #expect(test.risk(of: teacher) == 0)
  }

  @Test("the modes are those of the correlations unless they are given")
  func modes() throws {
    let correlations = try LinearWeightsTests.problem()
    let weights = LinearWeightsTests.weights(hidden: 4)
    let rule = StepRule(rates: [1, 1])
    let problem = try LearningProblem(
      correlations: correlations, initialWeights: weights, rule: rule)
    #expect(try problem.modes == Modes(of: correlations))
    let other = try Modes(of: LinearWeightsTests.problem(seed: 5))
    let given = try LearningProblem(
      correlations: correlations, modes: other, initialWeights: weights, rule: rule)
    #expect(given.modes == other)
  }
}
