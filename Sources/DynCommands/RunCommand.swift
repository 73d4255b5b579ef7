import Arguments
import Dynamics
import Experiments
import Foundation
import LinearAlgebra
import Plotting
import Recording
import Scenarios

/// The verb `run`: trains a scenario, records and draws it, reports.
enum RunCommand {
  static func perform(_ invocation: Invocation, arguments: [String]) throws -> Int32 {
    if let shell = try invocation.choice("completions", of: Shell.self) {
      Terminal.result(Grammar.dyn.completions(for: shell))
      return ExitStatus.done.rawValue
    }
    let whole = try ScenarioArguments.scenario(invocation)
    guard whole.formula.isNone else {
      return try FormulaCommand.perform(whole, invocation, arguments: arguments)
    }
    guard whole.isSingleRun else {
      return try SweepVerb.whole(whole, invocation, arguments: arguments)
    }
    let scenario = whole.experiment
    let choice = try TheoryChoice(scenario.theory)
    let colour = try invocation.choice("color", of: Terminal.ColourChoice.self) ?? .auto
    var options = try RunOptions.options(invocation)
    if invocation.isGiven("gpu") {
      Terminal.note("--gpu does nothing: everything runs on the CPU.")
    }
    try ScenarioArguments.locating { try MemoryEstimate(scenario).check() }
    _ = try Quantity.recorded(by: scenario)

    let keeps = invocation.isOn("save-results")
    let folder = try runFolder(invocation)
    defer { folder.removeIfEmpty() }
    let isQuiet = invocation.isOn("quiet") || invocation.isOn("json")

    options.provenance = provenance(arguments, details: invocation.text("details"))
    if !keeps { options.checkpointInterval = nil }
    let progress = Progress()
    Interruption.watch()
    let prepared = try ScenarioArguments.locating {
      try NetworkRun.Prepared(scenario, reading: { try readMatrix($0) })
    }
    if let prepared {
      let summary = try prepared.perform(
        into: folder, options: options,
        progress: { if !isQuiet { progress.show($0) } },
        isInterrupted: { Interruption.signal != nil })
      if !isQuiet { progress.end() }
      return try conclude(summary, in: folder, keeps: keeps, invocation)
    }
    let (training, bound) = try ScenarioArguments.locating {
      let training = try LinearTraining(scenario, reading: readMatrix)
      return (training, try StepSizeBound(problem: training.problem))
    }
    if let warning = StepSizeReport(bound: bound, rates: training.problem.rule.rates).warning {
      Terminal.warn(warning, colour: colour)
    }
    for solution in try Theories(training.problem, choice: choice).chosen {
      for warning in solution.validity.warnings { Terminal.warn(warning, colour: colour) }
    }
    var summary = try Run.perform(
      training, into: folder, stepSize: bound, options: options, theory: choice,
      progress: { if !isQuiet { progress.show($0) } },
      isInterrupted: { Interruption.signal != nil })
    if !isQuiet { progress.end() }
    if invocation.isOn("plot"), !whole.figures.isEmpty {
      let run = try MemberCurves(
        whole.members()[0], of: RunFile(path: folder.runFile),
        curves: ScenarioFigures.curves(of: whole))
      let figures = try ScenarioFigures([run], reading: { try readMatrix($0) }).figures(of: whole)
      summary.files += try ScenarioDrawing.draw(
        figures, into: folder.plots, heading: [(["dyn"] + arguments).joined(separator: " ")])
    }
    return try conclude(summary, in: folder, keeps: keeps, invocation)
  }

  /// Draws, keeps and reports a run that has ended; one that was interrupted is not drawn.
  ///
  /// - Returns: the exit status.
  static func conclude(
    _ summary: some ReportedOutcome, in folder: RunFolder, keeps: Bool, _ invocation: Invocation
  ) throws -> Int32 {
    var summary = summary
    var isInterrupted = false
    if case .interrupted = summary.reason { isInterrupted = true }
    if invocation.isOn("plot"), !isInterrupted {
      summary.files += try PlotCommand.draw(RunFile(path: folder.runFile), into: folder.plots)
    }
    if keeps {
      try summary.write(to: folder.summaryFile)
    } else {
      summary.files.removeAll { $0 == folder.runFile }
      try FileManager.default.removeItem(atPath: folder.runFile)
    }
    report(summary, folder: folder, keeps: keeps, invocation)
    switch summary.reason {
    case .complete: return ExitStatus.done.rawValue
    case .diverged: return ExitStatus.diverged.rawValue
    case .interrupted:
      if keeps { Terminal.note("Resume with: \(RunOptions.resumption(of: folder.results))") }
      return 128 + (Interruption.signal ?? SIGINT)
    }
  }

  static func runFolder(_ invocation: Invocation) throws -> RunFolder {
    if let path = invocation.text("out") {
      return try RunFolder(at: path, replacing: invocation.isOn("force"))
    }
    return try RunFolder(root: invocation.text("root") ?? ".", date: Date())
  }

  private static func report(
    _ summary: some ReportedOutcome, folder: RunFolder, keeps: Bool, _ invocation: Invocation
  ) {
    guard !invocation.isOn("json") else {
      Terminal.result(summary.json.prettyText)
      return
    }
    for line in summary.lines { Terminal.result(line) }
    if invocation.isOn("verbose") {
      for line in summary.furtherLines { Terminal.result(line) }
    }
    let pictures = summary.files.filter { $0.hasPrefix(folder.plots) }
    for file in summary.files where !pictures.contains(file) { Terminal.result("wrote \(file)") }
    if !pictures.isEmpty { Terminal.result("wrote \(pictures.count) figures to \(folder.plots)") }
    if keeps {
      Terminal.result(
        "Next: python3 -c 'import xarray; "
          + "print(xarray.open_dataset(\"\(folder.runFile)\", group=\"trajectory\"))'")
    }
  }

  static func provenance(
    _ arguments: [String], details: String?
  ) -> [(name: String, value: String)] {
    var entries = [
      (name: "program", value: "dyn " + Grammar.version),
      (name: "command", value: (["dyn"] + arguments).joined(separator: " ")),
      (name: "created", value: ISO8601DateFormatter().string(from: Date())),
      (name: "host", value: ProcessInfo.processInfo.hostName),
      (name: "system", value: ProcessInfo.processInfo.operatingSystemVersionString),
      (name: "blas", value: BLAS.configuration),
      (name: "blas_core", value: BLAS.coreName),
    ]
    if let details { entries.append((name: "details", value: details)) }
    return entries
  }
}

/// What a run came to, with its words for a terminal.
protocol ReportedOutcome: RunOutcome {
  /// The lines of the report.
  var lines: [String] { get }
  /// What is added where more is asked for.
  var furtherLines: [String] { get }
}

extension RunSummary: ReportedOutcome {
  var lines: [String] { RunReport(summary: self).lines }
  /// The verdict of every theory.
  var furtherLines: [String] { theory.map { TheoryLines($0).verdicts } ?? [] }
}
