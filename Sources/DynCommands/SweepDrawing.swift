import Experiments
import Foundation
import Plotting
import Recording

/// Draws the figures of a sweep: those that its scenario lays out, and those of its axes.
enum SweepDrawing {
  /// The most bytes that an array may have to be drawn.
  private static let largest = 1 << 29

  /// Writes and draws them.
  ///
  /// - Returns: the pictures.
  static func draw(
    _ file: SweepFile, _ folder: SweepFolder, _ arguments: [String]
  ) throws -> [String] {
    let bytes = try file.iterations().count * file.grid.count * 8
    guard bytes <= largest else {
      Terminal.note("No pictures are drawn of a sweep with \(bytes >> 20) MiB of each curve.")
      return []
    }
    var figures = try SweepFigures(file).figures()
    if !file.scenario.figures.isEmpty, folder.plan.keep == .full {
      let curves = try MemberCurves.all(of: file, curves: ScenarioFigures.curves(of: file.scenario))
      figures += try ScenarioFigures(curves, reading: { try readMatrix($0) })
        .figures(of: file.scenario)
    }
    guard !figures.isEmpty else { return [] }
    return try ScenarioDrawing.draw(
      figures, into: folder.plots, heading: [(["dyn"] + arguments).joined(separator: " ")])
  }
}
