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

  /// Writes and draws all figures of a run.
  ///
  /// - Returns: the pictures, or the scripts where gnuplot is missing, which is said aloud.
  static func draw(_ run: RunFile, into folder: String) throws -> [String] {
    let heading = try run.provenance().entries.filter { $0.name == "command" }.map(\.value)
    let files = try Figures.all(of: run).map {
      try FigureFiles.write($0, to: folder, heading: heading)
    }
    switch try Gnuplot.render(files, in: folder) {
    case .drawn(let pictures): return pictures
    case .missing:
      Terminal.note("No pictures are drawn, because gnuplot is missing: ./setup.sh installs it.")
      return files.map { folder + "/" + $0.scriptName }
    }
  }
}
