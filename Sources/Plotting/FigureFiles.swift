import Foundation

/// The files of a figure: a script and the table that it draws.
public struct FigureFiles: Equatable, Sendable {
  /// The figure's name.
  public let name: String
  /// Text of `name.gp`.
  public let script: String
  /// Text of `name.dat`.
  public let table: String

  /// The texts of a figure.
  ///
  /// - Parameter heading: lines that both files begin with as comments, such as the command that
  ///   made them and the digest of the run; any text.
  public init(_ figure: Figure, heading: [String] = []) {
    name = figure.name
    let script = GnuplotScript(figure)
    self.script = script.text(heading: heading)
    table = script.table.text(heading: heading + ["\(figure.name): \(figure.title)"])
  }

  /// Name of the script.
  public var scriptName: String { name + ".gp" }
  /// Name of the table.
  public var tableName: String { name + ".dat" }

  /// Writes both files into a folder, which is made if there is none, replacing older ones.
  ///
  /// - Throws: ``PlottingError/notWritable(path:reason:)``.
  public func write(to folder: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw PlottingError.notWritable(path: folder, reason: error.localizedDescription)
    }
    for (file, text) in [(tableName, table), (scriptName, script)] {
      let path = folder + "/" + file
      do {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
      } catch {
        throw PlottingError.notWritable(path: path, reason: error.localizedDescription)
      }
    }
  }

  /// Writes the files of a figure into a folder and returns them.
  ///
  /// - Throws: ``PlottingError/notWritable(path:reason:)``.
  @discardableResult
  public static func write(_ figure: Figure, to folder: String, heading: [String] = []) throws
    -> FigureFiles
  {
    let files = FigureFiles(figure, heading: heading)
    try files.write(to: folder)
    return files
  }
}
