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
    guard invocation.operands.count > 1 else {
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
    var options = try options(invocation, of: analysis)
    let threads = try CheckCommand.threads(invocation)
    func dissected(_ operand: String) throws -> DissectedRun {
      let run = try RunArguments.open(operand)
      defer { try? run.close() }
      return try DissectedRun(
        run, at: step(invocation), threads: threads, reading: { try readMatrix($0) })
    }
    let run = try dissected(operand)
    if invocation.operands.count > 2 { options.other = try dissected(invocation.operands[2]) }
    let findings = try analysis.findings(run, options)
    try RunFile.add(findings.record, to: RunArguments.file(of: operand))
    return try report(
      findings, of: operand, networks: run.networks.count, draws: options.draws, invocation)
  }

  /// Draws an analysed run and says what was found.
  ///
  /// - Parameter preface: what stands before; lists are then left out.
  static func report(
    _ findings: Findings, of operand: String, networks: Int, draws: Int?, preface: [String] = [],
    _ invocation: Invocation
  ) throws -> Int32 {
    let pictures = try invocation.isOn("plot") ? draw(operand) : []
    if invocation.isOn("json") {
      Terminal.result(findings.json.prettyText)
    } else {
      for line in preface { Terminal.result(line) }
      for line in lines(findings, networks: networks, draws: draws, isBrief: !preface.isEmpty) {
        Terminal.result(line)
      }
      if let first = pictures.first {
        let folder = (first as NSString).deletingLastPathComponent
        Terminal.result("wrote \(pictures.count) figures to \(folder)")
      }
    }
    return ExitStatus.done.rawValue
  }

  /// What the command line chooses of an analysis.
  ///
  /// - Throws: `ScenarioError` for what the analysis has no use for.
  private static func options(
    _ invocation: Invocation, of analysis: DissectionCatalogue.Analysis
  ) throws -> DissectionCatalogue.Options {
    func refuse(_ flag: String, _ problem: String) -> ScenarioError {
      ScenarioError(
        problem: "\(analysis.name) \(problem)", remedy: "leave it out", origin: .flag(flag))
    }
    var options = DissectionCatalogue.Options()
    if let usual = analysis.draws {
      options.draws = try draws(invocation, usual: usual)
    } else if invocation.isGiven("draws") {
      throw refuse("--draws", "compares with no new networks")
    }
    if let network = try invocation.integer("net") {
      guard analysis.choices.contains(.network) else {
        throw refuse("--net", "keeps details of no single network")
      }
      options.network = network
    }
    if let ranks = try invocation.numbers("ranks") {
      guard analysis.choices.contains(.ranks) else { throw refuse("--ranks", "clips nothing") }
      options.ranks = try ranks.map { rank in
        guard rank >= 0, rank < 1e9, rank == rank.rounded() else {
          throw ScenarioError(
            problem: "\(rank) is no number of directions",
            remedy: "give whole numbers of at least 0",
            origin: .flag("--ranks"))
        }
        return Int(rank)
      }
      options.ranks = Set(options.ranks).sorted()
    }
    if invocation.operands.count > 2, !analysis.choices.contains(.other) {
      throw ScenarioError(
        problem: "\(analysis.name) takes one run, and '\(invocation.operands[2])' is a second one",
        remedy: "analyse them one after the other")
    }
    return options
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
    _ findings: Findings, networks: Int, draws: Int?, isBrief: Bool
  ) -> [String] {
    let beside = draws.map { ", beside \($0) new ones" } ?? ""
    var lines = [
      "\(findings.name) of \(networks) network\(networks == 1 ? "" : "s") at step "
        + "\(findings.iteration)\(beside): mean ± standard deviation"
    ]
    guard draws != nil else {
      lines += RunReport.table(
        ["", findings.headings[0]],
        findings.comparisons.flatMap(\.rows).map { [$0.label, spread($0.trained)] })
      return lines + [""] + findings.notes
    }
    func number(_ format: String, _ value: Double?) -> String {
      value.map { $0.isNaN ? "–" : String(format: format, $0) } ?? "–"
    }
    lines += RunReport.table(
      [""] + findings.headings + ["difference/error", "distance", "p"],
      findings.comparisons.filter { !isBrief || $0.axes.isEmpty }.flatMap(\.rows).map { row in
        [
          row.label, spread(row.trained), spread(row.fresh),
          number("%.3g", row.test?.difference), number("%.3f", row.test?.distance),
          number("%.2g", row.test?.probability),
        ]
      })
    return lines + [""] + findings.notes
  }

  private static func spread(_ spread: Spread?) -> String {
    guard let spread, spread.count > 0 else { return "–" }
    return String(format: "%.4g ± %.2g", spread.mean, spread.deviation)
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
                (headings[0], row.trained.json), (headings[1], row.fresh?.json ?? .null),
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
