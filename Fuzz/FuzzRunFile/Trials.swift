import Datasets
import Dynamics
import Experiments
import Foundation
import LinearAlgebra
import Recording
import Scenarios

/// A finished and an interrupted run, and copies of them to change.
struct Trials {
  /// The folder of the finished run.
  let complete: String
  private let interrupted: String
  private let copy: String

  static let shared: Trials? = try? Trials()

  private init() throws {
    BLAS.useThreads(1)
    let base = FileManager.default.temporaryDirectory.path + "/dyn-fuzz-\(getpid())"
    try? FileManager.default.removeItem(atPath: base)
    try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
    (complete, interrupted) = (base + "/complete", base + "/interrupted")
    copy = base + "/copy"
    var scenario = Scenario()
    scenario.training.iterations = 40
    for (key, value) in [
      ("data.outputs", 3), ("data.samples", 6), ("data.test_samples", 8), ("network.hidden", 4),
    ] {
      try scenario.set(key, to: .number(Double(value)))
    }
    try scenario.set("record.schedule", to: .string("every:5"))
    try scenario.set(
      "record.save",
      to: .array(Quantity.all.filter { !$0.isUsual }.map { .string($0.name) }))
    for (path, stops) in [(complete, false), (interrupted, true)] {
      let folder = try RunFolder(at: path, replacing: false)
      defer { folder.removeIfEmpty() }
      var looks = 0
      let training = try LinearTraining(scenario, reading: readMatrix)
      _ = try Run.perform(
        training, into: folder, stepSize: StepSizeBound(problem: training.problem),
        options: Run.Options(), theory: .automatic, progress: { _ in },
        isInterrupted: {
          looks += 1
          return stops && looks > 4
        })
    }
  }

  /// A folder with a fresh copy of one of the runs.
  func fresh(isComplete: Bool) -> String {
    let files = FileManager.default
    try? files.removeItem(atPath: copy)
    try? files.copyItem(atPath: isComplete ? complete : interrupted, toPath: copy)
    return copy
  }
}
