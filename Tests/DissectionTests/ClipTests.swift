import Datasets
import LinearAlgebra
import Networks
import Recording
import Scenarios
import Testing

@testable import Dissection

@Suite("Networks whose layers read few directions")
struct ClipTests {
  @Test("all directions are the network itself, and two outputs read two")
  func whole() throws {
    let run = try SmallRun(dense: smallScenario())
    let dissected = try DissectedRun(run.file, reading: readTextMatrix)
    let findings = try Clip.findings(of: dissected)
    let errors = try dissected.errors()
    let own = try #require(findings.record.entry("mean_squared_error"))
    for (place, width) in [
      ("hidden_1", 8), ("hidden_2", 6), ("weights_1", 4), ("weights_2", 6), ("weights_3", 2),
    ] {
      let ranks = try #require(findings.record.entry(place + "_ranks"))
      #expect(ranks.values.first == 1 && ranks.values.last == Double(width), "\(place)")
      let curve = try #require(findings.record.entry(place + "_mean_squared_error"))
      for net in 0..<3 {
        // Sums of some ten products in another order.
        #expect(abs(curve.values[(net + 1) * ranks.values.count - 1] - errors[net]) < 1e-13)
        #expect(abs(own.values[net] - errors[net]) < 1e-13)
      }
    }
    let needed = try #require(findings.comparisons.first { $0.name == "weights_3_needed_rank" })
    #expect(needed.trained.allSatisfy { (1...2).contains($0[0]) })
  }

  @Test("a projected network made by hand gives the same error")
  func byHand() throws {
    let run = try SmallRun(dense: smallScenario())
    let dissected = try DissectedRun(run.file, reading: readTextMatrix)
    let findings = try Clip.findings(of: dissected, ranks: [0, 3])
    let network = dissected.networks[0]
    let rows = try dissected.rows(ofNetwork: 0)
    let right = try network.weights(2).singularValueDecomposition().right.columns(0..<3)
    var clipped = network
    clipped.set(network.weights(2) * right.times(right, right: .transposed), ofLayer: 2)
    let gap = clipped.outputs(of: rows.validInputs) - rows.validTargets
    let curve = try #require(findings.record.entry("weights_2_mean_squared_error"))
    #expect(findings.record.entry("weights_2_ranks")?.values == [0, 3, 6])
    #expect(abs(curve.values[1] - gap.squaredNorm / Double(gap.elements.count)) < 1e-13)
    #expect(curve.values[0] > curve.values[2])
  }

  @Test("more ranks than dimensions are refused")
  func refused() throws {
    let run = try SmallRun(dense: smallScenario { $0.training.iterations = 1 })
    #expect(throws: DissectionError.tooManyRanks(9, dimensions: 8)) {
      try Clip.findings(of: DissectedRun(run.file, reading: readTextMatrix), ranks: [1, 9])
    }
  }

  @Test("accuracy counts the first of equal largest entries")
  func accuracy() {
    var scenario = Scenario()
    scenario.training.loss = .crossEntropy
    let score = Score(scenario, targets: Matrix([[1.0, 0], [0, 1], [0, 1]]))
    #expect(score.isAccuracy)
    #expect(score.value(of: Matrix([[0.5, 0.5], [0.2, 0.3], [0.5, 0.5]])) == 2.0 / 3)
  }
}
