import Arguments
import Experiments
import Foundation
import Plotting
import Recording

/// The verb `plot`: draws the figures of a run that is there.
enum PlotCommand {
  static func perform(_ invocation: Invocation) throws -> Int32 {
    let file = RunArguments.file(of: invocation.operands[0])
    let folder = (file as NSString).deletingLastPathComponent
    let plots = Self.folder(of: file)
    let format = try invocation.choice("terminal", of: Gnuplot.Format.self) ?? .png
    let names = invocation.values(of: "figure").flatMap { typed in
      typed.flatMap { $0.split(separator: ",").map(String.init) }
    }
    var run = try RunArguments.open(file)
    try FileManager.default.createDirectory(atPath: plots, withIntermediateDirectories: true)
    let pictures = try draw(run, into: plots, figures: names, as: format)
    for path in pictures { Terminal.result("wrote \(path)") }
    guard invocation.isOn("follow") else { return ExitStatus.done.rawValue }

    Interruption.watch()
    while run.status == .running, Interruption.signal == nil {
      let isWritten = RunLock.isHeld(folder: folder.isEmpty ? "." : folder)
      Thread.sleep(forTimeInterval: 1)
      let rows = run.rows
      // While it is open, the library would show the same state again.
      try run.close()
      run = try RunFile(path: file)
      if run.rows != rows { _ = try draw(run, into: plots, figures: names, as: format) }
      if run.status == .running, !isWritten {
        Terminal.note("No program writes this run any more: 'dyn resume' goes on with it.")
        break
      }
    }
    return Interruption.signal.map { 128 + $0 } ?? ExitStatus.done.rawValue
  }

  /// Where the figures of a run file go.
  static func folder(of file: String) -> String {
    let folder = (file as NSString).deletingLastPathComponent
    return (folder.isEmpty ? "." : folder) + "/plots"
  }

  /// Writes and draws the named figures of a run, or all.
  ///
  /// - Returns: the pictures, or the scripts where gnuplot is missing, which is said aloud; nothing
  ///   when the pictures are text, which is printed.
  static func draw(
    _ run: RunFile, into folder: String, figures names: [String] = [],
    as format: Gnuplot.Format = .png
  ) throws -> [String] {
    let heading = try run.provenance().entries.filter { $0.name == "command" }.map(\.value)
    let figures =
      try names.isEmpty
      ? Figures.all(of: run)
      : names.map { name in
        guard let figure = try Figures.figure(named: name, of: run) else {
          throw PlottingError.nothingToDraw(figure: name, path: run.path)
        }
        return figure
      }
    let files = try figures.map { try FigureFiles.write($0, to: folder, heading: heading) }
    switch try Gnuplot.render(files, in: folder, as: format) {
    case .drawn(let pictures): return pictures
    case .text(let text):
      Terminal.result(text)
      return []
    case .missing:
      Terminal.note("No pictures are drawn, because gnuplot is missing: ./setup.sh installs it.")
      return files.map { folder + "/" + $0.scriptName }
    }
  }
}
