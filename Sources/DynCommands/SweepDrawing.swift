import Experiments
import Foundation
import Plotting
import Recording

/// Draws the figures of a sweep.
enum SweepDrawing {
  static func draw(
    _ file: SweepFile, _ folder: SweepFolder, _ arguments: [String]
  ) throws -> [String] {
    []
  }
}
