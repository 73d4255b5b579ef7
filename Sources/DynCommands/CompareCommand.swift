import Arguments
import Experiments
import Recording
import Scenarios

/// The verb `compare`: holds a run against its theories, or against another run.
enum CompareCommand {
  static func perform(_ invocation: Invocation) throws -> Int32 {
    let files = invocation.operands.map(RunArguments.file)
    let tolerance = try invocation.number("tolerance")
    if let tolerance, !(tolerance >= 0) {
      throw ScenarioError(
        problem: "The tolerance \(tolerance) is none", remedy: "give a number of at least 0",
        origin: .flag("--tolerance"))
    }
    let gaps: [Overlay.Gap]
    if files.count == 2 {
      gaps = try RunComparison(RunArguments.open(files[0])).gaps(to: RunArguments.open(files[1]))
      if !invocation.isOn("json") {
        for line in RunReport.table(
          ["quantity", "largest gap", "relative", "at step"],
          gaps.map {
            [
              $0.quantity, RunReport.number($0.absolute), RunReport.number($0.relative),
              "\($0.iteration)",
            ]
          })
        { Terminal.result(line) }
      }
    } else {
      let choice = try TheoryChoice(invocation.text("theory") ?? "auto")
      try RunArguments.open(files[0]).close()  // a damaged file ends here, in a sentence
      let report = try TheoryReport.lay(choice, over: files[0])
      gaps = report.overlays.flatMap(\.gaps)
      if !invocation.isOn("json") {
        for line in TheoryLines(report).table { Terminal.result(line) }
        if report.overlays.isEmpty { Terminal.result("No theory is exact for this run.") }
      }
    }
    if invocation.isOn("json") { Terminal.result(JSON.array(gaps.map(\.json)).prettyText) }
    guard let tolerance else { return ExitStatus.done.rawValue }
    // Nothing to compare is no agreement.
    let agrees = !gaps.isEmpty && gaps.allSatisfy { $0.relative <= tolerance }
    if !agrees {
      let worst = gaps.max { $0.relative < $1.relative }
      Terminal.note(
        worst.map {
          "The relative gap of \($0.quantity), \(RunReport.number($0.relative)), is above the "
            + "tolerance \(tolerance)."
        } ?? "There is nothing to compare.")
    }
    return agrees ? ExitStatus.done.rawValue : ExitStatus.failed.rawValue
  }
}
