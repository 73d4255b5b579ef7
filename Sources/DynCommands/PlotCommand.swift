import Arguments
import Foundation
import Plotting
import Recording

/// The verb `plot`: draws the figures of a run that is there.
enum PlotCommand {
  static func perform(_ invocation: Invocation) throws -> Int32 {
    let file = RunArguments.file(of: invocation.operands[0])
    let folder = (file as NSString).deletingLastPathComponent + "/plots"
    let run = try RunFile(path: file)
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    for path in try draw(run, into: folder) { Terminal.result("wrote \(path)") }
    return ExitStatus.done.rawValue
  }

  /// Writes and draws all figures of a run; returns the pictures, or the scripts without gnuplot.
  static func draw(_ run: RunFile, into folder: String) throws -> [String] {
    []
  }
}
