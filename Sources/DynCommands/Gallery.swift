import Experiments
import Foundation
import Plotting
import Recording
import Scenarios

/// A folder with one small picture of every scenario.
struct Gallery {
  /// Width and height of a picture in pixels.
  static let size = Figure.Size(width: 720, height: 450)

  let folder: String

  /// A gallery in a folder, which is made if there is none.
  init(_ folder: String) throws {
    self.folder = folder
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// Draws the first figure that a scenario lays out; nothing if it lays out none.
  ///
  /// - Throws: `ScenarioError`, or `PlottingError` also when gnuplot is missing.
  func draw(_ report: ScenarioCheck.Report) throws {
    let scenario = report.scenario
    guard !scenario.figures.isEmpty else { return }
    let figures = try ScenarioFigures(report.runs, reading: { try readMatrix($0) })
      .figures(of: scenario, size: Self.size(of: scenario.figures[0]))
    let work = FileManager.default.temporaryDirectory.path + "/dyn-gallery-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: work) }
    let files = try FigureFiles.write(figures[0], to: work)
    guard case .drawn(let pictures) = try Gnuplot.render([files], in: work) else {
      throw ScenarioError(
        problem: "No gallery can be drawn, because gnuplot is missing",
        remedy: "run ./setup.sh, or leave --gallery out")
    }
    let target = "\(folder)/\(scenario.name).png"
    try? FileManager.default.removeItem(atPath: target)
    try FileManager.default.moveItem(atPath: pictures[0], toPath: target)
  }

  /// The size of a figure: wider for several columns, higher for several rows.
  private static func size(of figure: FigureSection) -> Figure.Size {
    let columns = min(figure.columns, figure.panels.count)
    let rows = (figure.panels.count + figure.columns - 1) / figure.columns
    return Figure.Size(
      width: columns == 1 ? size.width : 480 * columns,
      height: rows == 1 ? size.height : 300 * rows + 40)
  }
}
