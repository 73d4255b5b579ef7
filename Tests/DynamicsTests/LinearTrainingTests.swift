import Datasets
import LearningProblems
import LinearAlgebra
import Networks
import Scenarios
import Testing

@testable import Dynamics

@Suite("Training a linear network from a scenario")
struct LinearTrainingTests {
  static func scenario(
    _ change: (inout Scenario) throws -> Void = { _ in }
  ) rethrows -> Scenario {
    var scenario = Scenario()
    var data = StructuredData()
    data.samples = 10
    data.outputs = 2
    data.variances = [4, 2, 1]
    data.strengths = [2, 1]
    data.testSamples = 6
    scenario.data = .structured(data)
    scenario.network = .linear(
      {
        var network = LinearNetworkSection()
        network.hidden = 4
        network.start = .diagonalFixed
        network.scales = [0.3]
        return network
      }())
    scenario.training.rates = [0.01]
    scenario.training.iterations = 120
    scenario.training.engine = .literal
    try change(&scenario)
    return scenario
  }

  static func run(_ scenario: Scenario, blocks: [Int]) throws -> [LinearObservation] {
    let training = try LinearTraining(scenario)
    var descent = training.descent()
    var clock = TrainingClock(training.problem.rule)
    return blocks.map { iteration in
      _ = descent.advance(to: iteration)
      return training.observation(of: &descent, clock: &clock)
    }
  }

  @Test(
    "targets change at their iteration: loss and errors there are those of the new targets",
    arguments: TrainingSection.Gradients.allCases)
  func stages(gradients: TrainingSection.Gradients) throws {
    let teacher: [[Double]] = [[1, 0.5], [-1, 2], [0, 1]]
    let changing = Self.scenario {
      $0.training.gradients = gradients
      $0.training.stages = [
        TargetStage(from: 40, change: .teacher(.matrix(teacher))),
        TargetStage(from: 80, change: .reversal),
      ]
    }
    let training = try LinearTraining(changing)
    let seen = try Self.run(changing, blocks: [0, 39, 40, 79, 80, 120])
    let plain = try Self.run(
      Self.scenario { $0.training.gradients = gradients }, blocks: [0, 39, 40])
    #expect(seen[0].loss == plain[0].loss && seen[1].loss == plain[1].loss)
    #expect(seen[2].product == plain[2].product)
    #expect(seen[2].loss != plain[2].loss)

    let samples = training.samples
    for (observation, sign) in [(seen[2], 1.0), (seen[3], 1), (seen[4], -1), (seen[5], -1)] {
      let map = sign * Matrix(teacher).transposed
      let gaps = samples.inputs.times(observation.product - map, right: .transposed)
      #expect(abs(observation.loss - gaps.squaredNorm) <= 1e-12 * observation.loss)
      let gap = (observation.product - map).map { $0 * $0 }
      // Without noise the fit is the teacher.
      var errors: [Double] = []
      observation.appendTeacherError(to: &errors)
      observation.appendFitError(to: &errors)
      for (error, exact) in zip(errors, gap.elements + gap.elements) {
        #expect(abs(error - exact) <= 1e-12)
      }
      let risk = samples.testInputs.times(observation.product - map, right: .transposed)
      #expect(abs(observation.risk - risk.squaredNorm) <= 1e-12 * observation.risk)
      var (train, test): ([Double], [Double]) = ([], [])
      observation.appendModeTrainErrors(to: &train)
      observation.appendModeTestErrors(to: &test)
      #expect(abs(train.reduce(0, +) - observation.loss) <= 1e-12 * observation.loss)
      #expect(abs(test.reduce(0, +) - observation.risk) <= 1e-12 * observation.risk)
    }
  }

  @Test("steps after a change are those of a training that starts there with the new targets")
  func continuation() throws {
    let changing = Self.scenario {
      $0.training.stages = [TargetStage(from: 40, change: .reversal)]
    }
    let training = try LinearTraining(changing)
    var descent = training.descent()
    _ = descent.advance(to: 40)
    var fresh = GradientDescent(
      network: descent.network, rule: training.problem.rule,
      gradient: ManualGradient(
        inputs: descent.network.coordinates(ofInputs: training.samples.inputs),
        targets: descent.network.coordinates(ofTargets: training.samples.stages[0].targets),
        widths: [4, 2], divisor: 1), iteration: 40, largestLoss: .infinity)
    _ = fresh.advance(to: 100)
    _ = descent.advance(to: 100)
    #expect(descent.network == fresh.network)
    // In one go as in pieces, bit for bit.
    var direct = training.descent()
    _ = direct.advance(to: 100)
    #expect(direct.network == fresh.network)
  }

  @Test("given correlations train like the samples that have them")
  func correlations() throws {
    let sampled = try Self.scenario()
    let problem = try LinearTraining(sampled).problem
    func rows(_ matrix: Matrix<Double>) -> [[Double]] { (0..<matrix.rows).map(matrix.row) }
    var given = CorrelationData()
    let symmetric = 0.5 * (problem.correlations.input + problem.correlations.input.transposed)
    given.input = rows(symmetric)
    given.inputOutput = rows(problem.correlations.inputOutput)
    given.targetSquare = problem.correlations.targetSquare + 3
    let scenario = Self.scenario { $0.data = .correlations(given) }
    let training = try LinearTraining(scenario)
    #expect(training.problem.samples == nil)
    #expect(abs(training.problem.correlations.fitLoss - 3) <= 1e-12)
    let steps = [0, 1, 30, 120]
    let (first, second) = (
      try Self.run(sampled, blocks: steps), try Self.run(scenario, blocks: steps)
    )
    for (one, two) in zip(first, second) {
      #expect((one.product - two.product).largestMagnitude <= 1e-12)
      #expect(abs(one.loss + 3 - two.loss) <= 1e-12 * two.loss)
    }
  }

  @Test(
    "every kind of data trains",
    arguments: DataSection.kinds.map(\.name).filter {
      !["two-task", "group", "images", "power-law"].contains($0)
    })
  func kinds(name: String) throws {
    let scenario = try Self.scenario {
      $0.data = try #require(DataSection.kinds.first { $0.name == name }).section
      $0.training.rates = [1e-6]
    }
    let seen = try Self.run(scenario, blocks: [0, 20])
    #expect(seen[1].loss < seen[0].loss)
    #expect(seen[1].risk.isFinite)
  }
}
