import Foundation
import Recording
import Testing

@Suite("Spectra, clipping, alignment and resampling from the command line")
struct SpectraEndToEndTests {
  private static let quiet = ["--no-plot", "--quiet"]

  private func made(_ arguments: [String], in folder: TemporaryFolder) throws {
    let outcome = try Program.run(arguments + Self.quiet, in: folder.path)
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  @Test(
    "every analysis of a linear run says what theory says, writes its figures, and is the same again"
  )
  func linear() throws {
    let folder = try TemporaryFolder()
    let flags = ["-d", "6", "--outputs", "3", "--hidden", "40", "--save", "W1", "W2", "-t", "3000"]
    try made(flags + ["--init", "gaussian", "-w", "0.01", "--out", "a"], in: folder)
    try made(
      flags + ["--init", "gaussian", "-w", "0.02", "--seed", "3", "--out", "b"], in: folder)
    for (arguments, words) in [
      (["spectrum", "a"], ["outside the bulk", "Exact for balanced layers", "left the bulk at"]),
      (["clip", "a"], ["rank that keeps 95 %", "mean squared error"]),
      (["align", "a", "b"], ["r² centred, held out, trained and new", "r² = 1 between"]),
      (["resample", "a"], ["drawn", "control", "Linear layers drawn"]),
    ] {
      let outcome = try Program.run(["analyze"] + arguments, in: folder.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
      for word in words { #expect(outcome.output.contains(word), "\(arguments): \(word)") }
    }
    let digest = try RunFile(path: folder.path + "/a/run.h5").digest()
    let again = try Program.run(
      ["analyze", "resample", "a", "--threads", "2", "--no-plot", "--json"], in: folder.path)
    let object = try JSONSerialization.jsonObject(with: Data(again.output.utf8))
    let rows = try #require((object as? [String: Any])?["rows"] as? [[String: Any]])
    #expect(rows.contains { $0["drawn"] != nil && $0["control"] is [String: Any] })
    #expect(try RunFile(path: folder.path + "/a/run.h5").digest() == digest)
    if Program.tool("gnuplot") != nil {
      let plots = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a/plots")
      for name in [
        "spectrum-activations", "spectrum-weights", "spectrum-over-time", "clip",
        "align-similarities", "align-overlaps", "resample",
      ] { #expect(plots.contains(name + ".png"), "\(name)") }
    }
  }

  @Test("what an analysis cannot answer, or has no use for, gets one sentence")
  func refused() throws {
    let folder = try TemporaryFolder()
    let dense = [
      "--scenario", "two-task-readout-quick", "-n", "60", "--test-samples", "20", "-t", "9",
    ]
    try made(dense + ["--ensemble", "2", "--out", "dense"], in: folder)
    try made(dense + ["--ensemble", "1", "--hidden", "5", "--out", "narrow"], in: folder)
    try made(["-t", "20", "--out", "bare"], in: folder)
    for (arguments, words) in [
      (["clip", "dense", "--ranks", "1", "17"], "--ranks up to 16"),
      (["clip", "dense", "--ranks", "1.5"], "--ranks"),
      (["clip", "dense", "--draws", "3"], "--draws"),
      (["spectrum", "dense", "--ranks", "3"], "--ranks"),
      (["spectrum", "dense", "narrow"], "one run"),
      (["readout", "dense", "--net", "2"], "--net"),
      (["align", "dense", "narrow"], "4–16–2 and 4–5–2"),
      (["align", "narrow"], "--ensemble 2"),
      (["align", "dense", "nowhere"], "nowhere"),
      (["resample", "dense", "--net", "3"], "from 1 to 2"),
      (["spectrum", "bare"], "--save W1 W2"),
      (["spectra", "dense"], "spectrum"),
    ] {
      let before = try RunFile(path: folder.path + "/dense/run.h5").digest()
      let outcome = try Program.run(["analyze"] + arguments, in: folder.path)
      #expect(
        outcome.status == (arguments.last == "nowhere" ? 4 : 2), "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(try RunFile(path: folder.path + "/dense/run.h5").digest() == before)
    }
  }

  @Test("eigenvalues leave the bulk when modes are learned")
  func leaving() throws {
    let outcome = try Program.run(["check", "leaving-the-bulk"])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }
}
