import Arguments
import Experiments
import Foundation
import Plotting
import Recording
import Scenarios
import Synchronization

/// The verb `run` for a scenario of several runs, or of a formula.
enum SweepCommand {
  /// Runs all members, each into a folder of its own, draws the figures and says what was found.
  static func perform(
    _ scenario: Scenario, _ invocation: Invocation, arguments: [String]
  ) throws -> Int32 {
    let keeps = invocation.isOn("save-results")
    let folder = try RunCommand.runFolder(invocation, keeps: keeps)
    defer { folder.removeIfEmpty() }
    let pictures = Mutex<[String]>([])
    let reports = Mutex<[ScenarioCheck.Report]>([])
    let command = RunCommand.provenance(arguments, details: nil).first { $0.name == "command" }
    let draws = invocation.isOn("plot")
    try ScenarioCheck.perform(
      [scenario], curves: ScenarioFigures.curves, in: folder.results, keepsRuns: keeps,
      threads: try CheckCommand.threads(invocation), reading: { try readMatrix($0) }
    ) { report in
      if draws {
        let figures = try ScenarioFigures(report.runs, reading: { try readMatrix($0) })
          .figures(of: scenario)
        let drawn = try ScenarioDrawing.draw(
          figures, into: folder.plots, heading: [command?.value ?? "dyn"])
        pictures.withLock { $0 += drawn }
      }
      reports.withLock { $0.append(report) }
    }
    guard let report = reports.withLock({ $0.first }) else { return ExitStatus.failed.rawValue }
    if keeps {
      let index = JSON.object([
        ("scenario", scenario.json), ("runs", .array(report.runs.map(Self.entry))),
        ("findings", .array(report.findings.map(\.json))),
      ])
      try Data((index.prettyText + "\n").utf8).write(
        to: URL(fileURLWithPath: folder.results + "/sweep.json"), options: .atomic)
    }
    if invocation.isOn("json") {
      Terminal.result(report.json.prettyText)
    } else {
      for line in CheckCommand.lines(report) { Terminal.result(line) }
      if keeps { Terminal.result("wrote \(folder.results)/sweep.json") }
      let drawn = pictures.withLock { $0 }
      if !drawn.isEmpty { Terminal.result("wrote \(drawn.count) figures to \(folder.plots)") }
    }
    return ExitStatus.done.rawValue
  }

  private static func entry(_ run: MemberCurves) -> JSON {
    .object([
      ("folder", .string("run-\(run.member.index + 1)")),
      ("coordinates", .object(run.member.coordinates.map { ($0.name, $0.value) })),
      ("digest", run.digest.map(JSON.string) ?? .null),
    ])
  }
}
