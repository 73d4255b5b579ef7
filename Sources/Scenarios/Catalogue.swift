import Foundation
import Spelling

/// The scenario files that can be named without a path.
///
/// A scenario is named by its file without `.json`, whatever folder below the catalogue it lies in,
/// so that files can be sorted by paper. Where several catalogues hold the same name, the first wins.
public struct Catalogue: Sendable {
  /// The folders, in the order in which they are searched.
  public let folders: [String]

  /// A catalogue of the given folders.
  public init(folders: [String]) { self.folders = folders }

  /// The catalogue of a program: `scenarios` in the working folder, then in the folders above the
  /// executable.
  ///
  /// - Parameters:
  ///   - workingFolder: where the program runs.
  ///   - executable: path of the program.
  public init(workingFolder: String, executable: String) {
    var folders = [workingFolder + "/scenarios"]
    var folder = URL(fileURLWithPath: executable).resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      folders.append(folder.appendingPathComponent("scenarios").path)
    }
    var seen: Set<String> = []
    self.init(
      folders: folders.filter { path in
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        return isThere && isFolder.boolValue
          && seen.insert(URL(fileURLWithPath: path).standardizedFileURL.path).inserted
      })
  }

  /// Names of all scenarios, in alphabetical order.
  public var names: [String] { Set(files.keys).union([Scenario().name]).sorted() }

  /// The file of every name.
  ///
  /// Inside one catalogue the file that comes first in alphabetical order wins.
  public var files: [String: String] {
    var files: [String: String] = [:]
    for folder in folders {
      let found = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
      for file in found.sorted() where file.hasSuffix(".json") {
        let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
        if files[name] == nil { files[name] = folder + "/" + file }
      }
    }
    return files
  }

  /// The scenario of a name, or in a file.
  ///
  /// What ends in `.json` or contains a slash and is a file is read as one; everything else is a
  /// name. The default scenario needs no file.
  ///
  /// - Throws: ``ScenarioError``.
  public func scenario(_ nameOrFile: String) throws -> Scenario {
    var isFolder: ObjCBool = false
    let isFile =
      FileManager.default.fileExists(atPath: nameOrFile, isDirectory: &isFolder)
      && !isFolder.boolValue
    if isFile || nameOrFile.hasSuffix(".json") { return try Self.read(nameOrFile) }
    if let path = files[nameOrFile] { return try Self.read(path) }
    guard nameOrFile == Scenario().name else {
      let near = nearest(to: nameOrFile, in: names)
      throw ScenarioError(
        problem: "There is no scenario \(nameOrFile)",
        remedy: near.map { "did you mean \($0)?" }
          ?? "'dyn scenarios' lists those there are, or give a file that ends in .json")
    }
    return Scenario()
  }

  /// Where a file is that a scenario names: a relative path that begins with `scenarios/` is looked for
  /// in the catalogues where the working folder does not have it.
  public func located(_ path: String) -> String {
    let prefix = "scenarios/"
    let file = path.range(of: ":/").map { String(path[..<$0.lowerBound]) } ?? path
    guard path.hasPrefix(prefix), !FileManager.default.fileExists(atPath: file) else { return path }
    let rest = path.dropFirst(prefix.count)
    let folder = folders.first {
      FileManager.default.fileExists(atPath: $0 + "/" + file.dropFirst(prefix.count))
    }
    return folder.map { "\($0)/\(rest)" } ?? path
  }

  private static func read(_ path: String) throws -> Scenario {
    guard let handle = FileHandle(forReadingAtPath: path),
      let bytes = try? handle.read(upToCount: JSONReader.largest + 1)
    else {
      throw ScenarioError(
        problem: "The scenario file \(path) cannot be read",
        remedy: "check the path, or see 'dyn scenarios'")
    }
    return try Scenario(JSON.read(Array(bytes), name: path))
  }
}
