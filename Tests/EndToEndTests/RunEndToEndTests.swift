import Foundation
import Recording
import Testing

@Suite("A run from the command line")
struct RunEndToEndTests {
  private static let short = ["-t", "200", "--quiet", "--no-plot", "--out"]

  @Test("two equal runs have equal digests, and h5diff finds nothing but provenance")
  func digests() throws {
    let folder = try TemporaryFolder()
    for name in ["a", "b"] {
      #expect(try Program.run(Self.short + [name], in: folder.path).status == 0)
    }
    let files = ["a", "b"].map { "\(folder.path)/\($0)/run.h5" }
    #expect(try RunFile(path: files[0]).digest() == RunFile(path: files[1]).digest())
    try #require(Program.run(["--seed", "13"] + Self.short + ["c"], in: folder.path).status == 0)
    #expect(
      try RunFile(path: "\(folder.path)/c/run.h5").digest() != RunFile(path: files[0]).digest())

    guard let tool = Program.tool("h5diff") else {
      print("skipped: h5diff is not installed")
      return
    }
    let difference = try Program.spawn(tool, ["--exclude-path", "/provenance"] + files)
    #expect(difference.status == 0, "\(difference.output)")
    #expect(difference.output.isEmpty)
  }

  @Test("h5dump reads the whole file")
  func dump() throws {
    guard let tool = Program.tool("h5dump") else {
      print("skipped: h5dump is not installed")
      return
    }
    let folder = try TemporaryFolder()
    #expect(try Program.run(Self.short + ["run"], in: folder.path).status == 0)
    let dump = try Program.spawn(tool, [folder.path + "/run/run.h5"])
    #expect(dump.status == 0)
    #expect(dump.output.contains("DATASET \"mode_strength\""))
  }

  @Test("xarray opens the trajectory with named axes and coordinates, with both engines")
  func xarray() throws {
    let modules = ["xarray", "h5netcdf", "netCDF4"]
    guard let python = Program.tool("python3"),
      try Program.spawn(python, ["-c", "import \(modules.joined(separator: ", "))"]).status == 0
    else {
      print("skipped: python3 with \(modules.joined(separator: ", ")) is not installed")
      return
    }
    let folder = try TemporaryFolder()
    #expect(
      try Program.run(
        ["-d", "3", "--save", "W1,W2", "--hidden", "7"] + Self.short + ["run"], in: folder.path
      ).status == 0)
    let script = """
      import sys, xarray
      for engine in ("h5netcdf", "netcdf4"):
          with xarray.open_dataset(sys.argv[1], group="trajectory", engine=engine) as run:
              assert run.product.dims == ("iteration", "output", "input"), run.product.dims
              assert run.W1.dims == ("iteration", "hidden", "input"), run.W1.dims
              assert run.W2.dims == ("iteration", "output", "hidden"), run.W2.dims
              assert run.learning_rate.dims == ("iteration", "layer")
              for axis in ("iteration", "output", "input", "mode", "hidden", "layer"):
                  assert axis in run.coords, axis
              assert run.iteration.values[-1] == 200
              assert run.sel(mode=1, iteration=200).mode_strength.shape == ()
              assert run.loss.attrs["units"] == "1" and "loss" in run.loss.attrs["long_name"]
              W = run.W2.values @ run.W1.values
              assert abs(W - run.product.values).max() < 1e-12
          with xarray.open_dataset(sys.argv[1], group="data", engine=engine) as data:
              assert data.input_correlation.dims == ("input", "input_2")
      """
    let outcome = try Program.spawn(python, ["-c", script, folder.path + "/run/run.h5"])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test("--json puts exactly one object on standard output, and nothing elsewhere")
  func json() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      ["-t", "200", "--json", "--no-plot", "--out", "run"], in: folder.path)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let summary = try #require(object as? [String: Any])
    #expect(summary["status"] as? String == "complete")
    #expect(summary["last_iteration"] as? Int == 200)
    let digest = try RunFile(path: folder.path + "/run/run.h5").digest()
    #expect(summary["digest"] as? String == digest)
    let kept = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: folder.path + "/run/summary.json")))
    #expect((kept as? [String: Any])?["digest"] as? String == digest)
  }

  @Test("a rate that is far too large ends with status 3 and keeps the file")
  func divergence() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      ["--lr", "1", "--no-plot", "--out", "run"], in: folder.path)
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("Diverged at step"))
    let run = try RunFile(path: folder.path + "/run/run.h5")
    #expect(run.status == .diverged)
    #expect(run.rows > 1)
  }

  @Test("without --save-results nothing is kept")
  func keepsNothing() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      ["-t", "20", "--no-save-results", "--no-plot", "--quiet"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(folder.contents.isEmpty)
  }

  @Test("progress goes to standard error, at the start and every --print-freq steps")
  func progress() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      ["-t", "100", "--print-freq", "50", "--no-plot", "--out", "run"], in: folder.path)
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.count == 3, "\(outcome.errors)")
    #expect(lines.last?.hasPrefix("iteration 100/100  100 %") == true)
    #expect(outcome.output.contains("half learned at step"))
  }

  @Test("paths with spaces, quotes and letters of any script work")
  func paths() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      ["-t", "20", "--quiet", "--out", "κ-Läufe 'eins' \"zwei\" $HOME `id`"], in: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(folder.contents == ["κ-Läufe 'eins' \"zwei\" $HOME `id`"])
  }
}
