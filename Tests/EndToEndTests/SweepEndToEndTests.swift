import Foundation
import Recording
import Testing

@Suite("Sweeps from the command line", .serialized)
struct SweepEndToEndTests {
  private static let small = ["--seeds", "0..2", "-t", "50", "--no-plot", "--quiet"]

  private func sweep(_ arguments: [String], in folder: String) throws -> Program.Outcome {
    try Program.run(["sweep"] + arguments, in: folder)
  }

  @Test(
    "what cannot be is refused in one sentence, and nothing is written",
    arguments: [
      ([], "Nothing is swept"), (["--over", "kapa=1,2"], "did you mean kappa?"),
      (["--over", "kappa"], "has no values"), (["--over", "kappa="], "has no values"),
      (["--over", "kappa=1,,2"], "no list of values"), (["--over", "kappa=9..2"], "9..2"),
      (["--over", "kappa=geom:1:10:1"], "geom:1:10:1"), (["--over", "kappa=geom:-1:10:5"], "geom"),
      (["--over", "kappa=1,-3"], "data.kappa is -3"),
      (["--over", "loss:kappa=1,2"], "called loss"),
      (["--over", "kappa=1,2", "--over", "kappa=3"], "swept twice"),
      (["--over", "kappa=1,2", "--over", "lr=1,2,3", "--zip", "kappa,lr"], "2, 3 values"),
      (["--over", "kappa=1,2", "--zip", "kappa,dim"], "no axis dim"),
      (["--seeds", "3..1"], "3..1"), (["--seeds", "-1,2"], "sweep.seeds"),
      (["--seeds", "0..3", "--jobs", "0"], "0 runs at the same time"),
      (["--sweep", "nowhere.json"], "no file nowhere.json"),
      (["plan", "--seeds", "0..3", "--shards", "-2"], "-2 shards"),
      (["plan", "--seeds", "0..3", "--shards", "9"], "9 shards of 4 runs"),
      (["work", "nowhere"], "no plan"), (["work"], "needs the folder"),
      (["work", "a", "b"], "folder"),
      (["work", "x", "--shard=-1/3"], "no plan"), (["mrege", "x"], "not understood"),
      (["submit", "--seeds", "0..3"], "--slurm"),
      (["--over", "hidden=1..1000000", "--over", "samples=1..1000000"], "1000000 × 1000000"),
    ])
  func refused(_ arguments: [String], _ words: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try sweep(arguments, in: folder.path)
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(folder.contents.isEmpty)
  }

  @Test("without sbatch nothing is submitted, and scripts are still written on request")
  func missingSlurm() throws {
    let folder = try TemporaryFolder()
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    setenv("PATH", folder.path, 1)
    defer { setenv("PATH", path, 1) }
    let refused = try sweep(["submit", "--slurm", "--seeds", "0..9"], in: folder.path)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("no sbatch"))
    #expect(folder.contents.isEmpty)
    let written = try sweep(
      [
        "submit", "--slurm", "--script-only", "--seeds", "0..9", "--out", "s", "--shards", "3",
        "--",
      ]
        + ["--time=30"], in: folder.path)
    #expect(written.status == 0)
    let script = try String(contentsOfFile: folder.path + "/s/shards.sbatch", encoding: .utf8)
    #expect(script.contains("#SBATCH --array=1-3\n#SBATCH --requeue\n#SBATCH --time=30\n"))
  }

  @Test("a plan, its shards and the merge give the file of the sweep in one go")
  func parts() throws {
    let folder = try TemporaryFolder()
    let whole = try sweep(Self.small + ["--out", "whole", "--over", "kappa=2,5"], in: folder.path)
    #expect(whole.status == 0)
    #expect(
      try sweep(["plan"] + Self.small + ["--out", "parts", "--over", "kappa=2,5"], in: folder.path)
        .status == 0)
    let early = try sweep(["merge", "parts"], in: folder.path)
    #expect(early.status != 0)
    #expect(early.errors.contains("6 of 6 runs"))
    for shard in ["2/2", "1/2"] {
      #expect(try sweep(["work", "parts", "--shard", shard], in: folder.path).status == 0)
    }
    let merged = try sweep(["merge", "parts", "--no-plot"], in: folder.path)
    func digest(_ outcome: Program.Outcome) -> Substring? {
      outcome.output.split(separator: "\n").first { $0.hasPrefix("digest: ") }
    }
    #expect(digest(whole) != nil)
    #expect(digest(merged) == digest(whole))
    let again = try sweep(Self.small + ["--out", "whole", "--over", "kappa=2,5"], in: folder.path)
    #expect(again.output.contains("All 6 runs are done"))
    let changed = try sweep(
      Self.small + ["--out", "whole", "--over", "kappa=2,6"], in: folder.path)
    #expect(changed.status == 2)
    #expect(changed.errors.contains("[2, 5] there and [2, 6] here"))
  }

  @Test("a dry run lists every run and does nothing")
  func dryRun() throws {
    let folder = try TemporaryFolder()
    let outcome = try sweep(Self.small + ["--dry-run", "--over", "kappa=2,5"], in: folder.path)
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n").count == 7)
    #expect(outcome.output.contains("kappa = 5, seed = 2"))
    #expect(folder.contents.isEmpty)
  }

  @Test("of a sweep that is killed no finished run is lost")
  func killed() throws {
    let folder = try TemporaryFolder()
    let arguments =
      ["sweep", "--seeds", "0..1999", "-t", "300", "--keep", "last", "--out", "s", "--no-plot"]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    func journals() throws -> RunJournals {
      try RunJournals(in: folder.path + "/s/runs", count: 2000) { _ in nil }
    }
    while process.isRunning, try journals().count < 100 { usleep(2000) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try #require(process.terminationReason == .uncaughtSignal)
    let kept = try journals().count
    #expect(kept >= 100)
    let rest = try sweep(["work", "s", "--quiet"], in: folder.path)
    #expect(rest.output.contains("\(2000 - kept) runs done, \(kept) were done before"))
    let merged = try sweep(["merge", "s", "--no-plot"], in: folder.path)
    let whole = try sweep(
      Array(arguments.dropFirst(1).dropLast(3)) + ["--out", "w", "--no-plot"], in: folder.path)
    let digests = [merged, whole].map { outcome in
      outcome.output.split(separator: "\n").first { $0.hasPrefix("digest: ") }
    }
    #expect(digests[0] != nil)
    #expect(digests[0] == digests[1])
  }
}
