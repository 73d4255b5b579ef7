import Datasets
import LinearAlgebra
import Networks
import Recording
import Scenarios
import Testing

@testable import Dissection

@Suite("Readouts of a run")
struct ReadoutTests {
  @Test("new networks have the singular values of 2 × 16 uniform weights")
  func null() throws {
    let run = try SmallRun(
      dense: smallScenario {
        guard case .dense(var section) = $0.network else { return }
        section.hidden = [16]
        $0.network = .dense(section)
        $0.training.iterations = 1
      })
    let findings = try Readout.findings(
      of: DissectedRun(run.file, reading: readTextMatrix), draws: 2000)
    let values = try #require(findings.comparisons.first { $0.name == "singular_values" })
    // Over 2000 draws in NumPy 0.645 ± 0.060 and 0.492 ± 0.064: four standard errors of two means.
    #expect(abs((values.rows[0].fresh?.mean ?? 0) - 0.645) < 0.0076)
    #expect(abs((values.rows[1].fresh?.mean ?? 0) - 0.492) < 0.0081)
    let cosine = try #require(findings.comparisons.first { $0.name == "cosine" })
    let expected = Readout.expectedCosine(dimension: 16)
    #expect(abs((cosine.rows[0].fresh?.mean ?? 0) - expected) < 0.02)
    // √(2/(π·16)) to the next order.
    #expect(abs(expected - 0.2026) < 1e-3)
    #expect(findings.record.entry("probe_outputs")?.shape == [3, 25, 2])
  }

  @Test("a balanced linear network reads out the roots of the fit's singular values")
  func balanced() throws {
    var scenario = Scenario()
    guard case .linear(var section) = scenario.network else { return }
    section.start = .balanced
    section.hidden = 5
    section.scales = [0.3]
    scenario.network = .linear(section)
    scenario.data = .structured(
      {
        var data = StructuredData()
        (data.outputs, data.variances, data.strengths) = (2, [1, 1, 1], [3, 1])
        return data
      }())
    scenario.training.rates = [1e-3]
    scenario.training.iterations = 40_000
    scenario.record.extra = ["W1", "W2"]
    let run = try SmallRun(linear: scenario)
    let dissected = try DissectedRun(run.file, reading: readTextMatrix)
    #expect(dissected.shape.widths == [3, 5, 2] && !dissected.shape.hasBiases)
    let findings = try Readout.findings(of: dissected, draws: 20)
    let values = try #require(findings.comparisons.first { $0.name == "singular_values" })
    // Balance drifts by some (step · strength)² while modes are learned; 1e-3 bounds it here.
    #expect(abs(values.rows[0].trained.mean - 3.0.squareRoot()) < 1e-3)
    #expect(abs(values.rows[1].trained.mean - 1) < 1e-3)
    #expect(findings.notes.contains { $0.hasPrefix("Exact for balanced layers: singular values") })
  }

  @Test("what cannot be answered is refused in a sentence")
  func refused() throws {
    let single = try SmallRun(
      dense: smallScenario {
        guard case .dense(var section) = $0.network else { return }
        section.hidden = []
        $0.network = .dense(section)
        $0.training.iterations = 1
      })
    #expect(throws: DissectionError.noHiddenLayer(analysis: "readout")) {
      try Readout.findings(of: DissectedRun(single.file, reading: readTextMatrix), draws: 3)
    }
    var scenario = Scenario()
    scenario.training.iterations = 5
    let linear = try SmallRun(linear: scenario)
    #expect(throws: DissectionError.noWeights(["W1", "W2"])) {
      try DissectedRun(linear.file, reading: readTextMatrix)
    }
    guard case .linear(var section) = scenario.network else { return }
    section.depth = 3
    scenario.network = .linear(section)
    scenario.training.rates = [1e-3]
    let deep = try SmallRun(linear: scenario)
    #expect(throws: DissectionError.tooDeep(depth: 3)) {
      try DissectedRun(deep.file, reading: readTextMatrix)
    }
  }
}
