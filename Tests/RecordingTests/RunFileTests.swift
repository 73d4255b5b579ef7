import Dynamics
import Foundation
import HDF5
import LearningProblems
import LinearAlgebra
import Scenarios
import Testing

@testable import Recording

/// A short run in a file that is removed with the value.
final class ShortRun {
  let path: String
  let training: LinearTraining
  private(set) var observations: [LinearObservation] = []

  init(
    _ change: (inout Scenario) -> Void = { _ in }, status: RunStatus = .complete
  ) throws {
    path = NSTemporaryDirectory() + "/dyn-\(UUID().uuidString).h5"
    var scenario = Scenario()
    scenario.training.iterations = 50
    change(&scenario)
    training = try LinearTraining(scenario)
    let recorded = scenario.record.schedule.iterations(through: scenario.training.iterations)
    let writer = try RunWriter(
      path: path, training: training, rows: recorded.count,
      provenance: Provenance([("program", "test")]))
    var descent = training.descent()
    var clock = TrainingClock(training.problem.rule)
    let observer = Observer<AnyLinearDescent>(at: recorded) { descent in
      let observation = self.training.observation(of: &descent, clock: &clock)
      self.observations.append(observation)
      try writer.record(observation)
    }
    _ = try train(&descent, through: scenario.training.iterations, observers: [observer])
    try writer.finish(status, provenance: Provenance([("seconds", UUID().uuidString)]))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite("Run files")
struct RunFileTests {
  @Test("every quantity comes back bit for bit, at every recorded iteration")
  func series() throws {
    let run = try ShortRun { $0.record.extra = Quantity.all.filter { !$0.isUsual }.map(\.name) }
    let file = try RunFile(path: run.path)
    #expect(file.status == .complete)
    #expect(try file.iterations() == run.observations.map(\.iteration))
    #expect(try file.quantities().map(\.name) == Quantity.all.map(\.name))
    for quantity in Quantity.all {
      let series = try file.series(quantity.name)
      var expected: [Double] = []
      for observation in run.observations { try observation.append(quantity, to: &expected) }
      #expect(series.values == expected, "\(quantity.name)")
      #expect(series.shape.count == quantity.axes.count)
    }
  }

  @Test(
    "the learning problem comes back equal, also with fewer samples than inputs or one output",
    arguments: [(50, 2, 2), (4, 6, 4), (9, 5, 1), (9, 2, 4)])
  func problem(samples: Int, inputs: Int, outputs: Int) throws {
    let run = try ShortRun { scenario in
      var model = LinearModel()
      (model.samples, model.inputs, model.outputs) = (samples, inputs, outputs)
      model.teacher = .gaussian
      model.noise = [0.5, 0.1]
      scenario.data = .linearModel(model)
      scenario.training.decay = 0.01
      scenario.training.order = .sequential
      scenario.training.rates = [1e-4, 2e-4]
    }
    let file = try RunFile(path: run.path)
    #expect(try file.problem == run.training.problem)
    #expect(file.scenario == run.training.scenario)
  }

  @Test("the digest forgets provenance and nothing else")
  func digest() throws {
    let (a, b) = (try ShortRun(), try ShortRun())
    #expect(try RunFile(path: a.path).digest() == RunFile(path: b.path).digest())
    #expect(
      try RunFile(path: a.path).provenance().entries.map(\.name) == ["program", "seconds"])
    let stopped = try ShortRun(status: .interrupted)
    #expect(try RunFile(path: stopped.path).digest() != RunFile(path: a.path).digest())
    let other = try ShortRun { $0.training.rates = [0.001, 0.0010000000000000002] }
    #expect(try RunFile(path: other.path).digest() != RunFile(path: a.path).digest())
  }

  @Test("blocks do not show: many rows in many blocks read as they were")
  func blocks() throws {
    let run = try ShortRun { scenario in
      scenario.training.iterations = 9000
      scenario.record.schedule = .all
    }
    let file = try RunFile(path: run.path)
    #expect(try file.iterations() == Array(0...9000))
    #expect(try file.series("loss").values == run.observations.map(\.loss))
  }

  @Test("what is not a run, or of a newer format, is refused in a sentence")
  func foreign() throws {
    let path = NSTemporaryDirectory() + "/dyn-\(UUID().uuidString).h5"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = try HDF5File.create(path)
    try file.root.attributes.set("format", to: "something else")
    try file.close()
    #expect(throws: RecordingError.notARun(path: path, reason: "it lacks the format's name")) {
      try RunFile(path: path)
    }
    let newer = try HDF5File.open(path, mode: .readWrite)
    try newer.root.attributes.set("format", to: RunFormat.name)
    try newer.root.attributes.set("format_version", to: [2, 0])
    try newer.close()
    #expect(throws: RecordingError.newerFormat(path: path, version: 2, known: 1)) {
      try RunFile(path: path)
    }
  }

  @Test("names are unique and valid in every language that reads the file")
  func names() {
    let names = Quantity.all.map(\.name) + Axis.allCases.map(\.rawValue)
    #expect(Set(names).count == names.count)
    for name in names { #expect(name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]*/) != nil, "\(name)") }
  }
}
