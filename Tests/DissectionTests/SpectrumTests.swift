import Datasets
import LinearAlgebra
import Networks
import RandomStreams
import Recording
import Scenarios
import Testing

@testable import Dissection

@Suite("Spectra of a run")
struct SpectrumTests {
  @Test("covariances are those of all activations at once, whatever the threads")
  func covariances() throws {
    let run = try SmallRun(dense: smallScenario { $0.training.iterations = 5 })
    let dissected = try DissectedRun(run.file, reading: readTextMatrix)
    var stream = NumPyStream(seed: UInt32(2))
    // More rows than two blocks hold.
    let inputs = stream.normals(rows: 2500, columns: 4)
    let pairs = [LayerCovariances.Pair(0, 1), LayerCovariances.Pair(2)]
    func found(threads: Int) -> [[Matrix<Double>]] {
      LayerCovariances.sums(
        of: pairs, among: dissected.networks, layers: 1...2, inputs: inputs, threads: threads
      ).map { $0.map { $0.matrix() } }
    }
    #expect(found(threads: 1) == found(threads: 3))
    let activations = dissected.networks.map { $0.activations(of: inputs) }
    for (pair, covariances) in zip(pairs, found(threads: 1)) {
      for (place, covariance) in covariances.enumerated() {
        let whole =
          1.0 / 2500
          * activations[pair.first][place + 1].times(
            activations[pair.second][place + 1], left: .transposed)
        // Sums of 2500 products in two orders.
        #expect((covariance - whole).largestMagnitude < 1e-13 * whole.largestMagnitude)
      }
    }
  }

  @Test("new networks lie in the bulk, trained ones stand out of it")
  func bulk() throws {
    let run = try SmallRun(
      dense: smallScenario {
        guard case .dense(var section) = $0.network else { return }
        section.hidden = [60, 40]
        $0.network = .dense(section)
        $0.training.iterations = 200
      })
    let findings = try Spectrum.findings(
      of: DissectedRun(run.file, reading: readTextMatrix), draws: 6)
    let outside = try #require(findings.comparisons.first { $0.name == "weights_2_outside" })
    // Of the largest eigenvalue of a finite matrix some lie a little above the edge.
    #expect((outside.rows[0].fresh?.largest ?? 9) <= 1)
    #expect(outside.rows[0].trained.least >= 2)
    #expect(findings.record.entry("weights_2_eigenvalues")?.shape == [3, 40])
    #expect(findings.record.entry("null_hidden_1_eigenvalues")?.shape == [6, 60])
    let edge = try #require(findings.record.entry("weights_2_upper_edge")?.values[0])
    let root = (60.0 / 40).squareRoot()
    #expect(abs(edge - (1 + root) * (1 + root) / 180) < 1e-16)
    #expect(findings.record.entry("weights_2_path") == nil)
  }

  @Test("balanced linear layers that have learned the fit have the spectra that theory says")
  func analytic() throws {
    let run = try SmallRun(linear: balancedScenario())
    let findings = try Spectrum.findings(
      of: DissectedRun(run.file, reading: readTextMatrix), draws: 3)
    for name in ["hidden_1", "weights_1", "weights_2"] {
      let found = try #require(findings.record.entry(name + "_eigenvalues"))
      let exact = try #require(findings.record.entry(name + "_analytic"))
      // Balance drifts by some (step · strength)² while modes are learned; 1e-3 bounds it here.
      let scale = exact.values[0]
      #expect(
        zip(found.values, exact.values).allSatisfy { abs($0 - $1) < 1e-3 * scale }, "\(name)")
      #expect(exact.values[1] > 0.3 * scale)
    }
    #expect(findings.record.entry("weights_1_upper_edge") == nil)
    #expect(findings.notes.contains { $0.hasPrefix("Exact for balanced layers") })
  }

  @Test("mode strengths imply the eigenvalues at every step, from any start")
  func overTime() throws {
    var scenario = balancedScenario()
    guard case .linear(var section) = scenario.network else { return }
    (section.start, section.scales, section.hidden) = (.gaussian, [1e-3], 40)
    scenario.network = .linear(section)
    scenario.training.rates = [1e-3]
    scenario.training.iterations = 12_000
    let run = try SmallRun(linear: scenario)
    // Theory that is exact: the strengths that were recorded.
    let file = try run.file
    let iterations = try file.iterations()
    let strengths = try file.series("mode_strength")
    let overlay = Overlay(
      id: "flow", title: "record", source: "", verdict: "", assumptions: [], warnings: [],
      iterations: iterations, times: iterations.map(Double.init),
      curves: [
        Overlay.Curve(
          quantity: "mode_strength", axes: [.mode], shape: strengths.shape,
          values: strengths.values)
      ], gaps: [])
    try file.close()
    try RunFile.add([overlay], to: run.path)
    let findings = try Spectrum.findings(
      of: DissectedRun(run.file, reading: readTextMatrix), draws: 3)
    for layer in 1...2 {
      let path = try #require(findings.record.entry("weights_\(layer)_path"))
      let theory = try #require(findings.record.entry("weights_\(layer)_path_theory"))
      let last = path.values.count - path.shape[1]
      for mode in 0..<2 {
        let expected = theory.values[theory.values.count - 2 + mode]
        // Modes of a start of 1e-3 are decoupled to its square over the strengths.
        #expect(abs(path.values[last + mode] - expected) < 2e-3 * expected)
      }
      let outside = try #require(findings.record.entry("weights_\(layer)_path_outside"))
      #expect(outside.values.last == 2 && outside.values.first ?? 9 <= 1)
    }
    #expect(findings.notes.contains { $0.hasPrefix("Eigenvalues of weights 1 left the bulk") })
  }
}

/// A two-layer linear network that starts balanced and learns two modes.
func balancedScenario() -> Scenario {
  var scenario = Scenario()
  var section = LinearNetworkSection()
  (section.start, section.hidden, section.scales) = (.balanced, 5, [0.3])
  scenario.network = .linear(section)
  var data = StructuredData()
  (data.outputs, data.variances, data.strengths) = (2, [1, 1, 1], [3, 1])
  scenario.data = .structured(data)
  scenario.training.rates = [1e-3]
  scenario.training.iterations = 40_000
  scenario.record.extra = ["W1", "W2"]
  return scenario
}
