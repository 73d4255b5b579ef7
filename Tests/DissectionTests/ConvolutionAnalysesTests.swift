import Foundation
import LinearAlgebra
import Networks
import RandomStreams
import Recording
import Scenarios
import Testing

@testable import Dissection

@Suite("Analyses of convolutional networks")
struct ConvolutionAnalysesTests {
  /// Two small convolutional networks on digits.
  private func run() throws -> SmallRun {
    var data = ImageData()
    data.path =
      URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path + "/scenarios/rainbow/digits.csv.gz"
    (data.format, data.samples, data.testSamples, data.inputs) = (.csv, 300, 100, 64)
    var scenario = Scenario()
    scenario.data = .images(data)
    var network = DenseNetworkSection()
    (network.channels, network.kernels, network.strides) = ([6, 8], [3], [1, 2])
    (network.hidden, network.hasBiases) = ([], false)
    scenario.network = .dense(network)
    scenario.ensemble = 2
    scenario.training.rule = .sgd
    scenario.training.loss = .crossEntropy
    scenario.training.reduction = .mean
    (scenario.training.batch, scenario.training.momentum) = (20, 0.9)
    scenario.training.rates = [0.02]
    scenario.training.iterations = 150
    scenario.record.schedule = .none
    return try SmallRun(dense: scenario)
  }

  private func mean(_ name: String, _ findings: Findings) throws -> Double {
    let comparison = try #require(findings.comparisons.first { $0.name == name })
    return try #require(comparison.rows.first?.trained.mean)
  }

  @Test("spectra, clipping, alignment and resampling take channels as features")
  func all() throws {
    let small = try run()
    let dissected = try DissectedRun(small.file, reading: { try readMatrix($0) })
    let shape = dissected.shape
    #expect(shape.channels(1) == 6 && shape.channels(2) == 8 && shape.positions(2) == 4)

    let spectrum = try Spectrum.findings(of: dissected, draws: 2)
    let eigenvalues = try #require(spectrum.arrays.first { $0.name == "hidden_2_eigenvalues" })
    #expect(eigenvalues.shape == [2, 8])
    let weights = try #require(spectrum.arrays.first { $0.name == "weights_1_eigenvalues" })
    #expect(weights.shape == [2, 6])

    // At full rank nothing is clipped away.
    let clip = try Clip.findings(of: dissected)
    let whole = try mean("accuracy", clip)
    for place in ["hidden_1", "hidden_2", "weights_1", "weights_2", "weights_3"] {
      let curve = try #require(clip.arrays.first { $0.name == "\(place)_accuracy" })
      let ends = (0..<2).map { curve.values[($0 + 1) * curve.shape[1] - 1] }
      #expect(abs(ends.reduce(0, +) / 2 - whole) < 1e-9, "\(place)")
    }

    let align = try Align.findings(of: dissected, draws: 2)
    #expect(try mean("hidden_1_similarity", align) > 0.5)

    let resample = try Resample.findings(of: dissected, draws: 2)
    #expect(try mean("trained_accuracy", resample) > 0.7)
    #expect(try mean("accuracy", resample) > 0.2)
  }

  @Test("turning channels of weights is turning what they read")
  func turned() {
    var stream = NumPyStream(seed: 2 as UInt32)
    // Three channels of four pixels each, and a rotation of the channels.
    let weights = stream.normals(rows: 5, columns: 12)
    let rotation = Matrix<Double>([[0, 1, 0], [0, 0, 1], [1, 0, 0]])
    let turned = weights.turned(by: rotation)
    for pixel in 0..<4 {
      #expect(turned[2, pixel] == weights[2, 8 + pixel])
      #expect(turned[2, 4 + pixel] == weights[2, pixel])
    }
    #expect(weights.turned(by: .identity(3)) == weights)
    #expect(weights.turned(by: .identity(12)) == weights)
  }
}
