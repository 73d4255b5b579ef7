import Arguments
import Experiments
import Foundation
import Plotting
import Recording
import Scenarios

/// The verb `plot`: draws the figures of a run that is there, or of several over one another.
enum PlotCommand {
  static func perform(_ invocation: Invocation) throws -> Int32 {
    let files = invocation.operands.map(RunArguments.file)
    let folders = files.map(Self.folder)
    let plots =
      invocation.text("out") ?? folders[0] + (files.count > 1 ? "/plots/overlaid" : "/plots")
    let format = try invocation.choice("terminal", of: Gnuplot.Format.self) ?? .png
    let names = invocation.values(of: "figure").flatMap { typed in
      typed.flatMap { $0.split(separator: ",").map(String.init) }
    }
    if files.count > 1 {
      guard !invocation.isOn("follow") else {
        throw ScenarioError(
          problem: "--follow draws a run as it grows, and \(files.count) are named",
          remedy: "name one run, or leave out --follow", origin: .flag("--follow"))
      }
      let runs = try files.map(RunArguments.open)
      let figures =
        try names.isEmpty
        ? Figures.all(of: runs) : names.map { try Figures.figure(named: $0, of: runs) }
      let heading = ["dyn plot \(invocation.operands.joined(separator: " "))"]
      for path in try write(figures, heading: heading, into: plots, as: format) {
        Terminal.result("wrote \(path)")
      }
      return ExitStatus.done.rawValue
    }

    var run = try RunArguments.open(files[0])
    let pictures = try draw(run, into: plots, figures: names, as: format)
    for path in pictures { Terminal.result("wrote \(path)") }
    guard invocation.isOn("follow") else { return ExitStatus.done.rawValue }

    Interruption.watch()
    while run.status == .running, Interruption.signal == nil {
      let isWritten = RunLock.isHeld(folder: folders[0])
      Thread.sleep(forTimeInterval: 1)
      let rows = run.rows
      // While it is open, the library would show the same state again.
      try run.close()
      run = try RunFile(path: files[0])
      if run.rows != rows { _ = try draw(run, into: plots, figures: names, as: format) }
      if run.status == .running, !isWritten {
        Terminal.note("No program writes this run any more: 'dyn resume' goes on with it.")
        break
      }
    }
    return Interruption.signal.map { 128 + $0 } ?? ExitStatus.done.rawValue
  }

  /// The folder that a run file lies in.
  static func folder(of file: String) -> String {
    let folder = (file as NSString).deletingLastPathComponent
    return folder.isEmpty ? "." : folder
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
    return try write(figures, heading: heading, into: folder, as: format)
  }

  /// Writes and draws figures; returns as ``draw(_:into:figures:as:)``.
  private static func write(
    _ figures: [Figure], heading: [String], into folder: String, as format: Gnuplot.Format
  ) throws -> [String] {
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
