import Foundation
import LinearAlgebra
import Recording
import Testing

/// A trajectory made by NumPy from a seed alone.
private struct DrawnTrajectory: Decodable {
  let step: [Int]
  let loss, risk: [Double]
  let product: [[[Double]]]

  static func named(_ name: String, in file: String) throws -> DrawnTrajectory {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try Data(contentsOf: tests.appendingPathComponent(file))
    return try #require(JSONDecoder().decode([String: DrawnTrajectory].self, from: data)[name])
  }
}

@Suite("Whole runs against NumPy, everything drawn by the program")
struct TrajectoryEndToEndTests {
  private static let few = [
    "--seed", "5", "-n", "4", "--test-samples", "400", "-d", "6", "--outputs", "4", "--hidden", "9",
    "--kappa", "3", "--no-transform-data", "--teacher", "gaussian", "--sigma-noise", "0.3", "-w",
    "0.2", "0.3", "--lr", "2e-3", "1e-3", "-t", "3000",
  ]
  private static let drawn = "EndToEndTests/Reference/drawn_trajectories.json"
  private static let given = "DynamicsTests/Reference/trajectories.json"

  @Test("the notebook's line, sequential, every step recorded")
  func notebook() throws {
    try check(
      ["--update", "sequential", "-t", "20000"],
      against: .named("notebook, synaptic, sequential", in: Self.given))
  }

  @Test(
    "fewer samples than inputs, noise, both spaces and both orders",
    arguments: [
      (["--space", "synaptic"], "fewer samples than inputs, synaptic"),
      (["--space", "original"], "fewer samples than inputs, original"),
      (
        ["--space", "original", "--update", "sequential"], "fewer samples than inputs, sequential"
      ),
      (["--gradients", "autograd"], "fewer samples than inputs, synaptic"),
    ])
  func fewSamples(flags: [String], name: String) throws {
    try check(Self.few + flags, against: .named(name, in: Self.drawn))
  }

  private func check(_ flags: [String], against reference: DrawnTrajectory) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/run"
    let outcome = try Program.run(
      flags + ["--record", "all", "--no-plot", "--quiet", "--out", path])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let run = try RunFile(path: path + "/run.h5")
    let steps = try run.iterations()
    #expect(steps == Array(0...(steps.last ?? 0)))
    let (loss, risk) = (try run.series("loss"), try run.series("risk"))
    let product = try run.series("product")
    for (k, step) in reference.step.enumerated() {
      let expected = Matrix(reference.product[k])
      let found = Matrix(
        rows: expected.rows, columns: expected.columns, elements: product.row(step))
      #expect(
        (found - expected).largestMagnitude <= 1e-10 * expected.largestMagnitude,
        "product at step \(step)")
      for (name, series, values) in [
        ("loss", loss, reference.loss), ("risk", risk, reference.risk),
      ] {
        // Rounding relative to the value itself and, near zero, to the initial value.
        let (value, expected, initial) = (series.row(step)[0], values[k], values[0])
        let epsilon = 100 * Double.ulpOfOne
        let allowed =
          1e-10 * expected + epsilon * (expected * initial).squareRoot()
          + epsilon * Double.ulpOfOne * initial
        #expect(abs(value - expected) <= allowed, "\(name) at step \(step)")
      }
    }
  }
}
