import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Datasets

@Suite("Power-law data")
struct PowerLawSamplingTests {
  private func draw(_ data: PowerLawData, seed: UInt32 = 1) throws -> LabelledSamples {
    var stream = NumPyStream(seed: seed)
    return try data.draw(using: &stream)
  }

  @Test("variances fall as the power of the rank")
  func spectrum() throws {
    var data = PowerLawData()
    (data.samples, data.inputs, data.exponent) = (20_000, 6, 1.5)
    let inputs = try draw(data).inputs
    for (i, variance) in data.variances.enumerated() {
      let found = inputs.column(i).reduce(0) { $0 + $1 * $1 } / 20_000
      // The mean of n squares of normal numbers has the relative deviation √(2/n) = 0.01.
      #expect(abs(found / variance - 1) < 0.05)
    }
    #expect(data.variances[3] == 0.125)
  }

  @Test("every row has one class, no class has all rows, and a seed gives the same rows again")
  func classes() throws {
    let data = PowerLawData()
    let samples = try draw(data)
    #expect(samples.inputs.rows == 10_000 && samples.validTargets.rows == 2000)
    let counts = (0..<10).map { samples.targets.column($0).reduce(0, +) }
    #expect(counts.reduce(0, +) == 10_000 && counts.max() ?? 0 < 6000)
    #expect((0..<100).allSatisfy { samples.targets.row($0).count { $0 == 1 } == 1 })
    #expect(try draw(data) == samples)
    #expect(try draw(data, seed: 2) != samples)
  }

  @Test("networks of an ensemble share rows that have a seed of their own")
  func shared() throws {
    func rows(_ own: Int?, network: Int) throws -> LabelledSamples {
      var data = PowerLawData()
      (data.samples, data.testSamples, data.seed) = (20, 5, own)
      var scenario = Scenario()
      scenario.data = .powerLaw(data)
      #expect(scenario.data.isShared == (own != nil))
      var numPy = try NumPyStream(seed: network)
      var torch = TorchStream(seed: network)
      return try scenario.drawLabelledSamples(numPy: &numPy, torch: &torch)
    }
    #expect(try rows(3, network: 1) == rows(3, network: 2))
    #expect(try rows(nil, network: 1) != rows(nil, network: 2))
    #expect(try rows(nil, network: 3) == rows(3, network: 9))
  }
}
