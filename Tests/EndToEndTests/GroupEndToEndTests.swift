import Foundation
import Recording
import Testing

@Suite("Networks on groups from the command line")
struct GroupEndToEndTests {
  private static let scenario = """
    {"name": "c", "seed": 4, "ensemble": 2, "data": {"kind": "group", "group": "S3", "fraction": 0.8},
     "network": {"kind": "composition", "embedding": 10},
     "training": {"rule": "adamw", "loss": "cross-entropy", "reduction": "mean", "weight_decay": 0.5,
                  "iterations": 60},
     "record": {"schedule": "every:10", "save": ["W_x", "W_y", "W_U"]}}
    """
  private static let flags = ["--scenario", "c.json", "--no-plot", "--quiet"]

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try Data(Self.scenario.utf8).write(to: URL(fileURLWithPath: folder.path + "/c.json"))
    return folder
  }

  private func run(_ arguments: [String], in folder: TemporaryFolder) throws -> String {
    let outcome = try Program.run(arguments, in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return outcome.output
  }

  private func digest(_ folder: TemporaryFolder, _ name: String) throws -> String {
    try RunFile(path: "\(folder.path)/\(name)/run.h5").digest()
  }

  @Test("one file does not depend on the threads, and a longer run is the one that was meant to be")
  func runs() throws {
    let folder = try folder()
    _ = try run(Self.flags + ["-t", "130", "--threads", "2", "--out", "whole"], in: folder)
    _ = try run(Self.flags + ["--threads", "1", "--out", "part"], in: folder)
    _ = try run(["resume", "part", "-t", "130", "--no-plot", "--quiet"], in: folder)
    #expect(try digest(folder, "whole") == digest(folder, "part"))
    let axes = Dictionary(
      try RunFile(path: folder.path + "/whole/run.h5").tree().entries.map { ($0.path, $0.axes) },
      uniquingKeysWith: { first, _ in first })
    #expect(axes["/network/W_x"] == ["net", "element", "embedding"])
    #expect(axes["/trajectory/W_U"] == ["iteration", "net", "hidden", "element"])
    // A run that starts from the end of another.
    _ = try run(
      Self.flags + ["--ensemble", "1", "-t", "20", "--out", "one"], in: folder)
    _ = try run(
      Self.flags + [
        "--ensemble", "1", "-t", "0", "--set", "network.weights=one/run.h5:/network", "--out", "on",
      ], in: folder)
    let (one, on) = (
      try RunFile(path: folder.path + "/one/run.h5"), try RunFile(path: folder.path + "/on/run.h5")
    )
    #expect(try one.networkParameters() == on.networkParameters(atStart: true))
  }

  @Test("representations are analysed at the end and over time, and drawn")
  func analysis() throws {
    let folder = try folder()
    _ = try run(Self.flags + ["--out", "run"], in: folder)
    let text = try run(
      ["analyze", "representations", "run", "--at", "all", "--draws", "3"], in: folder)
    for word in ["standard", "sign", "hidden xy", "without xy", "active units", "Σd³"] {
      #expect(text.contains(word), "\(word)")
    }
    let file = try RunFile(path: folder.path + "/run/run.h5")
    let history = try #require(try file.analysis("representation_history"))
    #expect(history.entry("left_share")?.shape == [7, 2, 3])
    #expect(history.entry("step_iteration")?.values == [0, 10, 20, 30, 40, 50, 60])
    let shares = try #require(history.entry("left_share")?.values)
    for row in stride(from: 0, to: shares.count, by: 3) {
      // Plancherel, to as many roundings as there are functions.
      #expect(abs(shares[row..<row + 3].reduce(0, +) - 1) < 1e-12)
    }
    try file.close()
    let object = try JSONSerialization.jsonObject(
      with: Data(
        run(
          [
            "analyze", "representations", "run", "--at", "30", "--draws", "2", "--json",
            "--no-plot",
          ],
          in: folder
        ).utf8))
    #expect((object as? [String: Any])?["iteration"] as? Int == 30)
    guard Program.tool("gnuplot") != nil else { return }
    let plots = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/run/plots")
    for name in [
      "shares", "mechanism", "units", "ablation", "singular-values", "weights", "pairs",
      "functions", "readout", "losses",
    ] {
      #expect(plots.contains("representation-\(name).png"), "\(name)")
    }
  }

  @Test("a group is checked, and its losses are those of the closed form")
  func group() throws {
    let folder = try folder()
    let text = try run(["analyze", "group", "--group", "S5"], in: folder)
    for number in ["1.4973364", "1.3868404", "4.2212726", "1.2616165", "Σd² = 120"] {
      #expect(text.contains(number), "\(number)")
    }
    let object = try JSONSerialization.jsonObject(
      with: Data(run(["analyze", "group", "--group", "A5", "--json"], in: folder).utf8))
    #expect((object as? [String: Any])?["order"] as? Int == 60)
  }

  @Test(
    "mistakes are said in a sentence",
    arguments: [
      (["analyze", "group", "--group", "Q8"], "There is no group 'Q8'"),
      (["analyze", "group", "--group", "S12"], "4.79e+08 elements, whose tables need 4.59e+09 GB"),
      (["analyze", "representations"], "does not say of which run"),
      (["analyze", "representations", "linear", "--no-plot"], "has no group"),
      (["analyze", "readout", "run", "--no-plot"], "analyze their representations"),
      (["analyze", "representations", "run", "--at", "7", "--no-plot"], "the nearest is"),
      (["analyze", "representations", "run", "--at", "soon", "--no-plot"], "soon"),
      (["--scenario", "c.json", "--set", "data.group=S8"], "GB"),
      (["--scenario", "c.json", "--set", "data.group=S99"], "the name of a group"),
      (["--scenario", "c.json", "--set", "network.weights=x.h5:/a", "--ensemble", "1"], "x.h5"),
    ])
  func mistakes(arguments: [String], words: String) throws {
    let folder = try folder()
    _ = try run(Self.flags + ["-t", "10", "--out", "run"], in: folder)
    _ = try run(["-t", "10", "--no-plot", "--quiet", "--out", "linear"], in: folder)
    let outcome = try Program.run(arguments, in: folder.path)
    #expect(outcome.status == 2, "\(outcome.status)")
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.count == 1 && outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test(
    "the quick scenarios show what they must",
    arguments: ["composition-s4-quick", "composition-s5"])
  func check(name: String) throws {
    let outcome = try Program.run(["check", name])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }
}
