import Foundation
import Recording
import Testing

@Suite("Recorded values for other programs")
struct ExportTests {
  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      ["-t", "90", "-d", "3", "--record", "every:7", "--no-plot", "--quiet", "--out", "run"],
      in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return folder
  }

  @Test("a table has every value bit for bit, with one column per entry", arguments: [",", "\t"])
  func table(separator: Character) throws {
    let folder = try Self.folder()
    let format = separator == "," ? "csv" : "tsv"
    let outcome = try Program.run(
      ["export", "run", "--format", format, "--quantity", "loss", "mode_strength"],
      in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map { $0.split(separator: separator) }
    #expect(lines[0] == ["iteration", "loss", "mode_strength[1]", "mode_strength[2]"])
    let run = try RunFile(path: folder.path + "/run/run.h5")
    let (loss, strength) = (try run.series("loss"), try run.series("mode_strength"))
    for (row, iteration) in try run.iterations().enumerated() {
      #expect(
        lines[row + 1].map { Double($0) }
          == [Double(iteration), loss.row(row)[0]] + strength.row(row))
    }
    #expect(lines.count == run.rows + 1)
  }

  @Test("JSON and NumPy's format hold the same numbers in the shape of the quantity")
  func nested() throws {
    let folder = try Self.folder()
    let json = try Program.run(
      ["export", "run", "--format", "json", "--quantity", "product"], in: folder.path)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let nested = try #require(object["product"] as? [[[Double]]])
    let series = try RunFile(path: folder.path + "/run/run.h5").series("product")
    let numbers = json.output.components(separatedBy: "\"product\": ")[1]
      .components(separatedBy: CharacterSet(charactersIn: "[], }\n")).filter { !$0.isEmpty }
    #expect(numbers.map { Double($0) } == series.values)
    #expect([nested[0].count, nested[0][0].count] == series.shape)

    let arguments = ["export", "run", "--format", "npy", "--quantity", "product", "--out", "p.npy"]
    #expect(try Program.run(arguments, in: folder.path).status == 0)
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path + "/p.npy")))
    #expect(bytes.prefix(8) == [0x93, 78, 85, 77, 80, 89, 1, 0])
    let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
    #expect(start % 64 == 0)
    let header = String(decoding: bytes[10..<start], as: UTF8.self)
    #expect(header.contains("'shape': (\(series.rows), 2, 3,)"), "\(header)")
    let values = stride(from: start, to: bytes.count, by: 8).map { place in
      Double(bitPattern: (0..<8).reduce(0) { $0 | UInt64(bytes[place + $1]) << (8 * $1) })
    }
    #expect(values == series.values)
  }

  @Test("unknown quantities and several for one array are wrong usage, in one line")
  func mistakes() throws {
    let folder = try Self.folder()
    for (arguments, word) in [
      (["--quantity", "W1"], "mode_strength"), (["--format", "npy"], "--quantity"),
      (["--format", "xls"], "csv"),
    ] {
      let outcome = try Program.run(["export", "run"] + arguments, in: folder.path)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains(word), "\(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1)
    }
  }

  @Test("figures are drawn by name, as letters too, and only those that exist")
  func plots() throws {
    let folder = try Self.folder()
    if Program.tool("gnuplot") != nil {
      let drawn = try Program.run(
        ["plot", "run", "--figure", "loss", "--terminal", "dumb"], in: folder.path)
      #expect(drawn.status == 0, "\(drawn.errors)")
      #expect(drawn.output.contains("***"))
      let vector = try Program.run(
        ["plot", "run", "--figure", "loss,risk", "--terminal", "svg", "--follow"],
        in: folder.path)
      #expect(vector.status == 0, "\(vector.errors)")
      #expect(FileManager.default.fileExists(atPath: folder.path + "/run/plots/risk.svg"))
      let other = try Program.run(
        ["-t", "90", "-d", "3", "--kappa", "3", "--no-plot", "--quiet", "--out", "other"],
        in: folder.path)
      #expect(other.status == 0, "\(other.errors)")
      let both = try Program.run(
        ["plot", "run", "other", "--figure", "loss", "--out", "both"], in: folder.path)
      #expect(both.status == 0, "\(both.errors)")
      #expect(both.output == "wrote both/loss.png\n")
      let script = try String(contentsOfFile: folder.path + "/both/loss.gp", encoding: .utf8)
      #expect(script.contains("κ = 10") && script.contains("κ = 3"))
    } else {
      print("skipped: gnuplot is not installed")
    }
    let following = try Program.run(["plot", "run", "run", "--follow"], in: folder.path)
    #expect(following.status == 2)
    #expect(following.errors.contains("--follow") && following.errors.contains("2"))
    let unknown = try Program.run(["plot", "run", "--figure", "los"], in: folder.path)
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("loss"))
  }
}
