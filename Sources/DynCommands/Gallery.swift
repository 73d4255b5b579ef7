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
      width: columns == 1 ? size.width : 420 * columns,
      height: rows == 1 ? 420 : 270 * rows + 40)
  }
}

extension Gallery {
  /// The page that shows the pictures of all scenarios, by the folders of their papers.
  ///
  /// - Throws: `ScenarioError` for a scenario that cannot be read.
  static func page(of catalogue: Catalogue) throws -> String {
    var lines = [
      "# Gallery", "",
      "One picture for every scenario, drawn by `dyn check --all --gallery plots/gallery`. Each",
      "scenario says where it comes from and what it must show: `dyn scenarios show NAME` prints it,",
      "`dyn check NAME` runs it and compares. This page is made from the scenario files.",
    ]
    let files = catalogue.files.sorted { $0.value < $1.value }
    var last = ""
    for (name, path) in files {
      let scenario = try catalogue.scenario(name)
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().lastPathComponent
      if folder != last {
        let heading = folder.split(separator: "-").map(\.capitalized).joined(separator: " and ")
        lines += ["", "## \(titles[folder] ?? heading)"]
        last = folder
      }
      let count = scenario.expected.count
      lines += [
        "", "### \(scenario.title)", "", "![\(scenario.title)](../plots/gallery/\(name).png)", "",
        scenario.description, "",
        "\(scenario.source). \(count) expectation\(count == 1 ? "" : "s").", "", "```sh",
        "dyn --scenario \(name)", "```",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Headings of folders that are no names of authors.
  private static let titles = ["edge-of-stability": "Edge of stability"]
}
