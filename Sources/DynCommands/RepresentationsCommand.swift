import Arguments
import Dissection
import Recording
import Scenarios

/// The analysis `representations`: of the networks at one step, and with `--at all` over time.
enum RepresentationsCommand {
  static func perform(_ invocation: Invocation, run operand: String) throws -> Int32 {
    let draws = try AnalyzeCommand.draws(invocation, usual: Representations.draws)
    let moments = try moments(invocation)
    let run = try RunArguments.open(operand)
    let composed = try ComposedRun(run, at: moments)
    try run.close()
    let findings = try Representations.findings(
      of: composed, draws: draws, detailed: invocation.integer("net") ?? 1)
    let file = RunArguments.file(of: operand)
    try RunFile.add(findings.record, to: file)
    if moments == .all {
      try RunFile.add(RepresentationHistory.record(of: composed), to: file)
    }
    return try AnalyzeCommand.report(
      findings, of: operand, networks: composed.networks.count, draws: draws, invocation)
  }

  private static func moments(_ invocation: Invocation) throws -> ComposedRun.Moments {
    guard let text = invocation.text("at") else { return .end }
    if text == "all" { return .all }
    guard let step = Int(text) else {
      throw ScenarioError(
        problem: "'\(text)' is no step", remedy: "give the number of a recorded step, or all",
        origin: .flag("--at"))
    }
    return .iteration(step)
  }
}
