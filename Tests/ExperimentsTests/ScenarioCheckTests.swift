import Datasets
import Foundation
import Plotting
import Scenarios
import Synchronization
import Testing

@testable import Experiments

@Suite("Runs of scenarios")
struct ScenarioCheckTests {
  static let text = """
    {"name": "small", "training": {"iterations": 300, "lr": 0.01},
     "sweep": {"axes": [{"name": "κ", "keys": ["data.kappa"], "values": [2, 3]}], "seeds": [1, 2]},
     "figures": [{"name": "risk", "columns": 2, "panels": [
       {"kind": "curves", "of": ["risk"], "average": true},
       {"kind": "heat-map", "of": "risk", "along": "κ", "for": {"seed": 1}},
       {"kind": "numbers", "of": "loss", "reads": "end", "along": "κ"},
       {"kind": "histogram", "of": "mode_strength[1]", "reads": "passing"},
       {"kind": "plane", "x": "product[1,1]", "y": "product[2,2]"},
       {"kind": "entries", "x": "mode_strength[*]", "of": ["product[*,1]", "product[2,*]"]},
       {"kind": "numbers", "of": "loss", "reads": "all", "window": [0, 3], "along": "κ"}]}],
     "expected": [{"kind": "value", "of": "loss", "at_most": 1e9, "from": "anything"}]}
    """

  static func reports(threads: Int) throws -> [ScenarioCheck.Report] {
    let scenario = try Scenario(JSON.read(Array(text.utf8), name: "s"))
    let folder = FileManager.default.temporaryDirectory.path + "/dyn-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let reports = Mutex<[ScenarioCheck.Report]>([])
    try ScenarioCheck.perform(
      [scenario], curves: ScenarioFigures.curves, in: folder, threads: threads,
      reading: { try readTextMatrix($0) }
    ) { report in reports.withLock { $0.append(report) } }
    let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(left == [])
    return reports.withLock { $0 }
  }

  @Test("every run has a digest of its own, whatever the number of threads")
  func digests() throws {
    let one = try #require(Self.reports(threads: 1).first)
    let two = try #require(Self.reports(threads: 2).first)
    let digests = one.runs.map(\.digest)
    #expect(Set(digests).count == 4 && !digests.contains(nil))
    #expect(two.runs.map(\.digest) == digests)
    #expect(two.runs.map(\.member.index) == [0, 1, 2, 3])
    #expect(one.holds && two.findings == one.findings)
  }

  @Test("the digest of a run does not depend on what is expected or drawn of it")
  func independentOfExpectations() throws {
    var scenario = try Scenario(JSON.read(Array(Self.text.utf8), name: "s"))
    let members = try scenario.members()
    scenario.expected = []
    scenario.figures = []
    #expect(try scenario.members() == members)
  }

  @Test("every kind of panel is made from the runs")
  func figures() throws {
    let report = try #require(Self.reports(threads: 2).first)
    let drawing = ScenarioFigures(report.runs, reading: { try readTextMatrix($0) })
    let figure = try #require(drawing.figures(of: report.scenario).first)
    #expect(figure.panels.count == 7)
    let curves = figure.panels[0]
    #expect(curves.marks(of: Band.self).count == 2)
    #expect(curves.marks(of: Curve.self).map(\.label) == ["κ = 2", "κ = 3"])
    #expect(figure.panels[1].marks(of: HeatMap.self).first?.grid.y.values == [2, 3])
    #expect(figure.panels[2].marks(of: Curve.self).contains { $0.style == .points })
    let bars = try #require(figure.panels[3].marks(of: Bars.self).first)
    #expect(bars.height.values.reduce(0, +) <= 4)
    #expect(figure.panels[4].marks(of: Curve.self).count == 12)
    let entries = figure.panels[5].marks(of: Curve.self)
    #expect(entries.map(\.label) == ["product[*,1]", "product[2,*]"])
    let last = report.runs[3]
    let strengths = try last.list("mode_strength[*]", at: .end)
    #expect(strengths.count == 2 && Array(entries[1].x.values.suffix(2)) == strengths)
    #expect(entries[0].y.values.count == 8)
    #expect(
      try entries[1].y.values.last == last.list("product[2,*]", at: .end)[1]
        && entries[0].y.values.last == last.list("product[*,1]", at: .at(300))[1])
    // Steps 0, 1, 2 and 3 of two seeds at each κ, and no line between them.
    let numbers = figure.panels[6].marks(of: Curve.self)
    #expect(numbers.count == 1 && numbers[0].style == .dots)
    #expect(numbers[0].x.values == Array(repeating: 2, count: 8) + Array(repeating: 3, count: 8))
    #expect(throws: ScenarioError.self) { try last.list("mode_strength[1]", at: .end) }
    #expect(throws: ScenarioError.self) { try last.list("fit_error[*,1]", at: .end) }
    #expect(throws: ScenarioError.self) { try last.list("product[1,*]", at: .at(301)) }
  }
}
