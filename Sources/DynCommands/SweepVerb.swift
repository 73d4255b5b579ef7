import Arguments
import Experiments
import Foundation
import Recording
import Scenarios

/// The verb `sweep`: plans, runs and merges every combination of some values.
enum SweepVerb {
  /// What a sweep is asked to do.
  private enum Part: String, CaseIterable {
    case plan, work, merge, submit
  }

  static func perform(_ invocation: Invocation, arguments: [String]) throws -> Int32 {
    let words = invocation.operands
    guard let word = words.first else {
      return try whole(invocation, arguments: arguments)
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

  /// Plans, works and merges here.
  private static func whole(_ invocation: Invocation, arguments: [String]) throws -> Int32 {
    let plan = try sweepPlan(invocation)
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
    let progress = try train(folder, shard: .whole, invocation)
    guard !progress.isInterrupted else {
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
    var pictures: [String] = []
    if invocation.isOn("plot") {
      do { pictures = try SweepDrawing.draw(file, folder, arguments) } catch {
        // The file is there, and what cannot be drawn of it does not make it less.
        Terminal.note("No pictures are drawn: \(error.sentence)")
      }
    }
    let failures = try SweepReport.merged(
      file, digest: digest, pictures: pictures, folder, invocation)
    return (failures == 0 ? ExitStatus.done : .failed).rawValue
  }

  // MARK: What is asked for

  /// The plan that the flags describe.
  static func sweepPlan(_ invocation: Invocation) throws -> SweepPlan {
    let scenario = try SweepArguments.scenario(invocation)
    let keep = try invocation.choice("keep", of: RunRecorder.Keep.self) ?? .full
    return try ScenarioArguments.locating { try SweepPlan(scenario, keep: keep) }
  }

  /// The folder that the flags name, with the plan in it.
  static func folder(_ plan: SweepPlan, _ invocation: Invocation) throws -> SweepFolder {
    let path: String
    if let out = invocation.text("out") {
      path = out
    } else {
      path = try RunFolder(root: invocation.text("root") ?? ".", date: Date()).results
    }
    return try SweepFolder(at: path, plan: plan, replacing: invocation.isOn("force"))
  }

  private static func jobs(_ invocation: Invocation) throws -> Int {
    let jobs =
      try invocation.integer("jobs") ?? ProcessInfo.processInfo.activeProcessorCount
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
