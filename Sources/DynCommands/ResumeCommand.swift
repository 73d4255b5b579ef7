import Arguments
import Dynamics
import Experiments
import Foundation
import Recording
import Scenarios
import Spelling

/// The verb `resume`: goes on with a run that was stopped or killed.
enum ResumeCommand {
  static func perform(_ invocation: Invocation, arguments: [String]) throws -> Int32 {
    var options = try RunOptions.options(invocation)
    let iterations = try invocation.integer("iterations")
    let file = RunArguments.file(of: invocation.operands[0])
    let path = (file as NSString).deletingLastPathComponent
    let folder = try RunFolder(resuming: path.isEmpty ? "." : path)
    defer { folder.removeIfEmpty() }
    // To the end: what was in the file is read again when all is written.
    DamageGuard.watch(folder.runFile)
    let resumption = try DamageGuard.limitingTime {
      try Resumption(of: folder, iterations: iterations)
    }
    for note in resumption.notes { Terminal.note(note.onOneLine) }
    guard !resumption.isFinished else {
      report(resumption, folder, asJSON: invocation.isOn("json"))
      return ExitStatus.done.rawValue
    }
    try MemoryEstimate(resumption.scenario).check()

    let isQuiet = invocation.isOn("quiet") || invocation.isOn("json")
    options.checkpoint = resumption.checkpoint
    options.continuesFile = resumption.continuesFile
    options.provenance =
      resumption.continuesFile
      ? RunOptions.resumed(arguments) : RunCommand.provenance(arguments, details: nil)
    let progress = Progress()
    Interruption.watch()
    if let prepared = try NetworkRun.Prepared(
      resumption.scenario, reading: { try readMatrix($0) })
    {
      try resumption.taken(prepared.training, up: folder)
      let summary = try prepared.perform(
        into: folder, options: options,
        progress: { if !isQuiet { progress.show($0) } },
        isInterrupted: { Interruption.signal != nil })
      if !isQuiet { progress.end() }
      return try RunCommand.conclude(summary, in: folder, keeps: true, invocation)
    }
    let training = try resumption.training(in: folder, reading: readMatrix)
    let bound = try StepSizeBound(problem: training.problem)
    let summary = try Run.perform(
      training, into: folder, stepSize: bound, options: options,
      theory: TheoryChoice(resumption.scenario.theory),
      progress: { if !isQuiet { progress.show($0) } },
      isInterrupted: { Interruption.signal != nil })
    if !isQuiet { progress.end() }
    return try RunCommand.conclude(summary, in: folder, keeps: true, invocation)
  }

  private static func report(_ resumption: Resumption, _ folder: RunFolder, asJSON: Bool) {
    let steps = resumption.scenario.training.iterations
    if asJSON {
      Terminal.result(
        JSON.object([
          ("status", .string(resumption.status.rawValue)), ("iterations", .number(Double(steps))),
          ("files", .array([.string(folder.runFile)])),
        ]).prettyText)
    } else if resumption.status == .complete {
      Terminal.result(
        "\(folder.results) is complete: all \(steps) steps are taken. -t N adds more.")
    } else {
      Terminal.result("\(folder.results) diverged: there is nothing to go on with.")
    }
  }
}
