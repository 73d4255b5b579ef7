import Experiments
import Foundation
import Plotting
import Recording
import Scenarios

/// Draws the figures that a scenario lays out.
enum ScenarioDrawing {
  /// Writes and draws figures.
  ///
  /// - Returns: the pictures, or the scripts where gnuplot is missing, which is said aloud.
  static func draw(
    _ figures: [Figure], into folder: String, heading: [String]
  ) throws -> [String] {
    let files = try figures.map { try FigureFiles.write($0, to: folder, heading: heading) }
    switch try Gnuplot.render(files, in: folder) {
    case .drawn(let pictures): return pictures
    case .text: return []
    case .missing:
      Terminal.note("No pictures are drawn, because gnuplot is missing: ./setup.sh installs it.")
      return files.map { folder + "/" + $0.scriptName }
    }
  }
}
