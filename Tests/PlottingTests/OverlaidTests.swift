import Foundation
import Recording
import Scenarios
import Testing

@testable import Plotting

@Suite struct OverlaidTests {
  /// Two runs that differ in κ, and what is made of them.
  private func withRuns(
    _ adjust: @escaping (inout Scenario) throws -> Void = { _ in },
    body: ([RunFile]) throws -> Void
  ) throws {
    try withRun({ $0.training.iterations = 200 }) { first in
      try withRun({ scenario in
        scenario.training.iterations = 200
        guard case .linearModel(var model) = scenario.data else { return }
        model.kappa = 3
        scenario.data = .linearModel(model)
        try adjust(&scenario)
      }) { second in try body([first, second]) }
    }
  }

  @Test("A panel of one curve shows those of all runs, coloured and named by run")
  func loss() throws {
    try withRuns { runs in
      let figure = try Figures.figure(named: "loss", of: runs)
      let curves = figure.panels[0].marks(of: Curve.self)
      #expect(curves.map(\.label) == ["κ = 10", "κ = 3"])
      #expect(curves.map(\.colour) == [.number(0), .number(1)])
      #expect(try curves[1].y.values == runs[1].series("loss").values)
      #expect(curves.map(\.y.name) == ["loss@1", "loss@2"])
      #expect(
        figure.sharesLegend && figure.title == "Loss on the training samples · exact-solutions")
      let named = try Figures.figure(named: "loss", of: runs, labels: ["a", "b"])
      #expect(named.panels[0].marks(of: Curve.self).map(\.label) == ["a", "b"])
    }
  }

  @Test("A panel of several curves becomes one for each")
  func modes() throws {
    try withRuns { runs in
      let figure = try Figures.figure(named: "mode-strengths", of: runs)
      #expect(figure.panels.map(\.title) == ["mode 1", "mode 2"])
      for (mode, panel) in figure.panels.enumerated() {
        let curves = panel.marks(of: Curve.self)
        #expect(
          try curves.map(\.y.values) == runs.map { try $0.series("mode_strength").column(mode) })
        let fits = try runs.map { try $0.problem.modes.values[mode] }
        #expect(panel.marks(of: Reference.self).map(\.place) == fits.map { .horizontal($0) })
      }
    }
  }

  @Test("Every figure of two runs is drawn, the axes hold both")
  func all() throws {
    try withRuns { runs in
      let figures = try Figures.all(of: runs)
      #expect(
        figures.map(\.name) == Figures.names.filter { !Figures.laterNames.contains($0) })
      for panel in figures.flatMap(\.panels) {
        for curve in panel.marks(of: Curve.self) {
          for (x, y) in zip(curve.x.values, curve.y.values) where panel.x.shows(x) {
            #expect(panel.x.range.contains(x))
            if panel.y.shows(y), !panel.y.isLogarithmic { #expect(panel.y.range.contains(y)) }
          }
        }
      }
      try withTemporaryFolder { folder in
        let files = try figures.map { try FigureFiles.write($0, to: folder) }
        if case .drawn(let images) = try Gnuplot.render(files, in: folder) {
          #expect(images.allSatisfy { FileManager.default.fileExists(atPath: $0) })
        }
      }
    }
  }

  @Test("More runs than colours have colours of their order")
  func many() throws {
    try withRuns { runs in
      let figure = try Figures.figure(named: "loss", of: Array(repeating: runs[0], count: 12))
      let curves = figure.panels[0].marks(of: Curve.self)
      #expect(curves[0].colour == .graded(0) && curves[11].colour == .graded(1))
      #expect(Set(curves.map(\.colour.hexadecimal)).count == 12)
    }
  }

  @Test("Runs with nothing in common are refused in a sentence that names them")
  func nothing() throws {
    func figure(_ label: String) -> Figure {
      let axis = PlotAxis(label: label, range: 0...1)
      return Figure(name: "a", title: "", panels: [Panel(x: axis, y: axis, marks: [])])
    }
    let overlaid = Overlaid(labels: ["a", "b"], figures: [figure("W₁₁"), figure("W₁₂")])
    #expect(overlaid.figure(title: "") == nil)
    let error = PlottingError.nothingInCommon(figure: "loss", paths: ["a/run.h5", "b/run.h5"])
    #expect(
      error.description
        == "a/run.h5, b/run.h5 have nothing in common to draw as loss: draw them one by one, or "
        + "choose runs that recorded the same quantities.")
  }
}
