import Arguments
import Foundation
import Recording
import Scenarios

/// Says what the file of a sweep holds.
enum SweepInspection {
  /// The sweep that an operand names, a file or its folder; nil if it names something else.
  static func sweep(_ operand: String) throws -> SweepFile? {
    let path = operand.hasSuffix(".h5") ? operand : operand + "/sweep.h5"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    DamageGuard.watch(path)
    do {
      return try DamageGuard.limitingTime {
        let file = try SweepFile(path: path)
        try file.readStructure()
        return file
      }
    } catch RecordingError.notASweep where operand.hasSuffix(".h5") {
      return nil
    }
  }

  static func perform(_ file: SweepFile, _ invocation: Invocation) throws -> Int32 {
    let statuses = try file.statuses()
    let counts = RunRecord.Status.allCases.map { status in
      (status.name, statuses.count { $0 == status })
    }
    if invocation.isOn("digest") {
      Terminal.result(try file.digest())
    } else if invocation.isOn("json") {
      Terminal.result(
        JSON.object([
          ("status", .string(file.isComplete ? "complete" : "incomplete")),
          ("runs", .object(counts.map { ($0.0, .number(Double($0.1))) })),
          ("scenario", file.scenario.json),
          ("datasets", .array(try file.tree().entries.map(\.json))),
          ("digest", .string(try file.digest())),
        ]).prettyText)
    } else {
      let words = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
      Terminal.result("\(file.path): a sweep of \(statuses.count) runs, \(words)")
      Terminal.result("scenario \(file.scenario.name): \(file.scenario.title)")
      for axis in file.grid.axes {
        Terminal.result("axis \(axis.coordinate): \(axis.values.json.compactText.prefix(80))")
      }
      for status in [RunRecord.Status.diverged, .failed, .missing] {
        let runs = statuses.indices.filter { statuses[$0] == status }
        for run in runs.prefix(10) {
          let place = file.grid.coordinates(of: run).map { "\($0.name) = \($0.text)" }
          Terminal.result("\(status.name): \(place.joined(separator: ", "))")
        }
        if runs.count > 10 { Terminal.result("… and \(runs.count - 10) more \(status.name)") }
      }
      Terminal.result("")
      for line in try file.tree().lines { Terminal.result(line) }
      Terminal.result("digest: \(try file.digest())")
    }
    return ExitStatus.done.rawValue
  }
}
