import Dynamics
import Foundation
import LearningProblems
import LinearAlgebra
import Networks
import Recording
import Scenarios

/// A run in a file that is removed with the value.
final class SmallRun {
  let path = NSTemporaryDirectory() + "/dyn-\(UUID().uuidString).h5"

  /// Trains dense networks of a scenario and keeps them at the end.
  convenience init(dense scenario: Scenario) throws {
    let training = try DenseTraining(scenario)
    try self.init(training, training.ensemble(of: Float.self, threads: 1))
  }

  /// Trains networks that compose elements of a group, and keeps them at the end.
  convenience init(composition scenario: Scenario) throws {
    let training = try CompositionTraining(scenario)
    try self.init(training, training.ensemble(of: Float.self, threads: 1))
  }

  private init<Descent: NetworkDescent>(
    _ training: some NetworkTraining & RecordedTraining, _ start: NetworkEnsemble<Descent>
  ) throws {
    let scenario = training.scenario
    let last = scenario.training.iterations
    let writer = try RunWriter(
      path: path, training: training, rows: 2, provenance: Provenance([]))
    var ensemble = start
    let recorded = scenario.record.schedule.iterations(through: last)
    _ = try train(
      &ensemble, through: last,
      observers: [
        Observer(at: recorded) { try writer.record(training.observation(of: &$0)) }
      ])
    let end = training.observation(of: &ensemble)
    try writer.finish(.complete, provenance: Provenance([])) { path in
      try RunFile.add(networks: end, seeds: training.seeds, to: path)
    }
  }

  /// Trains a linear network.
  init(linear scenario: Scenario) throws {
    let training = try LinearTraining(scenario)
    let last = scenario.training.iterations
    let writer = try RunWriter(
      path: path, training: training, rows: 2, provenance: Provenance([]))
    var descent = training.descent()
    var clock = TrainingClock(training.problem.rule)
    _ = try train(
      &descent, through: last,
      observers: [
        Observer<AnyLinearDescent>(at: [0, last]) {
          try writer.record(training.observation(of: &$0, clock: &clock))
        }
      ])
    try writer.finish(.complete, provenance: Provenance([]))
  }

  var file: RunFile { get throws { try RunFile(path: path) } }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Small dense networks on products.
func smallScenario(_ change: (inout Scenario) -> Void = { _ in }) -> Scenario {
  var scenario = Scenario()
  var data = TwoTaskData()
  (data.samples, data.testSamples) = (400, 150)
  scenario.data = .twoTask(data)
  var network = DenseNetworkSection()
  network.hidden = [8, 6]
  scenario.network = .dense(network)
  scenario.ensemble = 3
  scenario.training.rule = .adam
  scenario.training.loss = .meanSquared
  scenario.training.reduction = .mean
  scenario.training.rates = [0.01]
  scenario.training.iterations = 150
  scenario.record.schedule = .none
  change(&scenario)
  return scenario
}
