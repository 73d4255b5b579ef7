import Foundation
import Testing

@Suite("Wrong input gets one sentence and leaves nothing behind")
struct BadInputTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let names: [String]
    var testDescription: String { arguments.joined(separator: " ") }

    init(_ arguments: String, names: String...) {
      self.arguments = arguments.split(separator: " ").map(String.init)
      self.names = names
    }
  }

  @Test(
    "exit 2, one line that names flag and value, nothing written",
    arguments: [
      Mistake("-n 0", names: "--samples", "0", "at least 1"),
      Mistake("-n -3", names: "--samples", "-3", "at least 1"),
      Mistake("-n 2.5", names: "--samples", "2.5", "whole number"),
      Mistake("-d 0", names: "--dim", "0", "at least 1"),
      Mistake("--outputs 0", names: "--outputs", "0", "at least 1"),
      Mistake("--hidden 0", names: "--hidden", "0", "at least 1"),
      Mistake("--hidden many", names: "--hidden", "many", "whole number"),
      Mistake("--test-samples 0", names: "--test-samples", "0", "at least 1"),
      Mistake("--kappa 0", names: "--kappa", "0", "greater than 0"),
      Mistake("--kappa -2", names: "--kappa", "-2", "greater than 0"),
      Mistake("--kappa nan", names: "--kappa", "nan", "a number"),
      Mistake("--kappa inf", names: "--kappa", "inf", "a number"),
      Mistake("--lr 1 2 3", names: "--lr", "3"),
      Mistake("--lr -1", names: "--lr", "-1", "at least 0"),
      Mistake("--lr", names: "--lr"),
      Mistake("--kapa 3", names: "--kapa", "--kappa"),
      Mistake("rnu", names: "rnu", "run"),
      Mistake("--space synoptic", names: "--space", "synoptic", "synaptic"),
      Mistake("--init diagnal", names: "--init", "diagnal", "diagonal"),
      Mistake("--record geom:1", names: "--record", "geom:1"),
      Mistake("--record sometimes", names: "--record", "sometimes"),
      Mistake("--save W3", names: "W3", "W1"),
      Mistake("--seed -1", names: "--seed", "-1"),
      Mistake("--seed 4294967296", names: "--seed", "4294967296"),
      Mistake("-t -5", names: "--iterations", "-5", "at least 0"),
      Mistake("--sigmas 1,2,3", names: "--sigmas", "3", "2"),
      Mistake("--sigma-noise -1", names: "--sigma-noise", "-1", "at least 0"),
      Mistake("--scale-beta", names: "--scale-beta", "compensated"),
      Mistake("--teacher ones --scale-beta --kappa none", names: "--scale-beta", "kappa"),
      Mistake("--unit-values 3", names: "--unit-values", "3", "2"),
      Mistake("--set data.kapa=3", names: "data.kapa", "kappa"),
      Mistake("--set data.kappa", names: "--set", "data.kappa"),
      Mistake("--set data.kappa=[1]", names: "--set", "data.kappa", "[1]"),
      Mistake("--print-freq 0", names: "--print-freq", "0"),
      Mistake("-n 1000000000", names: "samples", "GB", "TB"),
      Mistake("-d 1000000", names: "TB"),
      Mistake("--hidden 100000000000", names: "--hidden", "B of memory"),
      Mistake("--decay -0.1", names: "--decay", "-0.1", "at least 0"),
      Mistake("plot", names: "plot", "RUN"),
      Mistake(
        "--engine modes --teacher gaussian", names: "--engine", "modes", "coupled"),
    ])
  func mistakes(mistake: Mistake) throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(mistake.arguments, in: folder.path)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    for name in mistake.names {
      #expect(outcome.errors.contains(name), "\(name) is not in: \(outcome.errors)")
    }
    #expect(folder.contents.isEmpty)
  }

  private static let short = ["-t", "10", "--quiet", "--no-plot"]

  @Test("an existing --out is refused, and replaced with --force")
  func existing() throws {
    let folder = try TemporaryFolder()
    let arguments = Self.short + ["--out", "run"]
    #expect(try Program.run(arguments, in: folder.path).status == 0)
    let again = try Program.run(arguments, in: folder.path)
    #expect(again.status == 2)
    #expect(again.errors.contains("--force"))
    #expect(try Program.run(arguments + ["--force"], in: folder.path).status == 0)
  }

  @Test(
    "a place where no folder can be made is a file error",
    arguments: [["--root", "missing"], ["--out", "missing/run"], ["--out", "/proc/dyn-run"]])
  func noFolder(place: [String]) throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(Self.short + place, in: folder.path)
    #expect(outcome.status == 4)
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    #expect(folder.contents.isEmpty)
  }

  @Test("a run that fails after its folders were made leaves no empty folder")
  func noHalfMadeFolder() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/results", withIntermediateDirectories: false)
    // `plots` is a file, so the second folder cannot be made.
    try Data().write(to: URL(fileURLWithPath: folder.path + "/plots"))
    let outcome = try Program.run(Self.short, in: folder.path)
    #expect(outcome.status == 4, "\(outcome.errors)")
    #expect(folder.contents == ["plots", "results"])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path + "/results").isEmpty)
  }
}

@Suite("Wrong scenario files, from the command line")
struct BadScenarioTests {
  @Test(
    "exit 2 with file, line, column, key and remedy; nothing written",
    arguments: [
      ("{\n  \"data\": {\"kind\": \"linear-model\", \"kapa\": 3}\n}", ":2:", "data.kapa", "kappa"),
      ("{\n  \"data\": {\"kind\": \"linear-modle\"}\n}", ":2:", "data.kind", "linear-model"),
      ("{\"training\": {\"lr\": \"fast\"}}", ":1:", "training.lr", "number"),
      ("{\"seed\": 12", ":1:", "ends", "complete it"),
      ("{\"seed\": 12, \"seed\": 13}", ":1:", "seed", "twice"),
      ("[1, 2]", ":1:1", "scenario", "object"),
    ])
  func wrong(text: String, place: String, key: String, remedy: String) throws {
    let folder = try TemporaryFolder()
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path + "/wrong.json"))
    let outcome = try Program.run(["--scenario", "wrong.json"], in: folder.path)
    #expect(outcome.status == 2)
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    for part in ["wrong.json" + place, key, remedy] {
      #expect(outcome.errors.contains(part), "\(part) is not in: \(outcome.errors)")
    }
    #expect(folder.contents == ["wrong.json"])
  }

  @Test("an unknown scenario is answered with the nearest known one")
  func unknown() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(["--scenario", "exact-solution"], in: folder.path)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("exact-solutions"))
    #expect(folder.contents.isEmpty)
  }
}
