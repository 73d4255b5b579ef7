import Foundation
import Recording
import Scenarios
import Testing

@testable import Plotting

@Suite struct FiguresTests {
  /// A run of given sizes, and which of its figures have something to show.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var inputs = 2
    var outputs = 2
    var samples = 50
    var iterations = 300
    var schedule = RecordingSchedule.geometric(50)
    var rate = 1e-3
    var hasPairs = true
  }

  static let cases = [
    Case(testDescription: "the default, shorter"),
    Case(testDescription: "only the start", iterations: 0),
    Case(testDescription: "only start and end", schedule: .none),
    Case(testDescription: "one mode", inputs: 3, outputs: 1),
    Case(testDescription: "a single number", inputs: 1, outputs: 1, hasPairs: false),
    Case(testDescription: "more outputs than inputs", inputs: 2, outputs: 3),
    Case(testDescription: "more modes than colours", inputs: 12, outputs: 12),
    Case(testDescription: "fewer samples than inputs", inputs: 6, outputs: 4, samples: 4),
    Case(testDescription: "diverging", rate: 1),
  ]

  @Test("Every run has figures, which gnuplot draws where it is installed", arguments: cases)
  func all(_ example: Case) throws {
    try withRun({ scenario in
      guard case .linearModel(var model) = scenario.data else { return }
      model.inputs = example.inputs
      model.outputs = example.outputs
      model.samples = example.samples
      scenario.data = .linearModel(model)
      scenario.training.iterations = example.iterations
      scenario.training.rates = [example.rate]
      scenario.record.schedule = example.schedule
    }) { run in
      let figures = try Figures.all(of: run)
      #expect(
        figures.map(\.name)
          == Figures.names.filter {
            !Figures.laterNames.contains($0)
              && (example.hasPairs || !$0.hasPrefix("weight-pairs"))
          })
      try withTemporaryFolder { folder in
        let files = try figures.map { try FigureFiles.write($0, to: folder) }
        if case .drawn(let images) = try Gnuplot.render(files, in: folder) {
          #expect(images.count == figures.count)
          #expect(images.allSatisfy { FileManager.default.fileExists(atPath: $0) })
        }
      }
    }
  }

  @Test("Figures are found by name, and an unknown name lists them all")
  func names() throws {
    try withRun({ $0.training.iterations = 10 }) { run in
      for name in Figures.names where !Figures.laterNames.contains(name) {
        let figure = try Figures.figure(named: name, of: run)
        #expect(figure?.name == name)
      }
      #expect(throws: PlottingError.unknownFigure("lost", known: Figures.names)) {
        try Figures.figure(named: "lost", of: run)
      }
    }
  }

  @Test("Curves hold the recorded values of every iteration, the first included")
  func values() throws {
    try withRun({ $0.training.iterations = 100 }) { run in
      let loss = try #require(try Figures.figure(named: "loss", of: run))
      #expect(
        try loss.panels[0].marks(of: Curve.self)[0].x.values == run.iterations().map(Double.init))
      #expect(try loss.panels[0].marks(of: Curve.self)[0].y.values == run.series("loss").values)
      #expect(loss.panels[0].x.label == "iteration" && loss.panels[0].y.label == "loss L")

      let errors = try #require(try Figures.figure(named: "weight-error-teacher", of: run))
      #expect(errors.panels.count == 5)
      let means = try run.series("teacher_error")
      #expect(
        errors.panels[4].marks(of: Curve.self)[0].y.values
          == (0..<means.rows).map { means.row($0).reduce(0, +) / 4 })
    }
  }

  @Test("Every mode has its colour, and the strength of the fit is a line of that colour")
  func modes() throws {
    try withRun({ $0.training.iterations = 100 }) { run in
      let figure = try #require(try Figures.figure(named: "mode-strengths", of: run))
      let panel = figure.panels[0]
      #expect(panel.marks(of: Curve.self).map(\.colour) == [.number(0), .number(1)])
      #expect(panel.marks(of: Reference.self).map(\.colour) == [.number(0), .number(1)])
      let fit = try run.problem.modes.values
      #expect(panel.marks(of: Reference.self).map(\.place) == fit.map { .horizontal($0) })
    }
  }

  @Test("Of a large map the entries furthest off at the start are shown, and the mean of all")
  func largeMaps() throws {
    try withRun({ scenario in
      guard case .linearModel(var model) = scenario.data else { return }
      (model.inputs, model.outputs, model.teacher) = (5, 4, .gaussian)
      scenario.data = .linearModel(model)
      scenario.training.iterations = 10
    }) { run in
      let figure = try #require(try Figures.figure(named: "weight-error-fit", of: run))
      #expect(figure.panels.count == 9)
      let first = try run.series("fit_error").row(0).sorted(by: >)
      let shown = figure.panels.dropLast().map { $0.marks(of: Curve.self)[0].y.values[0] }.sorted(
        by: >)
      #expect(shown == Array(first.prefix(8)))
    }
  }

  @Test("Every figure and every mark has its row in the documentation")
  func documentation() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appendingPathComponent("docs/figures.md"), encoding: .utf8)
    let sources = root.appendingPathComponent("Sources/Plotting").path
    var names = Figures.names
    for file in try FileManager.default.contentsOfDirectory(atPath: sources) {
      let text = try String(contentsOfFile: sources + "/" + file, encoding: .utf8)
      let stem = String(file.dropLast(".swift".count))
      let isMark = text.contains("public struct \(stem): Mark")
      let isFromValues = text.contains("public enum \(stem) {") && !text.contains("of run: RunFile")
      if isMark || isFromValues && file.hasSuffix("Figure.swift") { names.append(stem) }
    }
    #expect(names.count >= 8 + 10 + 11)
    for name in names { #expect(page.contains("\n| `\(name)` |"), "\(name) has no row") }
  }
}
