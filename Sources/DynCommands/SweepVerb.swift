import Arguments
import Experiments
import Foundation
import Recording
import Scenarios

/// The verb `sweep`: plans, runs and merges every combination of some values.
///
/// Also a scenario that has a sweep is run so.
enum SweepVerb {
  /// What a sweep is asked to do.
  private enum Part: String, CaseIterable {
    case plan, work, merge, submit
  }

  static func perform(_ invocation: Invocation, arguments: [String]) throws -> Int32 {
    let words = invocation.operands
    guard let word = words.first else {
      let scenario = try SweepArguments.scenario(invocation)
      return try whole(scenario, invocation, arguments: arguments)
    }
    guard let part = Part(rawValue: word) else {
      throw ScenarioError(
        problem: "'dyn sweep \(word)' is not understood",
        remedy: "write 'dyn sweep' with flags, or one of plan, work DIR, merge DIR, submit")
    }
    switch part {
    case .plan: return try plan(invocation)
    case .work: return try work(SweepFolder(at: directory(words, part.rawValue)), invocation)
    case .merge:
      return try merge(
        SweepFolder(at: directory(words, part.rawValue)), invocation, arguments: arguments)
    case .submit: return try SweepSubmission.perform(invocation)
    }
  }

  private static func directory(_ words: [String], _ part: String) throws -> String {
    guard words.count == 2 else {
      throw ScenarioError(
        problem: "'dyn sweep \(part)' needs the folder of one sweep",
        remedy: "write 'dyn sweep \(part) DIR'")
    }
    return words[1]
  }

  // MARK: Parts

  /// Plans, works and merges a scenario's sweep here.
  static func whole(
    _ scenario: Scenario, _ invocation: Invocation, arguments: [String]
  ) throws -> Int32 {
    let plan = try sweepPlan(scenario, invocation)
    guard !invocation.isOn("dry-run") else {
      try SweepReport.preview(plan, invocation)
      return ExitStatus.done.rawValue
    }
    _ = try jobs(invocation)
    let folder = try folder(plan, invocation)
    if try isUpToDate(folder) {
      Terminal.result("All \(plan.grid.count) runs are done: \(folder.sweepFile)")
      return ExitStatus.done.rawValue
    }
    let keeps = invocation.isOn("save-results")
    defer { if !keeps { folder.removeResults() } }
    let progress = try train(folder, shard: .whole, invocation)
    guard !progress.isInterrupted else {
      guard keeps else { return 128 + (Interruption.signal ?? SIGINT) }
      Terminal.note(
        "Go on with: dyn sweep work \(folder.path) && dyn sweep merge \(folder.path)")
      return 128 + (Interruption.signal ?? SIGINT)
    }
    return try merge(folder, invocation, arguments: arguments)
  }

  /// Whether the result is there and no run failed.
  private static func isUpToDate(_ folder: SweepFolder) throws -> Bool {
    guard FileManager.default.fileExists(atPath: folder.sweepFile),
      let file = try? SweepFile(path: folder.sweepFile)
    else { return false }
    return file.isComplete
  }

  private static func plan(_ invocation: Invocation) throws -> Int32 {
    let plan = try sweepPlan(invocation)
    let shards = try shards(invocation, runs: plan.grid.count)
    guard !invocation.isOn("dry-run") else {
      try SweepReport.preview(plan, invocation)
      return ExitStatus.done.rawValue
    }
    let folder = try folder(plan, invocation)
    Terminal.result("wrote \(folder.planFile): \(plan.grid.count) runs")
    Terminal.result(
      "Next: dyn sweep work \(folder.path) --shard I/\(shards) for I from 1 to \(shards), anywhere; "
        + "then dyn sweep merge \(folder.path)")
    return ExitStatus.done.rawValue
  }

  private static func work(_ folder: SweepFolder, _ invocation: Invocation) throws -> Int32 {
    let text = invocation.text("shard") ?? "1/1"
    guard let shard = SweepShard(text) else {
      throw ScenarioError(
        problem: "'\(text)' is no shard", remedy: "write I/N with I from 1 to N, as in 3/8",
        origin: .flag("--shard"))
    }
    let progress = try train(folder, shard: shard, invocation)
    Terminal.result(SweepReport.line(progress))
    SweepReport.list(progress.failures, folder.plan.grid)
    guard !progress.isInterrupted else { return 128 + (Interruption.signal ?? SIGINT) }
    // A run that failed is noted and merged like the others, so the shard itself is done.
    return ExitStatus.done.rawValue
  }

  private static func train(
    _ folder: SweepFolder, shard: SweepShard, _ invocation: Invocation
  ) throws -> SweepWork.Progress {
    var work = SweepWork(
      folder, shard: shard, jobs: try jobs(invocation), reading: { try readMatrix($0) })
    work.checkpointInterval = try RunOptions.options(invocation).checkpointInterval ?? 30
    Interruption.watch()
    let isQuiet = invocation.isOn("quiet") || invocation.isOn("json")
    let shown = SweepProgress()
    let progress = try work.perform(
      progress: { if !isQuiet { shown.show($0) } }, isInterrupted: { Interruption.signal != nil })
    if !isQuiet { shown.end() }
    return progress
  }

  private static func merge(
    _ folder: SweepFolder, _ invocation: Invocation, arguments: [String]
  ) throws -> Int32 {
    let digest = try folder.merge(
      isPartial: invocation.isOn("partial"),
      provenance: RunCommand.provenance(arguments, details: invocation.text("details")),
      progress: { _ in })
    let file = try SweepFile(path: folder.sweepFile)
    var (pictures, findings): ([String], [Finding]) = ([], [])
    // The file is there, and what cannot be drawn or found of it does not make it less.
    do {
      let drawing = try SweepDrawing(
        file, folder, threads: try jobs(invocation), draws: invocation.isOn("plot"))
      (pictures, findings) = (try drawing.pictures(arguments), try drawing.findings())
    } catch {
      Terminal.note("Not everything is drawn or looked at: \(error.sentence)")
    }
    let failures = try SweepReport.merged(
      file, digest: digest, pictures: pictures, findings: findings, folder, invocation)
    return (failures == 0 ? ExitStatus.done : .failed).rawValue
  }

  // MARK: What is asked for

  /// The plan that the flags describe.
  static func sweepPlan(_ invocation: Invocation) throws -> SweepPlan {
    try sweepPlan(SweepArguments.scenario(invocation), invocation)
  }

  private static func sweepPlan(
    _ scenario: Scenario, _ invocation: Invocation
  ) throws -> SweepPlan {
    let keep = try invocation.choice("keep", of: RunRecorder.Keep.self) ?? .full
    return try ScenarioArguments.locating { try SweepPlan(scenario, keep: keep) }
  }

  /// The folder that the flags name, with the plan in it.
  static func folder(_ plan: SweepPlan, _ invocation: Invocation) throws -> SweepFolder {
    if let out = invocation.text("out") {
      return try SweepFolder(at: out, plan: plan, replacing: invocation.isOn("force"))
    }
    let folder = try RunFolder(root: invocation.text("root") ?? ".", date: Date())
    // The folders are made again with what goes into them.
    folder.removeIfEmpty()
    return try SweepFolder(at: folder.results, plots: folder.plots, plan: plan, replacing: false)
  }

  private static func jobs(_ invocation: Invocation) throws -> Int {
    // A scenario that has a sweep is run without a verb, whose flag for it is that of a run.
    let jobs =
      try invocation.integer("jobs")
      ?? (invocation.isGiven("threads") ? invocation.integer("threads") : nil)
      ?? ProcessInfo.processInfo.activeProcessorCount
    guard (1...1024).contains(jobs) else {
      throw ScenarioError(
        problem: "\(jobs) runs at the same time are not possible", remedy: "give from 1 to 1024",
        origin: .flag("--jobs"))
    }
    return jobs
  }

  /// Number of shards for so many runs: what is asked for, or at most 100.
  static func shards(_ invocation: Invocation, runs: Int) throws -> Int {
    let shards = try invocation.integer("shards") ?? min(100, max(1, runs / 10))
    guard (1...1_000_000).contains(shards) else {
      throw ScenarioError(
        problem: "\(shards) shards are not possible", remedy: "give at least 1",
        origin: .flag("--shards"))
    }
    guard shards <= runs else {
      throw ScenarioError(
        problem: "\(shards) shards of \(runs) runs would be partly empty",
        remedy: "give at most \(runs)", origin: .flag("--shards"))
    }
    return shards
  }
}
