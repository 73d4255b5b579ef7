import Foundation
import Testing

@Suite("Theory from the command line")
struct TheoryEndToEndTests {
  @Test("compare succeeds within a tolerance and fails with status 1 outside it")
  func tolerance() throws {
    let folder = try TemporaryFolder()
    #expect(
      try Program.run(
        ["-t", "8000", "--no-plot", "--quiet", "--out", "run"], in: folder.path
      ).status == 0)
    #expect(
      try Program.run(["compare", "run", "--tolerance", "1e-2"], in: folder.path).status == 0)
    let strict = try Program.run(["compare", "run", "--tolerance", "1e-9"], in: folder.path)
    #expect(strict.status == 1)
    #expect(strict.errors.contains("above the tolerance"))
    let same = try Program.run(["compare", "run", "run", "--tolerance", "0"], in: folder.path)
    #expect(same.status == 0, "\(same.errors)")
  }

  @Test("theory is added to a run that was made without it")
  func added() throws {
    let folder = try TemporaryFolder()
    #expect(
      try Program.run(
        ["-t", "2000", "--theory", "none", "--no-plot", "--quiet", "--out", "run"],
        in: folder.path
      ).status == 0)
    let outcome = try Program.run(["theory", "run"], in: folder.path)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Theory aligned-modes (exact)"))
  }

  @Test("curves of theory alone reach any time and are finite")
  func curves() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      ["theory", "--until", "1e15", "--points", "20"], in: folder.path)
    #expect(outcome.status == 0)
    let table = outcome.output.split(separator: "\n").dropFirst(2).prefix(21)
    #expect(table.count == 21)
    for line in table {
      let numbers = line.split(separator: "\t").compactMap { Double($0) }
      #expect(numbers.count == 5 && numbers.allSatisfy(\.isFinite), "\(line)")
    }
    #expect(table.last?.hasPrefix("1000000000000000.0\t") == true)
    #expect(folder.contents.isEmpty)
  }

  @Test("the list has every solution")
  func list() throws {
    let outcome = try Program.run(["theory", "--list"])
    for id in ["aligned-modes", "matrix-riccati", "overlaps", "flow"] {
      #expect(outcome.output.contains(id))
    }
  }

  @Test(
    "mistakes get one sentence and status 2",
    arguments: [
      (["--theory", "aligned-mode"], "aligned-modes"), (["theory"], "--until"),
      (["theory", "--until", "-1"], "--until"), (["theory", "--until", "nan"], "--until"),
      (["theory", "--until", "1", "--points", "1"], "--points"),
      (["theory", "--theory", "lazzy", "--until", "1"], "lazy"),
      (["compare", "run", "--tolerance", "-1"], "--tolerance"),
    ])
  func mistakes(arguments: [String], names: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(arguments, in: folder.path)
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains(names), "\(outcome.errors)")
    #expect(folder.contents.isEmpty)
  }
}
