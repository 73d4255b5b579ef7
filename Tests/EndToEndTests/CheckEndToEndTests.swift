import Foundation
import Testing

@Suite("Checks from the command line")
struct CheckEndToEndTests {
  /// A scenario whose loss halves nine times: 2 + cos is not needed, e^(−2·0.01·k) is.
  static func scenario(atMost: String) -> String {
    """
    {"name": "mine", "training": {"iterations": 200, "lr": 0.01},
     "figures": [{"name": "loss", "panels": [{"kind": "curves", "of": "loss"}]}],
     "expected": [{"kind": "value", "of": "loss", "at_most": \(atMost), "from": "a test"},
                  {"kind": "minima", "of": "loss", "equals": 0, "from": "a test"}]}
    """
  }

  static func folder(atMost: String = "10") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/scenarios/paper", withIntermediateDirectories: true)
    try Data(scenario(atMost: atMost).utf8).write(
      to: URL(fileURLWithPath: folder.path + "/scenarios/paper/mine.json"))
    return folder
  }

  @Test("what holds ends with 0, a changed expectation with 1, and nothing is left behind")
  func verdicts() throws {
    let good = try Self.folder()
    let passed = try Program.run(["check", "mine"], in: good.path)
    #expect(passed.status == 0, "\(passed.errors)")
    #expect(passed.output.contains("mine: all 2 hold (1 run"))
    #expect(passed.output.contains("All 2 expectations of 1 scenarios hold."))
    #expect(good.contents == ["scenarios"])

    let bad = try Self.folder(atMost: "1e-9")
    let missed = try Program.run(["check", "mine"], in: bad.path)
    #expect(missed.status == 1)
    #expect(missed.output.contains("mine: 1 of 2 missed"))
    #expect(missed.output.contains("MISSED"))
    #expect(missed.output.contains("1 of 2 expectations of 1 scenarios do not hold."))
    let json = try Program.run(["check", "mine", "--json"], in: bad.path)
    #expect(
      json.status == 1 && json.output.hasPrefix("[") && json.output.contains("\"holds\": false"))
  }

  @Test("wrong command lines end with 2 and one sentence")
  func usage() throws {
    let folder = try Self.folder()
    for (arguments, part) in [
      (["check"], "Nothing is named to check"), (["check", "mime"], "did you mean mine?"),
      (["check", "mine", "--all"], "Both mine and --all are given"),
      (["check", "mine", "--threads", "0"], "--threads: 0 threads are not possible"),
    ] {
      let outcome = try Program.run(arguments, in: folder.path)
      #expect(outcome.status == 2, "\(arguments)")
      #expect(outcome.errors.contains(part), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1)
    }
  }

  @Test("a curve that the runs do not have is named with the nearest one")
  func unknownCurve() throws {
    let folder = try Self.folder()
    let path = folder.path + "/scenarios/paper/mine.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try Data(
      text.replacingOccurrences(of: "\"of\": \"loss\", \"at", with: "\"of\": \"los\", \"at").utf8
    )
    .write(to: URL(fileURLWithPath: path))
    let outcome = try Program.run(["check", "mine"], in: folder.path)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("Scenario mine: The run has no curve los: did you mean loss?"))
  }

  @Test("a scenario of several runs becomes the file of a sweep, with what it must show")
  func sweep() throws {
    let folder = try Self.folder()
    let arguments = ["--scenario", "mine", "--set", "sweep.seeds=3..4", "--no-plot"]
    let outcome = try Program.run(arguments + ["--out", "out", "--threads", "2"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("2 runs: 2 complete."))
    #expect(outcome.output.contains("value of loss"))
    #expect(outcome.output.contains("ok"))
    let same = try Program.run(
      ["sweep", "--scenario", "mine", "--seeds", "3..4", "--no-plot", "--out", "same"],
      in: folder.path)
    func digest(_ outcome: Program.Outcome) -> Substring? {
      outcome.output.split(separator: "\n").first { $0.hasPrefix("digest: ") }
    }
    #expect(digest(outcome) != nil && digest(same) == digest(outcome))
    let again = try Program.run(arguments + ["--out", "out"], in: folder.path)
    #expect(again.output.contains("All 2 runs are done"))
    let unkept = try Program.run(
      arguments + ["--out", "gone", "--no-save-results"], in: folder.path)
    #expect(digest(unkept) == digest(outcome))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/gone"))
  }

  @Test(
    "a scenario draws its own figures", .enabled(if: Program.tool("gnuplot") != nil),
    arguments: [[], ["--set", "sweep.seeds=[3,4]"]])
  func figures(more: [String]) throws {
    let folder = try Self.folder()
    let outcome = try Program.run(
      ["--scenario", "mine", "--out", "out", "--quiet"] + more, in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(FileManager.default.fileExists(atPath: folder.path + "/out/plots/loss.png"))
    let gallery = try Program.run(["check", "mine", "--gallery", "pictures"], in: folder.path)
    #expect(gallery.status == 0, "\(gallery.errors)")
    #expect(FileManager.default.fileExists(atPath: folder.path + "/pictures/mine.png"))
  }
}
