import Arguments
import Experiments
import Foundation
import Recording
import Scenarios

/// The verb `run` for a scenario of a formula, which trains nothing.
enum FormulaCommand {
  /// Evaluates all members, draws the figures and says what was found.
  static func perform(
    _ scenario: Scenario, _ invocation: Invocation, arguments: [String]
  ) throws -> Int32 {
    let folder = try RunCommand.runFolder(invocation)
    defer { folder.removeIfEmpty() }
    let names = Finding.curves(of: scenario.expected).union(ScenarioFigures.curves(of: scenario))
    let runs = try scenario.members().map {
      try MemberCurves.run($0, curves: names, in: folder.results, reading: { try readMatrix($0) })
    }
    var pictures: [String] = []
    if invocation.isOn("plot") {
      let figures = try ScenarioFigures(runs, reading: { try readMatrix($0) }).figures(of: scenario)
      pictures = try ScenarioDrawing.draw(
        figures, into: folder.plots, heading: [(["dyn"] + arguments).joined(separator: " ")])
    }
    let findings = try scenario.expected.map { try Finding($0, runs: runs) }
    if invocation.isOn("json") {
      Terminal.result(
        JSON.object([
          ("scenario", .string(scenario.name)), ("runs", .number(Double(runs.count))),
          ("findings", .array(findings.map(\.json))),
          ("figures", .array(pictures.map(JSON.string))),
        ]).prettyText)
    } else {
      Terminal.result("\(scenario.name): \(runs.count == 1 ? "1 curve" : "\(runs.count) members")")
      for line in CheckCommand.table(findings) { Terminal.result(line) }
      if !pictures.isEmpty {
        Terminal.result("wrote \(pictures.count) figures to \(folder.plots)")
      }
    }
    return ExitStatus.done.rawValue
  }
}
