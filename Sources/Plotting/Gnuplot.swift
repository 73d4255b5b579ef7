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

  /// What became of scripts that were to be drawn.
  public enum Outcome: Equatable, Sendable {
    /// Paths of the images, in the order of the scripts.
    case drawn([String])
    /// Nothing is drawn as gnuplot is not installed; the scripts are there for later.
    case missing
  }

  /// Draws scripts into PNG images beside them.
  ///
  /// - Parameters:
  ///   - files: figures whose files are already in the folder.
  ///   - folder: where scripts and tables are and images will be.
  ///   - gnuplot: the program; by default the one on the search path.
  /// - Throws: ``PlottingError`` with what gnuplot said.
  public static func render(
    _ files: [FigureFiles], in folder: String, with gnuplot: Gnuplot? = find()
  ) throws -> Outcome {
    guard let gnuplot else { return .missing }
    try gnuplot.run(files.map(\.scriptName), in: folder)
    return .drawn(files.map { folder + "/" + $0.name + ".png" })
  }

  /// Runs scripts with the folder as working directory, in one process as starting it is slow.
  private func run(_ scripts: [String], in folder: String) throws {
    guard !scripts.isEmpty else { return }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    // Without the settings of the user, which could change what figures look like.
    process.arguments = ["--default-settings"] + scripts
    process.currentDirectoryURL = URL(fileURLWithPath: folder, isDirectory: true)
    let errors = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw PlottingError.notStarted(path: path, reason: error.localizedDescription)
    }
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw PlottingError.notDrawn(
        scripts: scripts, status: Int(process.terminationStatus),
        message: String(decoding: said, as: UTF8.self)
          .trimmingCharacters(in: .whitespacesAndNewlines))
    }
  }
}
