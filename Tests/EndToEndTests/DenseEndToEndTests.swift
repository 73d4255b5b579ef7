import Foundation
import Recording
import Testing

@Suite("Dense networks from the command line")
struct DenseEndToEndTests {
  private static let quick =
    ["--scenario", "two-task-readout-quick", "-n", "200", "--test-samples", "50"]
  private static let short = quick + ["-t", "60"]
  private static let quiet = ["--no-plot", "--quiet"]

  private func digest(_ folder: TemporaryFolder, _ name: String) throws -> String {
    try RunFile(path: "\(folder.path)/\(name)/run.h5").digest()
  }

  @Test("one file does not depend on the threads, and holds every network by name")
  func threads() throws {
    let folder = try TemporaryFolder()
    for threads in ["1", "2"] {
      let outcome = try Program.run(
        Self.short + Self.quiet + ["--threads", threads, "--out", "run\(threads)"],
        in: folder.path)
      try #require(outcome.status == 0, "\(outcome.errors)")
    }
    #expect(try digest(folder, "run1") == digest(folder, "run2"))
    let tree = try RunFile(path: folder.path + "/run1/run.h5").tree()
    let axes = Dictionary(
      tree.entries.map { ($0.path, $0.axes) }, uniquingKeysWith: { first, _ in first })
    #expect(axes["/network/W1"] == ["net", "hidden", "input"])
    #expect(axes["/network/W2"] == ["net", "output", "hidden"])
    #expect(axes["/network/b2"] == ["net", "output"])
    #expect(axes["/trajectory/valid_loss"] == ["iteration", "net"])
  }

  @Test("a longer run is the one that was meant to be that long, batches and moments included")
  func resumed() throws {
    let folder = try TemporaryFolder()
    let flags =
      Self.quick + ["--batch", "30", "--record", "every:10", "--ensemble", "3"] + Self.quiet
    func run(_ arguments: [String]) throws {
      let outcome = try Program.run(arguments, in: folder.path)
      try #require(outcome.status == 0, "\(outcome.errors)")
    }
    try run(flags + ["-t", "60", "--out", "a"])
    // What is computed from the whole run goes when the run does.
    try run(["analyze", "readout", "a", "--draws", "10", "--no-plot"])
    try run(["resume", "a", "-t", "130"] + Self.quiet)
    try run(flags + ["-t", "130", "--out", "b"])
    #expect(try digest(folder, "a") == digest(folder, "b"))
  }

  @Test("analyses print a table with the null beside it, and one object")
  func analyses() throws {
    let folder = try TemporaryFolder()
    let made = try Program.run(Self.short + Self.quiet + ["--out", "run"], in: folder.path)
    try #require(made.status == 0, "\(made.errors)")
    let readout = try Program.run(
      ["analyze", "readout", "run", "--draws", "50"], in: folder.path)
    #expect(readout.status == 0, "\(readout.errors)")
    for word in ["singular value 1", "trained", "new", "±", "participation ratio"] {
      #expect(readout.output.contains(word), "\(word)")
    }
    let pullback = try Program.run(
      ["analyze", "pullback", "run", "--draws", "5", "--json"], in: folder.path)
    #expect(pullback.status == 0, "\(pullback.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(pullback.output.utf8))
    let rows = try #require((object as? [String: Any])?["rows"] as? [[String: Any]])
    #expect(rows.contains { $0["quantity"] as? String == "hidden_1_capture" })
    if Program.tool("gnuplot") != nil {
      let plots = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/run/plots")
      for name in ["readout-singular-values", "pullback-maps", "predictions", "learning-curves"] {
        #expect(plots.contains(name + ".png"), "\(name)")
      }
    }
  }

  @Test(
    "the quick scenarios show what they must",
    arguments: ["two-task-readout-quick", "two-task-pullback", "two-task-linear"])
  func check(name: String) throws {
    let outcome = try Program.run(["check", name])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("hold"))
  }

  @Test(
    "wrong networks, rules and data get one sentence and leave nothing behind",
    arguments: [
      ("--hidden 0", "--hidden", "at least 1"),
      ("--hidden 16,x", "--hidden", "whole number"),
      ("--activation tanh", "--activation", "relu and linear"),
      ("--ensemble 0", "--ensemble", "0"),
      ("--seed 4294967295", "--ensemble", "seed of at most 4294967288"),
      ("--batch 9999", "--batch", "9999"),
      ("--momentum 0.9", "--momentum", "sgd"),
      ("--rule gradient-descent --batch 10", "--batch", "sgd"),
      ("--rule sgd --set training.betas=[0.5,0.5]", "training.betas", "adam"),
      ("--rule rprop", "--rule", "rprop"),
      ("--engine modes", "--engine", "linear"),
      ("--theory lazy", "--theory", "auto"),
      ("--set data.epsilon=0", "data.epsilon", "greater than 0"),
      ("--set network.kind=linear", "network.kind", "dense"),
      ("--lr 1 2 3", "--lr", "2 layers"),
      ("--save W9", "W9", "W1"),
      ("--threads 0", "--threads", "0"),
      ("--loss cross-entropy --set data.tasks=1", "--loss", "2 outputs"),
    ])
  func wrong(flags: String, name: String, remedy: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      Self.quick + flags.split(separator: " ").map(String.init), in: folder.path)
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    #expect(
      outcome.errors.contains(name) && outcome.errors.contains(remedy), "\(outcome.errors)")
    #expect(folder.contents.isEmpty)
  }

  @Test("a linear network is refused what only dense ones do, and data that are no numbers")
  func linear() throws {
    let folder = try TemporaryFolder()
    for (flags, name) in [
      (["--ensemble", "3"], "--ensemble"), (["--rule", "adam"], "--rule"),
      (["--loss", "mse"], "--loss"), (["--batch", "10"], "--batch"),
    ] {
      let outcome = try Program.run(flags, in: folder.path)
      #expect(outcome.status == 2 && outcome.errors.contains(name), "\(outcome.errors)")
      #expect(outcome.errors.contains("dense"))
    }
    try Data("1 2\nnan 4\n".utf8).write(to: URL(fileURLWithPath: folder.path + "/teacher.txt"))
    let outcome = try Program.run(
      [
        "--set", "network.kind=dense", "--teacher", "teacher.txt", "--kappa", "none",
      ], in: folder.path)
    #expect(outcome.status == 2 && outcome.errors.contains("nan"), "\(outcome.errors)")
    #expect(folder.contents == ["teacher.txt"])
  }

  @Test("analyses are refused in a sentence where a run cannot answer")
  func refusedAnalyses() throws {
    let folder = try TemporaryFolder()
    let linear = try Program.run(["-t", "20", "--out", "linear"] + Self.quiet, in: folder.path)
    try #require(linear.status == 0)
    let dense = try Program.run(Self.short + Self.quiet + ["--out", "dense"], in: folder.path)
    try #require(dense.status == 0)
    for (arguments, words) in [
      (["analyze", "readout", "linear"], "--save W1 W2"),
      (["analyze", "redout", "dense"], "readout"),
      (["analyze", "pullback", "dense", "--net", "9"], "from 1 to 8"),
      (["analyze", "pullback", "dense", "--at", "7"], "--save W1"),
      (["analyze", "readout", "dense", "--draws", "1"], "--draws"),
      (["theory", "dense"], "linear"),
      (["compare", "dense"], "linear"),
    ] {
      let outcome = try Program.run(arguments, in: folder.path)
      #expect(outcome.status == 2, "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
  }
}
