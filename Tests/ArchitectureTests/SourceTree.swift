import Foundation

/// The package's files, found from the place of this one.
enum SourceTree {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Names of the folders in Sources.
  static func modules() throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      at: root.appending(path: "Sources"), includingPropertiesForKeys: [.isDirectoryKey],
      options: .skipsHiddenFiles
    )
    .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
    .map(\.lastPathComponent).sorted()
  }

  /// The Swift files of a module, by their paths below Sources.
  static func files(of module: String) throws -> [(path: String, source: SwiftSource)] {
    let folder = root.appending(path: "Sources").appending(path: module)
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".swift") }.sorted()
      .map { path in
        let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        return ("\(module)/\(path)", SwiftSource(text))
      }
  }
}

/// What a pattern matches in a text, or its first group if it has one.
func matches(of pattern: String, in text: String) throws -> [String] {
  let expression = try NSRegularExpression(pattern: pattern, options: .anchorsMatchLines)
  return expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap {
    Range($0.range(at: min(1, expression.numberOfCaptureGroups)), in: text).map { String(text[$0]) }
  }
}
