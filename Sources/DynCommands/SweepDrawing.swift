import Experiments
import Foundation
import Plotting
import Recording
import Scenarios

/// Draws the figures of a sweep, those that its scenario lays out and those of its axes, and looks
/// for what the scenario expects.
final class SweepDrawing {
  /// The most bytes that an array may have to be drawn.
  private static let largest = 1 << 29

  private let file: SweepFile
  private let folder: SweepFolder
  private let threads: Int
  private let draws: Bool
  /// Whether arrays are small enough to be read whole.
  private let isSmall: Bool
  private lazy var curves = Result {
    let scenario = file.scenario
    return try MemberCurves.all(
      of: file,
      curves: Finding.curves(of: scenario.expected)
        .union(draws ? ScenarioFigures.curves(of: scenario) : []),
      threads: threads, reading: { try readMatrix($0) })
  }

  /// - Parameter draws: whether there are to be pictures.
  init(_ file: SweepFile, _ folder: SweepFolder, threads: Int, draws: Bool) throws {
    (self.file, self.folder, self.threads, self.draws) = (file, folder, threads, draws)
    let bytes = try file.iterations().count * file.grid.count * 8
    isSmall = bytes <= Self.largest
    if !isSmall {
      Terminal.note("Nothing is drawn of a sweep with \(bytes >> 20) MiB of each curve.")
    }
  }

  /// Whether curves are there for what the scenario itself wants of them.
  private var hasCurves: Bool { isSmall && folder.plan.keep == .full }

  /// Writes and draws all figures.
  ///
  /// - Returns: the pictures.
  func pictures(_ arguments: [String]) throws -> [String] {
    guard draws, isSmall else { return [] }
    var figures = try SweepFigures(file).figures()
    if !file.scenario.figures.isEmpty, hasCurves {
      figures += try ScenarioFigures(curves.get(), reading: { try readMatrix($0) })
        .figures(of: file.scenario)
    }
    guard !figures.isEmpty else { return [] }
    return try ScenarioDrawing.draw(
      figures, into: folder.plots, heading: [(["dyn"] + arguments).joined(separator: " ")])
  }

  /// What is found of that which the scenario expects.
  func findings() throws -> [Finding] {
    guard !file.scenario.expected.isEmpty, hasCurves else { return [] }
    let runs = try curves.get()
    return try file.scenario.expected.map { try Finding($0, runs: runs) }
  }
}
