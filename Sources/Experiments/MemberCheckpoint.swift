import Foundation
import Recording
import Scenarios

/// Where a run of a sweep that takes long keeps what it has, and where others have left it.
///
/// Every process has files of its own, so that two that do the same run do not meet.
struct MemberCheckpoint: Sendable {
  /// Begins the names of the files of this process.
  let own: String
  /// Begins the names of all files of the run.
  let found: [String]
  /// Seconds between two.
  let interval: Double

  private static let stateEnding = ".checkpoint.h5"
  private static let rowsEnding = ".rows"

  /// What lies in a folder, by run.
  static func found(in folder: String) -> [Int: [String]] {
    var found: [Int: [String]] = [:]
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasSuffix(stateEnding) {
      let parts = name.split(separator: ".")
      guard let run = parts[0].split(separator: "-").last.flatMap({ Int($0) }) else { continue }
      found[run, default: []].append(folder + "/" + name.dropLast(stateEnding.count))
    }
    return found
  }

  /// The checkpoint of a scenario that is farthest on, with the rows recorded until there.
  func read(of scenario: Scenario) -> (state: Checkpoint, rows: RunRecord)? {
    let all = found.compactMap { path -> (state: Checkpoint, rows: RunRecord)? in
      guard let state = try? Checkpoint(path: path + Self.stateEnding, of: scenario),
        let data = FileManager.default.contents(atPath: path + Self.rowsEnding),
        let rows = data.withUnsafeBytes(RunRecord.init)
      else { return nil }
      return (state, rows)
    }
    return all.max { $0.state.descent.iteration < $1.state.descent.iteration }
  }

  /// Keeps both, the rows first, so that they are never behind.
  ///
  /// What cannot be written is not kept.
  func write(_ state: Checkpoint, rows: RunRecord) {
    do {
      try Data(rows.encoded()).write(
        to: URL(fileURLWithPath: own + Self.rowsEnding), options: .atomic)
      try state.write(to: own + Self.stateEnding)
    } catch {
      Self.remove(own)
    }
  }

  /// Removes everything that the run had left.
  func remove() {
    guard !found.isEmpty || FileManager.default.fileExists(atPath: own + Self.stateEnding) else {
      return
    }
    for path in found + [own] { Self.remove(path) }
  }

  private static func remove(_ path: String) {
    for file in [path + stateEnding, path + rowsEnding] {
      try? FileManager.default.removeItem(atPath: file)
    }
  }
}
