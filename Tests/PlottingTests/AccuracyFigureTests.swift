import Recording
import Scenarios
import Testing

@testable import Plotting

@Suite("Accuracy over epochs")
struct AccuracyFigureTests {
  @Test("training and validation of every network, before the first epoch and after")
  func curves() throws {
    try withDigitsRun { run in
      let figure = try #require(try AccuracyFigure.figure(of: run))
      let curves = figure.panels[0].marks(of: Curve.self)
      #expect(
        curves.map(\.label) == [
          "training, network 1", "training, network 2", "validation, network 1",
          "validation, network 2",
        ])
      #expect(curves.allSatisfy { $0.x.values == [0, 1, 2] })
      #expect(curves.allSatisfy { $0.y.values.allSatisfy((0...1).contains) })
      let recorded = try run.recorded("train_accuracy")
      #expect(curves[0].y.values == recorded?.column(0).values)
    }
  }

  @Test("runs without classes have no such figure")
  func noClasses() throws {
    try withRun({ $0.training.iterations = 5 }) { run in
      let figure = try AccuracyFigure.figure(of: run)
      #expect(figure == nil)
    }
  }
}
