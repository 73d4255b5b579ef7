import Dynamics
import Foundation
import Recording
import Scenarios
import Testing

@testable import Plotting

/// A short run on the digits of the catalogue, in a temporary folder.
func withDigitsRun<Result>(
  _ adjust: (inout ImageData) -> Void = { _ in }, body: (RunFile) throws -> Result
) throws -> Result {
  try withTemporaryFolder { folder in
    var data = ImageData()
    data.path =
      URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path + "/scenarios/rainbow/digits.csv.gz"
    (data.format, data.samples, data.testSamples, data.inputs) = (.csv, 200, 50, 64)
    adjust(&data)
    var scenario = Scenario()
    scenario.data = .images(data)
    var network = DenseNetworkSection()
    network.hidden = [5]
    scenario.network = .dense(network)
    scenario.ensemble = 2
    scenario.training.rule = .sgd
    scenario.training.loss = .crossEntropy
    scenario.training.reduction = .mean
    (scenario.training.batch, scenario.training.rates) = (50, [0.1])
    scenario.training.iterations = 8
    let training = try DenseTraining(scenario)
    let recorded = RecordingSchedule.every(4).iterations(through: 8)
    let path = folder + "/run.h5"
    let writer = try RunWriter(
      path: path, training: training, rows: recorded.count, provenance: Provenance([]))
    var ensemble = try training.ensemble(of: Float.self, threads: 1)
    _ = try train(
      &ensemble, through: 8,
      observers: [Observer(at: recorded) { try writer.record(training.observation(of: &$0)) }])
    try writer.finish(.complete, provenance: Provenance([]))
    return try body(RunFile(path: path))
  }
}

@Suite("Sample images")
struct SampleImagesFigureTests {
  @Test("every class has its row of six examples, pixels where they are")
  func digits() throws {
    try withDigitsRun { run in
      let examples = try #require(try run.examples())
      #expect(examples.classes == (0..<10).flatMap { Array(repeating: $0, count: 6) })
      let figure = try #require(try SampleImagesFigure.figure(of: run))
      let map = try #require(figure.panels[0].marks(of: HeatMap.self).first)
      // Six images of eight columns, ten of eight rows, with one of nothing between them.
      #expect(map.grid.x.values.count == 53 && map.grid.y.values.count == 89)
      let values = map.grid.values.values
      // The third example of class 4, its pixel in row 5 and column 2.
      #expect(values[(4 * 9 + 5) * 53 + 2 * 9 + 2] == examples.inputs[4 * 6 + 2, 5 * 8 + 2])
      #expect(values[8 * 53].isNaN && values[8].isNaN)
      #expect(figure.panels[0].y.names == (0..<10).map(String.init))
    }
  }

  @Test("rows that are no images have no such figure")
  func noImages() throws {
    try withDigitsRun({ $0.height = 1 }) { run in
      // One row of 64 pixels is an image still.
      let figure = try SampleImagesFigure.figure(of: run)
      #expect(figure != nil)
    }
    try withRun({ $0.training.iterations = 5 }) { run in
      let (examples, figure) = (try run.examples(), try SampleImagesFigure.figure(of: run))
      #expect(examples == nil && figure == nil)
    }
  }
}
