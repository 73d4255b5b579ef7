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

  /// The catalogue of this program, where it runs now.
  public static var program: Catalogue {
    Catalogue(
      workingFolder: FileManager.default.currentDirectoryPath,
      executable: Bundle.main.executablePath ?? CommandLine.arguments[0])
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
    if isFile || nameOrFile.hasSuffix(".json") { return try read(nameOrFile) }
    if let path = files[nameOrFile] { return try read(path) }
    guard nameOrFile == Scenario().name else {
      let near = nearest(to: nameOrFile, in: names)
      throw ScenarioError(
        problem: "There is no scenario \(nameOrFile)",
        remedy: near.map { "did you mean \($0)?" }
          ?? "'dyn scenarios' lists those there are, or give a file that ends in .json")
    }
    return Scenario()
  }

  private func read(_ path: String) throws -> Scenario {
    guard let handle = FileHandle(forReadingAtPath: path),
      let bytes = try? handle.read(upToCount: JSONReader.largest + 1)
    else {
      throw ScenarioError(
        problem: "The scenario file \(path) cannot be read",
        remedy: "check the path, or see 'dyn scenarios'")
    }
    var scenario = try Scenario(JSON.read(Array(bytes), name: path))
    scenario.data.mapPaths { place($0, beside: path) }
    if case .composition(var section) = scenario.network, !section.weights.isEmpty {
      // The group inside the file is no part of its path.
      let (file, group) = section.weights.splitAtGroup
      section.weights = place(file, beside: path) + group
      scenario.network = .composition(section)
    }
    return scenario
  }

  /// Where a file that a scenario names lies, if it lies beside the scenario.
  ///
  /// From the folder of a catalogue on where it is inside one, so that a scenario says the same
  /// wherever the catalogue lies; otherwise the whole path.
  private func place(_ name: String, beside scenario: String) -> String {
    let folder = URL(fileURLWithPath: scenario).deletingLastPathComponent()
    let file = folder.appendingPathComponent(name).standardizedFileURL.path
    guard !name.hasPrefix("/"), FileManager.default.fileExists(atPath: file) else { return name }
    for root in folders {
      let root = URL(fileURLWithPath: root).standardizedFileURL.path + "/"
      if file.hasPrefix(root) { return String(file.dropFirst(root.count)) }
    }
    return file
  }
}

extension String {
  /// The path of a file, and the rest from the colon on that names a group in it.
  fileprivate var splitAtGroup: (file: String, group: String) {
    guard let colon = range(of: ":/")?.lowerBound else { return (self, "") }
    return (String(self[..<colon]), String(self[colon...]))
  }
}
