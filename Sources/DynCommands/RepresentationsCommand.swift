import Arguments
import Dissection
import Foundation
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
      findings, of: operand, networks: composed.networks.count, draws: draws,
      preface: table(findings, composed), invocation)
  }

  /// One line for each representation: the numbers of trained networks, medians of several.
  private static func table(_ findings: Findings, _ run: ComposedRun) -> [String] {
    let representations = run.transform.representations
    let columns: [(head: String, name: String, format: String)] = [
      ("W_x", "left_share", "%.4f"), ("W_y", "right_share", "%.4f"),
      ("W_U", "readout_share", "%.4f"), ("hidden xy", "hidden_xy", "%.4f"),
      ("x", "hidden_x", "%.1e"), ("y", "hidden_y", "%.1e"),
      ("cosine", "trace_similarity", "%.4f"), ("softmax", "softmax_similarity", "%.4f"),
      ("without xy", "ablated_xy", "%.2e"), ("x", "ablated_x", "%.2e"),
      ("y", "ablated_y", "%.2e"), ("only xy", "restricted", "%.2e"),
    ]
    let found = columns.map { column in
      findings.comparisons.first { $0.name == column.name }?.rows ?? []
    }
    return RunReport.table(
      ["representation", "d", "random"] + columns.map(\.head),
      representations.enumerated().map { index, representation in
        [
          representation.title, "\(representation.dimension)",
          String(format: "%.4f", run.transform.expectedShares[index]),
        ]
          + zip(columns, found).map { column, rows in
            index < rows.count
              ? String(format: column.format, rows[index].trained.median) : "–"
          }
      }) + [""]
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
