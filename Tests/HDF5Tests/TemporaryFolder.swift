import Foundation

@testable import HDF5

/// A folder of its own for one test, removed at the end of the test.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "hdf5-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: url.appending(path: name))
    return path(name)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: url.appending(path: name)))
  }

  /// A new file of this name, filled and closed.
  @discardableResult
  func file(_ name: String = "run.h5", _ fill: (HDF5Group) throws -> Void) throws -> String {
    let file = try HDF5File.create(path(name))
    try fill(file.root)
    try file.close()
    return path(name)
  }
}

/// The output of a program and whether it succeeded; nil when it is not installed.
func run(_ program: String, _ arguments: [String]) throws -> (output: String, succeeded: Bool)? {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [program] + arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  try process.run()
  let output = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  // `env` ends with 127 when there is no such program.
  if process.terminationStatus == 127 { return nil }
  return (String(decoding: output, as: UTF8.self), process.terminationStatus == 0)
}

/// The error's text, empty when nothing was thrown.
func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return ""
  } catch {
    return "\(error)"
  }
}
