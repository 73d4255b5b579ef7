import Datasets
import Foundation
import Plotting
import Recording
import Scenarios
import Testing

@testable import Experiments

@Suite("Figures of sweeps")
struct SweepFiguresTests {
  private func figures(_ text: String) throws -> (sweep: [Figure], scenario: [Figure]) {
    let root = NSTemporaryDirectory() + "/dyn-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: root) }
    let scenario = try Scenario(JSON.read(Array(text.utf8), name: "test"))
    let folder = try SweepFolder(
      at: root, plan: SweepPlan(scenario, keep: .full), replacing: false)
    _ = try SweepWork(folder, shard: .whole, jobs: 2, reading: { try readTextMatrix($0) })
      .perform(progress: { _ in }, isInterrupted: { false })
    _ = try folder.merge(isPartial: false, provenance: [], progress: { _ in })
    let file = try SweepFile(path: folder.sweepFile)
    let curves = try MemberCurves.all(
      of: file, curves: ScenarioFigures.curves(of: scenario), threads: 2,
      reading: { try readTextMatrix($0) })
    return (
      try SweepFigures(file).figures(),
      try ScenarioFigures(curves, reading: { try readTextMatrix($0) }).figures(of: scenario)
    )
  }

  @Test("one large prominence does not hide small ones, and none is grey")
  func prominences() {
    let scale = SweepFigures.prominences([0, 1e-9, 0.001, 0.01, 0.5, .nan])
    #expect(scale.isLogarithmic)
    #expect(scale.range == 5e-5...0.5)
    for cells in [[0, .nan], [0, 0.2], []] {
      #expect(SweepFigures.prominences(cells).range.lowerBound > 0)
    }
  }

  @Test("dense networks have the figures of their validation loss, averaged over an ensemble")
  func dense() throws {
    let figures = try figures(
      #"""
      {"data": {"kind": "two-task"}, "network": {"kind": "dense", "hidden": [4]}, "ensemble": 2,
       "training": {"rule": "sgd", "iterations": 30, "batch": 8}, "record": {"schedule": "every:5"},
       "sweep": {"axes": [{"name": "lr", "keys": ["training.lr"], "values": [0.001, 0.01]}],
         "seeds": "1..2"}}
      """#
    ).sweep
    #expect(
      figures.map(\.name) == ["valid-loss-over-seeds", "valid-loss-map", "stopping", "peaks"])
    let map = try #require(figures[1].panels[0].marks(of: HeatMap.self).first)
    #expect(map.grid.values.values.count == 2 * 6)
    #expect(map.grid.values.values.allSatisfy { $0.isFinite })
  }

  @Test("a legend names as many of many runs as leave room, theories beside them")
  func legends() throws {
    let figures = try figures(
      #"""
      {"data": {"samples": 6, "test_samples": 9}, "training": {"iterations": 20},
       "sweep": {"axes": [{"name": "κ", "keys": ["data.kappa"], "values": "1..30"}]},
       "figures": [{"name": "two", "panels": [{"kind": "curves", "of": ["loss", "risk"],
         "theory": "theory.aligned_modes.risk"}]}]}
      """#
    ).scenario
    let curves = figures[0].panels[0].marks(of: Curve.self)
    #expect(curves.count == 90)
    let labels = curves.map(\.label).filter { !$0.isEmpty }
    #expect(labels.count == 11)
    #expect(labels.first == "κ = 1, loss" && labels.contains("κ = 30, risk"))
    #expect(labels.contains("theory"))
  }
}
