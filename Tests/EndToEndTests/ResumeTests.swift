import Foundation
import HDF5
import Recording
import Testing

@Suite("Going on with a run")
struct ResumeTests {
  private static let quiet = ["--no-plot", "--quiet"]

  private static func run(_ arguments: [String], in folder: TemporaryFolder) throws
    -> Program.Outcome
  {
    try Program.run(arguments + quiet, in: folder.path)
  }

  private static func digest(_ folder: TemporaryFolder, _ name: String) throws -> String {
    try RunFile(path: "\(folder.path)/\(name)/run.h5").digest()
  }

  @Test(
    "more steps with -t give the run that was meant to be that long from the start",
    arguments: [["--record", "all"], ["--record", "every:50", "--update", "sequential"]])
  func raised(flags: [String]) throws {
    let folder = try TemporaryFolder()
    try #require(Self.run(flags + ["-t", "200", "--out", "a"], in: folder).status == 0)
    try #require(Self.run(flags + ["-t", "500", "--out", "b"], in: folder).status == 0)
    let outcome = try Self.run(["resume", "a", "-t", "500"], in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try Self.digest(folder, "a") == Self.digest(folder, "b"))
  }

  @Test("a geometric schedule keeps its rows and adds those of the longer run after them")
  func raisedGeometric() throws {
    let folder = try TemporaryFolder()
    let flags = ["--record", "geom:20"]
    try #require(Self.run(flags + ["-t", "200", "--out", "a"], in: folder).status == 0)
    let before = try RunFile(path: folder.path + "/a/run.h5").iterations()
    try #require(Self.run(["resume", "a", "-t", "5000"], in: folder).status == 0)
    try #require(Self.run(flags + ["-t", "5000", "--out", "b"], in: folder).status == 0)
    let fresh = try RunFile(path: folder.path + "/b/run.h5").iterations()
    let run = try RunFile(path: folder.path + "/a/run.h5")
    #expect(try run.iterations() == before + fresh.filter { $0 > 200 })
    #expect(run.scenario.training.iterations == 5000)
    #expect(run.status == .complete)
  }

  @Test("complete and diverged runs say so and stay as they are")
  func finished() throws {
    let folder = try TemporaryFolder()
    try #require(Self.run(["-t", "20", "--out", "a"], in: folder).status == 0)
    try #require(Self.run(["--lr", "1", "--out", "b"], in: folder).status == 3)
    for (name, word) in [("a", "complete"), ("b", "diverged")] {
      let before = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)/run.h5"))
      let outcome = try Program.run(["resume", name], in: folder.path)
      #expect(outcome.status == 0)
      #expect(outcome.output.contains(word))
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)/run.h5")) == before)
    }
    let lower = try Self.run(["resume", "a", "-t", "10"], in: folder)
    #expect(lower.status == 2)
    #expect(lower.errors.contains("20"))
  }

  @Test("a checkpoint of another scenario, a newer format or none at all is refused in a sentence")
  func refused() throws {
    let folder = try TemporaryFolder()
    try #require(Self.run(["-t", "20", "--out", "a"], in: folder).status == 0)
    try #require(Self.run(["-t", "20", "--out", "b", "--seed", "13"], in: folder).status == 0)
    let checkpoint = folder.path + "/a/checkpoint.h5"
    try FileManager.default.removeItem(atPath: checkpoint)
    try FileManager.default.copyItem(
      atPath: folder.path + "/b/checkpoint.h5", toPath: checkpoint)
    let other = try Self.run(["resume", "a", "-t", "30"], in: folder)
    #expect(other.status == 4)
    #expect(other.errors.contains("another scenario"), "\(other.errors)")

    let file = try HDF5File.open(checkpoint, mode: .readWrite)
    try file.root.attributes.set("format_version", to: [2, 0])
    try file.close()
    let newer = try Self.run(["resume", "a", "-t", "30"], in: folder)
    #expect(newer.status == 4)
    #expect(newer.errors.contains("use a newer dyn"), "\(newer.errors)")

    try Data("nothing".utf8).write(to: URL(fileURLWithPath: checkpoint))
    let none = try Self.run(["resume", "a", "-t", "30"], in: folder)
    #expect(none.status == 4)
    #expect(none.errors.contains("checkpoint.h5"), "\(none.errors)")
    #expect(none.errors.split(separator: "\n").count == 1)
  }

  @Test("without its checkpoint a run starts over from its scenario")
  func withoutCheckpoint() throws {
    let folder = try TemporaryFolder()
    let flags = ["--record", "all"]
    try #require(Self.run(flags + ["-t", "100", "--out", "a"], in: folder).status == 0)
    try #require(Self.run(flags + ["-t", "300", "--out", "b"], in: folder).status == 0)
    try FileManager.default.removeItem(atPath: folder.path + "/a/checkpoint.h5")
    try #require(Self.run(["resume", "a", "-t", "300"], in: folder).status == 0)
    #expect(try Self.digest(folder, "a") == Self.digest(folder, "b"))
  }

  @Test("a run file beyond repair is set aside and made again from the checkpoint's scenario")
  func damaged() throws {
    let folder = try TemporaryFolder()
    try #require(Self.run(["-t", "300", "--out", "a"], in: folder).status == 0)
    let expected = try Self.digest(folder, "a")
    try Data(repeating: 0, count: 4096).write(to: URL(fileURLWithPath: folder.path + "/a/run.h5"))
    let outcome = try Self.run(["resume", "a"], in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("run.h5.damaged"))
    #expect(try Self.digest(folder, "a") == expected)
  }

  @Test("data that the scenario does not draw again are noticed")
  func otherData() throws {
    let folder = try TemporaryFolder()
    try #require(Self.run(["-t", "20", "--out", "a"], in: folder).status == 0)
    let file = try HDF5File.open(folder.path + "/a/run.h5", mode: .readWrite)
    let fit = try file.root.group("data").dataset("fit")
    var values = try fit.read()
    values[0] = values[0].nextUp
    try fit.write(values)
    try file.close()
    let outcome = try Self.run(["resume", "a", "-t", "30"], in: folder)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("other data"), "\(outcome.errors)")
  }

  @Test("there is nothing to resume in a folder without a run")
  func nothing() throws {
    let folder = try TemporaryFolder()
    for name in [".", "missing", "missing/run.h5"] {
      let outcome = try Self.run(["resume", name], in: folder)
      #expect(outcome.status == 4)
      #expect(outcome.errors.contains("no run to go on with"), "\(outcome.errors)")
    }
    #expect(folder.contents.isEmpty)
  }
}
