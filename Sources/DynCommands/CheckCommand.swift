import Arguments
import Experiments
import Foundation
import Recording
import Scenarios
import Synchronization

/// The verb `check`: runs scenarios and holds them against what they must show.
enum CheckCommand {
  static func perform(_ invocation: Invocation) throws -> Int32 {
    let named = try scenarios(invocation)
    let scenarios = named.filter { !$0.lacksInstalledData }
    for scenario in named where scenario.lacksInstalledData {
      Terminal.note(
        "\(scenario.name): skipped, as './setup.sh --data' has not installed Fashion-MNIST")
    }
    let threads = try threads(invocation)
    let folder = FileManager.default.temporaryDirectory.path + "/dyn-check-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let isJSON = invocation.isOn("json")
    let tally = Mutex(Tally())
    let gallery = try invocation.text("gallery").map(Gallery.init)
    try ScenarioCheck.perform(
      scenarios, curves: { gallery == nil ? [] : ScenarioFigures.curves(of: $0) }, in: folder,
      threads: threads,
      reading: { try readMatrix($0) }
    ) { report in
      try gallery?.draw(report)
      tally.withLock { $0.add(report) }
      if !isJSON { for line in lines(report) { Terminal.result(line) } }
    }
    let total = tally.withLock { $0 }
    if isJSON {
      Terminal.result(JSON.array(total.reports).prettyText)
    } else {
      Terminal.result(total.line)
    }
    return (total.missed == 0 ? ExitStatus.done : .failed).rawValue
  }

  /// What was counted over all scenarios.
  private struct Tally {
    var scenarios = 0
    var findings = 0
    var missed = 0
    var reports: [JSON] = []

    mutating func add(_ report: ScenarioCheck.Report) {
      scenarios += 1
      findings += report.findings.count
      missed += report.findings.count { !$0.holds }
      reports.append(report.json)
    }

    var line: String {
      missed == 0
        ? "All \(findings) expectations of \(scenarios) scenarios hold."
        : "\(missed) of \(findings) expectations of \(scenarios) scenarios do not hold."
    }
  }

  /// The scenarios that the command line names.
  private static func scenarios(_ invocation: Invocation) throws -> [Scenario] {
    let catalogue = ScenarioArguments.catalogue
    let isQuick = invocation.isOn("quick")
    guard invocation.isOn("all") || isQuick else {
      guard !invocation.operands.isEmpty else {
        throw ScenarioError(
          problem: "Nothing is named to check",
          remedy: "write 'dyn check NAME…', 'dyn check --quick' or 'dyn check --all'")
      }
      return try invocation.operands.map(catalogue.scenario)
    }
    guard invocation.operands.isEmpty else {
      throw ScenarioError(
        problem: "Both \(invocation.operands[0]) and \(isQuick ? "--quick" : "--all") are given",
        remedy: "leave one of them out")
    }
    return try catalogue.names.map(catalogue.scenario).filter { !isQuick || !$0.isSlow }
  }

  /// The number of threads that the command line gives, or that of the machine's cores.
  static func threads(_ invocation: Invocation) throws -> Int {
    let threads =
      try invocation.integer("threads") ?? ProcessInfo.processInfo.activeProcessorCount
    guard (1...1024).contains(threads) else {
      throw ScenarioError(
        problem: "\(threads) threads are not possible", remedy: "give from 1 to 1024",
        origin: .flag("--threads"))
    }
    return threads
  }

  /// A report as lines of text.
  static func lines(_ report: ScenarioCheck.Report) -> [String] {
    let missed = report.findings.count { !$0.holds }
    let count = report.findings.count
    let verdict =
      count == 0
      ? "nothing expected" : missed == 0 ? "all \(count) hold" : "\(missed) of \(count) missed"
    let runs = report.runs.count == 1 ? "1 run" : "\(report.runs.count) runs"
    let seconds = String(format: "%.1f", report.seconds)
    return ["\(report.scenario.name): \(verdict) (\(runs), \(seconds) s)"]
      + table(report.findings).map { "  " + $0 }
  }

  /// What was found of expectations, a line for each under a header; nothing if there are none.
  static func table(_ findings: [Finding]) -> [String] {
    let rows = findings.map {
      [$0.subject, $0.expected, $0.found, $0.holds ? "ok" : "MISSED"]
    }
    return rows.isEmpty ? [] : table(["expectation", "expected", "found", "verdict"], rows)
  }

  /// A table whose columns start at the same place.
  private static func table(_ header: [String], _ rows: [[String]]) -> [String] {
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].count }.max() ?? 0
    }
    return ([header] + rows).map { row in
      row.enumerated().map { column, cell in
        column == row.count - 1
          ? cell : cell + String(repeating: " ", count: widths[column] + 2 - cell.count)
      }.joined()
    }
  }
}
