import Foundation

/// The program that draws scripts, if it is installed.
public struct Gnuplot: Sendable {
  /// Where the program is.
  public let path: String

  /// The program at a path.
  public init(path: String) { self.path = path }

  /// The first program of the name in the folders of a search path; nil if there is none.
  ///
  /// - Parameter searchPath: folders between colons; by default the variable `PATH`.
  public static func find(
    searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
  ) -> Gnuplot? {
    for folder in searchPath.split(separator: ":") {
      let path = "\(folder)/gnuplot"
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
        FileManager.default.isExecutableFile(atPath: path)
      {
        return Gnuplot(path: path)
      }
    }
    return nil
  }

  /// What pictures are.
  public enum Format: String, CaseIterable, Sendable {
    /// Portable Network Graphics.
    case png
    /// Portable Document Format.
    case pdf
    /// Scalable Vector Graphics.
    case svg
    /// LaTeX with TikZ.
    case tikz
    /// Letters for a terminal.
    case dumb

    /// Terminal and extension, as scripts take them.
    var settings: String {
      switch self {
      case .png: "term='pngcairo'; ext='png'"
      case .pdf: "term='pdfcairo'; ext='pdf'"
      case .svg: "term='svg'; ext='svg'"
      case .tikz: "term='tikz'; ext='tex'"
      case .dumb: "term='dumb'; ext='txt'"
      }
    }

    /// Extension of the pictures; nil for those that are printed.
    var fileExtension: String? {
      switch self {
      case .png, .pdf, .svg: rawValue
      case .tikz: "tex"
      case .dumb: nil
      }
    }
  }

  /// What became of scripts that were to be drawn.
  public enum Outcome: Equatable, Sendable {
    /// Paths of the images, in the order of the scripts.
    case drawn([String])
    /// The pictures as text.
    case text(String)
    /// Nothing is drawn as gnuplot is not installed; the scripts are there for later.
    case missing
  }

  /// Draws scripts into images beside them, or as text.
  ///
  /// - Parameters:
  ///   - files: figures whose files are already in the folder.
  ///   - folder: where scripts and tables are and images will be.
  ///   - format: what the images are.
  ///   - gnuplot: the program; by default the one on the search path.
  /// - Throws: ``PlottingError`` with what gnuplot said.
  public static func render(
    _ files: [FigureFiles], in folder: String, as format: Format = .png,
    with gnuplot: Gnuplot? = find()
  ) throws -> Outcome {
    guard let gnuplot else { return .missing }
    let text = try gnuplot.run(files.map(\.scriptName), in: folder, as: format)
    guard let fileExtension = format.fileExtension else { return .text(text) }
    return .drawn(files.map { "\(folder)/\($0.name).\(fileExtension)" })
  }

  /// Runs scripts with the folder as working directory, in one process as starting it is slow.
  private func run(_ scripts: [String], in folder: String, as format: Format) throws -> String {
    guard !scripts.isEmpty else { return "" }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    // Without the settings of the user, which could change what figures look like.
    process.arguments = ["--default-settings", "-e", format.settings] + scripts
    process.currentDirectoryURL = URL(fileURLWithPath: folder, isDirectory: true)
    let (output, errors) = (Pipe(), Pipe())
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw PlottingError.notStarted(path: path, reason: error.localizedDescription)
    }
    let drawn = output.fileHandleForReading.readDataToEndOfFile()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw PlottingError.notDrawn(
        scripts: scripts, status: Int(process.terminationStatus),
        message: String(decoding: said, as: UTF8.self)
          .trimmingCharacters(in: .whitespacesAndNewlines))
    }
    return String(decoding: drawn, as: UTF8.self)
  }
}
