import Datasets
import LinearAlgebra
import Networks
import RandomStreams
import Recording
import Scenarios
import Testing

@testable import Dissection

@Suite("Networks drawn from the covariances of weights")
struct ResampleTests {
  @Test("rows of weights and biases have the covariance of the trained rows, 1/n included")
  func covariance() throws {
    let run = try SmallRun(dense: smallScenario())
    let network = try DissectedRun(run.file, reading: readTextMatrix).networks[0]
    func covariance(_ network: DenseNetwork<Double>, _ layer: Int) -> Matrix<Double> {
      let rows = network.weights(layer).joined(right: Matrix(network.biases(layer).map { [$0] }))
      return 1 / Double(rows.rows) * rows.times(rows, left: .transposed)
    }
    var stream = NumPyStream(seed: UInt32(4))
    let draws = 3000
    for layer in 1...2 {
      let expected = covariance(network, layer)
      var mean = 0 * expected
      for _ in 0..<draws {
        mean.add(
          covariance(try Resample.resampled(network, using: &stream), layer),
          scale: 1 / Double(draws))
      }
      // Standard error √(C_ii·C_jj + C_ij²)/√(rows · draws) of each entry, five of them.
      let rows = Double(network.shape.widths[layer] * draws)
      for i in 0..<expected.rows {
        for j in 0..<expected.rows {
          let square = expected[i, i] * expected[j, j] + expected[i, j] * expected[i, j]
          #expect(abs(mean[i, j] - expected[i, j]) < 5 * (square / rows).squareRoot())
        }
      }
    }
    let kept = try Resample.resampled(network, using: &stream)
    #expect(kept.weights(3) == network.weights(3) && kept.biases(3) == network.biases(3))
  }

  @Test("a network with its units in another order is turned back")
  func permuted() throws {
    let run = try SmallRun(dense: smallScenario())
    let dissected = try DissectedRun(run.file, reading: readTextMatrix)
    let network = dissected.networks[0]
    var drawn = network
    for layer in 1...2 {
      let width = network.shape.widths[layer]
      let (weights, biases) = (network.weights(layer), network.biases(layer))
      // 5 has no divisor in common with 8 and 6.
      drawn.set(
        Matrix(rows: width, columns: weights.columns) { weights[(5 * $0 + 1) % width, $1] },
        biases: (0..<width).map { biases[(5 * $0 + 1) % width] }, ofLayer: layer)
    }
    let rows = try dissected.rows(ofNetwork: 0)
    let rainbow = try Rainbow([drawn], like: network, inputs: rows.inputs, threads: 2)
    #expect(rainbow.similarities[0].allSatisfy { abs($0 - 1) < 1e-12 })
    let gap =
      rainbow.networks[0].outputs(of: rows.validInputs) - network.outputs(of: rows.validInputs)
    // Directions that no row fills are turned at will, but nothing reads along them.
    #expect(gap.largestMagnitude < 1e-8)
  }

  @Test("a linear network is made again but for ½√((r + 1)/n) of its map")
  func linear() throws {
    var scenario = balancedScenario()
    guard case .linear(var section) = scenario.network else { return }
    (section.hidden, section.scales) = (400, [0.3])
    scenario.network = .linear(section)
    var data = StructuredData()
    (data.outputs, data.variances, data.strengths) = (3, [1, 1, 1], [1, 1, 1])
    scenario.data = .structured(data)
    let run = try SmallRun(linear: scenario)
    let dissected = try DissectedRun(run.file, reading: readTextMatrix)
    let network = dissected.networks[0]
    var stream = NumPyStream(seed: UInt32(8))
    let draws = 40
    let drawn = try (0..<draws).map { _ in try Resample.resampled(network, using: &stream) }
    let rainbow = try Rainbow(
      drawn, like: network, inputs: dissected.rows(ofNetwork: 0).inputs, threads: 1)
    let squares = rainbow.networks.map {
      ($0.product - network.product).squaredNorm / network.product.squaredNorm
    }
    let mean = (squares.reduce(0, +) / Double(draws)).squareRoot()
    // Nine entries of a Wishart matrix in each of forty draws: a standard error of some 5 %.
    #expect(abs(mean / (0.5 * (4.0 / 400).squareRoot()) - 1) < 0.2)
  }

  @Test("findings hold trained, drawn and control, and say what is wrong")
  func findings() throws {
    let run = try SmallRun(dense: smallScenario())
    let dissected = try DissectedRun(run.file, reading: readTextMatrix)
    let findings = try Resample.findings(of: dissected, draws: 3, network: 2)
    let trained = try #require(findings.record.entry("trained_mean_squared_error"))
    #expect(abs(trained.values[0] - (try dissected.errors()[1])) < 1e-13)
    #expect(findings.record.entry("mean_squared_error")?.shape == [3])
    #expect(findings.record.entry("null_mean_squared_error")?.shape == [3])
    #expect(findings.record.entry("hidden_2_similarity")?.shape == [3])
    #expect(try Resample.findings(of: dissected, draws: 3, network: 2) == findings)
    #expect(throws: DissectionError.noNetwork(4, count: 3)) {
      try Resample.findings(of: dissected, draws: 3, network: 4)
    }
  }
}
