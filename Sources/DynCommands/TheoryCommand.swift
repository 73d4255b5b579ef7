import Arguments
import Dynamics
import Experiments
import LearningProblems
import Recording
import Scenarios
import Theory

/// The verb `theory`: lists the solutions, lays them over a run, or draws them without one.
enum TheoryCommand {
  static func perform(_ invocation: Invocation) throws -> Int32 {
    if invocation.isOn("list") {
      for line in list { Terminal.result(line) }
    } else if let operand = invocation.operands.first {
      let choice = try TheoryChoice(invocation.text("theory") ?? "auto")
      try RunArguments.open(operand).close()  // a damaged file ends here, in a sentence
      let report = try TheoryReport.lay(choice, over: RunArguments.file(of: operand))
      if invocation.isOn("json") {
        Terminal.result(report.json.prettyText)
      } else {
        for line in TheoryLines(report).verdicts + TheoryLines(report).table {
          Terminal.result(line)
        }
      }
    } else {
      try curves(invocation)
    }
    return ExitStatus.done.rawValue
  }

  /// The regime table.
  private static var list: [String] {
    let width = (TheoryChoice.ids.map(\.count).max() ?? 0) + 2
    func line(_ id: String, _ text: String) -> String {
      id + String(repeating: " ", count: width - id.count) + text
    }
    return Catalogue.solutions.map { line($0.id, $0.regime) }
      + [line(GradientFlowOverlay.id, "anything: gradient flow of the whole network, numerical")]
  }

  private static func curves(_ invocation: Invocation) throws {
    guard let until = try invocation.number("until") else {
      throw ScenarioError(
        problem: "'dyn theory' needs a run, or a time to go to",
        remedy: "write 'dyn theory RUN', 'dyn theory --list' or 'dyn theory --until TIME'")
    }
    guard until > 0, until.isFinite else {
      throw ScenarioError(
        problem: "The time \(until) cannot be gone to", remedy: "give a number greater than 0",
        origin: .flag("--until"))
    }
    let points = try invocation.integer("points") ?? 200
    guard (2...1_000_000).contains(points) else {
      throw ScenarioError(
        problem: "\(points) points are no curve", remedy: "give from 2 to 1000000",
        origin: .flag("--points"))
    }
    let choice = try TheoryChoice(invocation.text("theory") ?? "auto")
    let scenario = try ScenarioArguments.scenario(invocation)
    let training = try ScenarioArguments.locating {
      try LinearTraining(scenario, reading: readMatrix)
    }
    let curves = try TheoryCurves.curves(
      of: training.problem, choice: choice, until: until, points: points)
    guard !curves.isEmpty else {
      throw ScenarioError(
        problem: "No solution in continuous time is exact for this scenario",
        remedy: "see 'dyn theory --list', and force one with --theory ID")
    }
    for curve in curves {
      Terminal.result("# \(curve.id)")
      Terminal.result(curve.table)
    }
  }
}

/// A theory report in lines of text.
struct TheoryLines {
  let report: TheoryReport

  init(_ report: TheoryReport) { self.report = report }

  /// The verdict of every solution, one line each.
  var verdicts: [String] {
    let width = (report.verdicts.map(\.id.count).max() ?? 0) + 2
    return report.verdicts.map {
      $0.id + String(repeating: " ", count: width - $0.id.count) + $0.words
    }
  }

  /// The gaps of every overlay, then what is approximate.
  var table: [String] {
    var lines: [String] = []
    for overlay in report.overlays {
      lines.append("Theory \(overlay.id) (\(overlay.verdict)):")
      for warning in overlay.warnings { lines.append("  " + warning) }
      if overlay.verdict.hasPrefix("approximate") || overlay.verdict.hasPrefix("does not") {
        for assumption in overlay.assumptions where assumption.expectedError > 0 {
          lines.append(
            "  assumes that \(assumption.name): violated by "
              + "\(RunReport.number(assumption.violation)), expected error "
              + RunReport.number(assumption.expectedError))
        }
      }
      lines += RunReport.table(
        ["  quantity", "largest gap", "relative", "at step", "step size explains"],
        overlay.gaps.map(Self.cells)
      )
    }
    let approximate = report.verdicts.filter(\.isApproximate)
    if !approximate.isEmpty {
      lines.append("Approximate here, drawn with --theory ID:")
      for verdict in approximate { lines.append("  \(verdict.id): \(verdict.words)") }
    }
    return lines
  }

  private static func cells(_ gap: Overlay.Gap) -> [String] {
    [
      "  " + gap.quantity, RunReport.number(gap.absolute), RunReport.number(gap.relative),
      "\(gap.iteration)", gap.stepSize.isNaN ? "–" : RunReport.number(gap.stepSize),
    ]
  }
}
