import Analysis
import Datasets
import LinearAlgebra
import Networks
import Recording
import Scenarios
import Testing

@testable import Dissection

@Suite("Pullbacks of a run")
struct PullbackTests {
  @Test("maps are the distinct gradients of all samples, with their counts")
  func brute() throws {
    let run = try SmallRun(dense: smallScenario())
    let dissected = try DissectedRun(run.file, reading: readTextMatrix)
    for (index, network) in dissected.networks.enumerated() {
      let inputs = try dissected.rows(ofNetwork: index).validInputs
      let found = try NetworkPullback(network, inputs: inputs, grids: [])
      for layer in 0..<3 {
        for output in 0..<2 {
          let covector = output == 0 ? [1.0, 0] : [0, 1]
          let gradients = network.pullback(of: covector, at: inputs, to: layer)
          let mine = found.layers[layer].outputs[output]
          // Rows of one map are computed by the same operations, so that they are equal bits; other
          // masks may still give equal gradients, so there are at least as many maps.
          let unique = Set((0..<inputs.rows).map { gradients.row($0) })
          #expect(mine.norms.count >= unique.count - 1)
          #expect(mine.counts.reduce(0, +) <= inputs.rows)
          for (norm, direction) in zip(mine.norms, 0...) {
            let map = mine.directions.row(direction).map { $0 * norm }
            #expect(
              unique.contains { row in zip(row, map).allSatisfy { abs($0 - $1) < 1e-12 } })
          }
          let mean = PrincipalComponents.mean(of: gradients)
          for (a, b) in zip(mine.meanGradient, mean) { #expect(abs(a - b) < 1e-12) }
          let variances = try PrincipalComponents(of: gradients).variances
          for (a, b) in zip(mine.gradientVariances, variances) { #expect(abs(a - b) < 1e-12) }
        }
        #expect(
          found.layers[layer].outputs[0].counts.count == found.layers[layer].outputs[1].counts.count
        )
      }
      #expect(found.layers[2].outputs[0].norms.count == 1)
      #expect(
        abs(found.layers[2].outputs[0].norms[0] - network.weights(3).rows(0..<1).norm) < 1e-14)
    }
  }

  @Test("a linear network is one map for each layer and output: the product of the layers above")
  func linear() throws {
    let run = try SmallRun(
      dense: smallScenario {
        guard case .dense(var section) = $0.network else { return }
        section.activation = .linear
        $0.network = .dense(section)
      })
    let dissected = try DissectedRun(run.file, reading: readTextMatrix)
    let findings = try Pullback.findings(of: dissected, draws: 5)
    for comparison in findings.comparisons where comparison.name.hasSuffix("_maps") {
      #expect(comparison.trained.allSatisfy { $0 == [1, 1] }, "\(comparison.name)")
      #expect(comparison.fresh.allSatisfy { $0 == [1, 1] }, "\(comparison.name)")
    }
    let network = dissected.networks[0]
    let above = network.weights(3) * network.weights(2) * network.weights(1)
    let norms = try #require(findings.record.entry("input_map_norm"))
    #expect(norms.shape == [3, 2, 1])
    #expect(abs(norms.values[0] - above.rows(0..<1).norm) < 1e-12)
    #expect(abs(norms.values[1] - above.rows(1..<2).norm) < 1e-12)
  }

  @Test("the run file keeps what was found, and an analysis that is done again takes its place")
  func record() throws {
    let run = try SmallRun(dense: smallScenario())
    let dissected = try DissectedRun(run.file, reading: readTextMatrix)
    let findings = try Pullback.findings(of: dissected, draws: 4, detailed: 2)
    for _ in 0..<2 { try RunFile.add(findings.record, to: run.path) }
    let read = try #require(try run.file.analysis("pullback"))
    #expect(read.entries.map(\.name).sorted() == findings.record.entries.map(\.name).sorted())
    for entry in findings.record.entries {
      let kept = try #require(read.entry(entry.name))
      #expect(
        kept.axes == entry.axes && kept.shape == entry.shape && kept.longName == entry.longName)
      #expect(
        zip(kept.values, entry.values).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) })
    }
    #expect(throws: DissectionError.noNetwork(4, count: 3)) {
      try Pullback.findings(of: dissected, draws: 4, detailed: 4)
    }
  }

  @Test("weights of an earlier step are taken from the trajectory, where it has them")
  func earlier() throws {
    let run = try SmallRun(
      dense: smallScenario { $0.record.extra = ["W1", "b1", "W2", "b2", "W3", "b3"] })
    let end = try DissectedRun(run.file, reading: readTextMatrix)
    #expect(try DissectedRun(run.file, at: 150, reading: readTextMatrix).networks == end.networks)
    let start = try DissectedRun(run.file, at: 0, reading: readTextMatrix)
    #expect(try start.networks == run.file.networks(atStart: true))
    #expect(throws: DissectionError.notRecorded(iteration: 7, nearest: 0)) {
      try DissectedRun(run.file, at: 7, reading: readTextMatrix)
    }
    let bare = try SmallRun(dense: smallScenario { $0.training.iterations = 3 })
    #expect(throws: DissectionError.noWeights(["W1", "b1", "W2", "b2", "W3", "b3"])) {
      try DissectedRun(bare.file, at: 3, reading: readTextMatrix)
    }
  }
}
