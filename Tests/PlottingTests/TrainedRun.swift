import Dynamics
import Foundation
import LearningProblems
import Recording
import Scenarios

/// Trains a scenario into a temporary folder and hands out its run file.
func withRun<Result>(
  _ adjust: (inout Scenario) throws -> Void = { _ in }, body: (RunFile) throws -> Result
) throws -> Result {
  try withTemporaryFolder { folder in
    var scenario = Scenario()
    try adjust(&scenario)
    let training = try LinearTraining(scenario)
    let iterations = scenario.record.schedule.iterations(through: scenario.training.iterations)
    let path = folder + "/run.h5"
    let writer = try RunWriter(
      path: path, training: training, rows: iterations.count, provenance: Provenance([]))
    var descent = training.descent()
    var clock = TrainingClock(training.problem.rule)
    _ = try train(
      &descent, through: scenario.training.iterations,
      observers: [
        Observer(at: iterations, seesDivergence: true) { descent in
          try writer.record(training.observation(of: &descent, clock: &clock))
        }
      ])
    try writer.finish(.complete, provenance: Provenance([]))
    return try body(RunFile(path: path))
  }
}

/// Hands out a new folder that is removed afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = NSTemporaryDirectory() + "dyn-plotting-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}
