import Arguments
import Experiments
import Foundation
import Scenarios

/// Writes the scripts of a sweep for Slurm and submits them.
enum SweepSubmission {
  static func perform(_ invocation: Invocation) throws -> Int32 {
    guard invocation.isOn("slurm") else {
      throw ScenarioError(
        problem: "Nothing says where to submit to",
        remedy: "add --slurm, or use 'dyn sweep work DIR --shard I/N' with what you have")
    }
    let words = Array(invocation.operands.dropFirst())
    let named = words.first.flatMap { $0.hasPrefix("-") ? nil : $0 }
    let options = named == nil ? words : Array(words.dropFirst())
    let isSubmitted = !invocation.isOn("script-only")
    guard !isSubmitted || program("sbatch") != nil else {
      throw ScenarioError(
        problem: "There is no sbatch on this machine",
        remedy: "log in to one of the cluster, or write the scripts with --script-only")
    }
    let plan = try named.map { try SweepFolder(at: $0).plan } ?? SweepVerb.sweepPlan(invocation)
    let shards = try shards(invocation, runs: plan.grid.count)
    guard !invocation.isOn("dry-run") else {
      try SweepReport.preview(plan, invocation)
      return ExitStatus.done.rawValue
    }
    let folder = try named.map { try SweepFolder(at: $0) } ?? SweepVerb.folder(plan, invocation)
    let place = URL(fileURLWithPath: folder.path).standardizedFileURL.path
    let executable = Bundle.main.executablePath ?? CommandLine.arguments[0]
    try SlurmScripts(folder: place, program: executable, shards: shards, options: options)
      .write(to: place)
    Terminal.result("wrote \(place)/shards.sbatch, merge.sbatch and submit.sh")
    guard isSubmitted else {
      Terminal.result("Next: bash \(place)/submit.sh")
      return ExitStatus.done.rawValue
    }
    let (status, output) = try run("/bin/bash", [place + "/submit.sh"])
    let ids = output.split(whereSeparator: \.isWhitespace).map(String.init)
    guard status == 0, ids.count == 2 else {
      Terminal.note("dyn: sbatch refused the job (exit status \(status)): see what it said above.")
      return ExitStatus.failed.rawValue
    }
    Terminal.result("shards: job \(ids[0]), \(shards) tasks for \(plan.grid.count) runs")
    Terminal.result("merge: job \(ids[1]), after all of them")
    Terminal.result("Watch: squeue -j \(ids[0]),\(ids[1]); tail \(place)/log/*")
    Terminal.result(
      "Should shards fail: sbatch --array=I,J \(place)/shards.sbatch, then dyn sweep merge \(place)"
    )
    return ExitStatus.done.rawValue
  }

  /// Number of shards, not more than an array of this cluster may have.
  private static func shards(_ invocation: Invocation, runs: Int) throws -> Int {
    let shards = try SweepVerb.shards(invocation, runs: runs)
    guard let largest = largestArray(), shards > largest else { return shards }
    guard invocation.isGiven("shards") else { return largest }
    throw ScenarioError(
      problem: "\(shards) shards are more than an array of this cluster may have",
      remedy: "give at most \(largest); every shard does many runs", origin: .flag("--shards"))
  }

  /// The largest index of an array, if Slurm says so.
  private static func largestArray() -> Int? {
    guard let scontrol = program("scontrol"),
      let (status, output) = try? run(scontrol, ["show", "config"], isQuiet: true), status == 0,
      let line = output.split(separator: "\n").first(where: { $0.hasPrefix("MaxArraySize") }),
      let size = line.split(separator: "=").last.flatMap({
        Int($0.trimmingCharacters(in: .whitespaces))
      })
    else { return nil }
    return max(1, size - 1)
  }

  /// The full path of a program on PATH, if it is there.
  private static func program(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func run(
    _ program: String, _ arguments: [String], isQuiet: Bool = false
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    if isQuiet { process.standardError = FileHandle.nullDevice }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
