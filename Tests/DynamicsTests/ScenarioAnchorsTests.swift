import Foundation
import LearningProblems
import Scenarios
import Testing

@testable import Dynamics

@Suite("Known numbers of the scenario files")
struct ScenarioAnchorsTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "scenarios")

  static let catalogue = Catalogue(folders: [folder.path])

  /// Scenarios that train a network.
  static let names = catalogue.names.filter { name in
    guard let scenario = try? scenario(name), case .linear = scenario.network else { return false }
    return scenario.formula.isNone
  }

  static func scenario(_ name: String) throws -> Scenario { try catalogue.scenario(name) }

  static func observations(_ scenario: Scenario, at iterations: [Int]) throws
    -> [LinearObservation]
  {
    let training = try LinearTraining(scenario)
    var descent = training.descent()
    var clock = TrainingClock(training.problem.rule)
    return iterations.map { iteration in
      _ = descent.advance(to: iteration)
      return training.observation(of: &descent, clock: &clock)
    }
  }

  @Test("every scenario lowers its loss", arguments: names)
  func trains(name: String) throws {
    var scenario = try #require(Self.scenario(name).members().first).scenario
    // The size of the test set does not matter here.
    if case .linearModel(var model) = scenario.data {
      model.testSamples = 10
      scenario.data = .linearModel(model)
    }
    let seen = try Self.observations(scenario, at: [0, 50])
    #expect(seen[1].loss < seen[0].loss && seen[1].loss.isFinite)
  }

  @Test("the fit of layer-association has the loss that the notebook stored")
  func layerAssociation() throws {
    let problem = try LinearTraining(Self.scenario("layer-association")).problem
    // The seven digits that were stored.
    #expect(abs(problem.correlations.fitLoss - 0.688_767_2) <= 5e-8)
  }

  @Test("chosen-spectra starts at the stored loss and falls as its modes do")
  func chosenSpectra() throws {
    var scenario = try Self.scenario("chosen-spectra")
    // The notebook lets the second layer see the new first one.
    scenario.training.order = .sequential
    let seen = try Self.observations(scenario, at: [0, 1000, 10_000])
    // Σλ(S − 0.01)² = 25·0.19² + 4.99², stored as 25.80.
    #expect(abs(seen[0].loss - 25.8026) <= 1e-10)
    // Stored as 0.0120 after 1000 steps.
    #expect(abs(seen[1].loss - 0.0120) <= 5e-5)
    #expect(seen[2].loss <= 1e-20)
  }

  /// First local minimum, following maximum and last minimum of a tenth of the risk.
  static func extrema(_ name: String) throws -> [(time: Double, value: Double)] {
    let scenario = try scenario(name)
    let last = scenario.training.iterations
    let seen = try Self.observations(
      scenario, at: RecordingSchedule.geometric(2000).iterations(through: last))
    let risk = seen.map { ($0.time, $0.risk / 10) }
    var extrema: [(time: Double, value: Double)] = []
    for i in 1..<(risk.count - 1) {
      let isFalling = extrema.count.isMultiple(of: 2)
      let before = isFalling ? risk[i].1 - risk[i - 1].1 : risk[i - 1].1 - risk[i].1
      let after = isFalling ? risk[i + 1].1 - risk[i].1 : risk[i].1 - risk[i + 1].1
      if before <= 0 && after > 0 { extrema.append(risk[i]) }
    }
    return extrema
  }

  @Test(
    "the risk falls, rises and falls to the extrema of the exact solution",
    arguments: [
      ("double-descent-one-layer", [(0.0746, 0.34542), (0.2328, 0.38025), (1.6093, 0.225)]),
      ("double-descent-two-layers", [(1.0821, 0.32395), (1.2673, 0.39782), (1.8392, 0.22477)]),
    ])
  func doubleDescent(name: String, expected: [(Double, Double)]) throws {
    let extrema = try Self.extrema(name)
    #expect(extrema.count == 3)
    for (seen, (time, value)) in zip(extrema, expected) {
      // Descent follows the exact flow to the first order of the rate times the largest variance
      // or strength, 1e-3; extrema are flat, so their times are found less well, on a grid of 0.5 %.
      #expect(abs(seen.value - value) <= 1e-3 * value, "\(seen)")
      #expect(abs(seen.time - time) <= 0.02 * time, "\(seen)")
    }
  }
}
