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
    guard !isSubmitted || Slurm.isHere else {
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
    let (status, ids) = try Slurm.submit(place)
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
    guard let largest = Slurm.largestArray, shards > largest else { return shards }
    guard invocation.isGiven("shards") else { return largest }
    throw ScenarioError(
      problem: "\(shards) shards are more than an array of this cluster may have",
      remedy: "give at most \(largest); every shard does many runs", origin: .flag("--shards"))
  }
}
