import Analysis
import Arguments
import Dissection
import Foundation
import Recording
import Scenarios

/// The verb `analyze`: dissects the networks of a run.
enum AnalyzeCommand {
  static func perform(_ invocation: Invocation) throws -> Int32 {
    let name = invocation.operands[0]
    if name == GroupReport.name { return try GroupReport.perform(invocation) }
    guard invocation.operands.count == 2 else {
      throw ScenarioError(
        problem: "'dyn analyze \(name)' does not say of which run",
        remedy: "write dyn analyze \(name) RUN", origin: .program)
    }
    let operand = invocation.operands[1]
    if name == Representations.name {
      return try RepresentationsCommand.perform(invocation, run: operand)
    }
    guard let analysis = DissectionCatalogue.analysis(name) else {
      throw DissectionError.unknown(name, known: [GroupReport.name] + DissectionCatalogue.names)
    }
    let draws = try draws(invocation, usual: analysis.draws)
    let run = try RunArguments.open(operand)
    let dissected = try DissectedRun(
      run, at: step(invocation), reading: { try readMatrix($0) })
    try run.close()
    let findings = try analysis.findings(dissected, draws, invocation.integer("net") ?? 1)
    try RunFile.add(findings.record, to: RunArguments.file(of: operand))
    return try report(
      findings, of: operand, networks: dissected.networks.count, draws: draws, invocation)
  }

  /// Draws an analysed run and says what was found.
  static func report(
    _ findings: Findings, of operand: String, networks: Int, draws: Int, preface: [String] = [],
    _ invocation: Invocation
  ) throws -> Int32 {
    let pictures = try invocation.isOn("plot") ? draw(operand) : []
    if invocation.isOn("json") {
      Terminal.result(findings.json.prettyText)
    } else {
      for line in preface + lines(findings, networks, draws, isBrief: !preface.isEmpty) {
        Terminal.result(line)
      }
      if let first = pictures.first {
        let folder = (first as NSString).deletingLastPathComponent
        Terminal.result("wrote \(pictures.count) figures to \(folder)")
      }
    }
    return ExitStatus.done.rawValue
  }

  /// The number of new networks to compare with.
  ///
  /// - Throws: `ScenarioError` that names the flag.
  static func draws(_ invocation: Invocation, usual: Int) throws -> Int {
    let draws = try invocation.integer("draws") ?? usual
    guard (2...1_000_000).contains(draws) else {
      throw ScenarioError(
        problem: "\(draws) new networks are no null", remedy: "give from 2 to 1000000",
        origin: .flag("--draws"))
    }
    return draws
  }

  /// The recorded step that is asked for; nil for the end.
  private static func step(_ invocation: Invocation) throws -> Int? {
    guard let text = invocation.text("at") else { return nil }
    guard let step = Int(text) else {
      throw ScenarioError(
        problem: "'\(text)' is no step", remedy: "give the number of a recorded step",
        origin: .flag("--at"))
    }
    return step
  }

  /// Draws the figures of an analysed run into the plots of its folder.
  private static func draw(_ operand: String) throws -> [String] {
    let file = RunArguments.file(of: operand)
    let plots = PlotCommand.folder(of: file) + "/plots"
    try FileManager.default.createDirectory(atPath: plots, withIntermediateDirectories: true)
    return try PlotCommand.draw(RunFile(path: file), into: plots)
  }

  /// - Parameter isBrief: whether lists are left out, which stand in a table of their own.
  private static func lines(
    _ findings: Findings, _ networks: Int, _ draws: Int, isBrief: Bool
  ) -> [String] {
    var lines = [
      "\(findings.name) of \(networks) network\(networks == 1 ? "" : "s") at step "
        + "\(findings.iteration), beside \(draws) new ones: mean ± standard deviation"
    ]
    func spread(_ spread: Spread?) -> String {
      spread.map { String(format: "%.4g ± %.2g", $0.mean, $0.deviation) } ?? "–"
    }
    func number(_ format: String, _ value: Double?) -> String {
      value.map { $0.isNaN ? "–" : String(format: format, $0) } ?? "–"
    }
    lines += RunReport.table(
      ["", "trained", "new", "difference/error", "distance", "p"],
      findings.comparisons.filter { !isBrief || $0.axes.isEmpty }.flatMap(\.rows).map { row in
        [
          row.label, spread(row.trained), spread(row.fresh),
          number("%.3g", row.test?.difference), number("%.3f", row.test?.distance),
          number("%.2g", row.test?.probability),
        ]
      })
    return lines + [""] + findings.notes
  }
}

extension Findings {
  /// The findings as JSON.
  fileprivate var json: JSON {
    .object([
      ("analysis", .string(name)), ("iteration", .number(Double(iteration))),
      (
        "rows",
        .array(
          comparisons.flatMap { comparison in
            comparison.rows.map { row in
              .object([
                ("quantity", .string(comparison.name)), ("label", .string(row.label)),
                ("trained", row.trained.json), ("new", row.fresh?.json ?? .null),
                ("difference", row.test.map { .number($0.difference) } ?? .null),
                ("distance", row.test.map { .number($0.distance) } ?? .null),
                ("probability", row.test.map { .number($0.probability) } ?? .null),
              ])
            }
          })
      ),
      ("notes", .array(notes.map(JSON.string))),
    ])
  }
}

extension Spread {
  /// The spread as JSON.
  fileprivate var json: JSON {
    .object([
      ("mean", .number(mean)), ("deviation", .number(deviation)), ("least", .number(least)),
      ("largest", .number(largest)), ("count", .number(Double(count))),
    ])
  }
}
