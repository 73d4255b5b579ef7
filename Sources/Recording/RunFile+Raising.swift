import Foundation
import HDF5
import Scenarios

extension RunFile {
  /// Replaces the scenario in a run file by one with more steps, and drops what was computed from
  /// all of its rows.
  ///
  /// Works on a copy that takes the file's place when it is complete.
  ///
  /// - Throws: ``RecordingError`` or `HDF5Error`; the file is unchanged then.
  public static func raise(_ path: String, to scenario: Scenario) throws {
    try replaceFile(at: path) { new in
      do {
        try? FileManager.default.removeItem(atPath: new)
        try FileManager.default.copyItem(atPath: path, toPath: new)
      } catch {
        throw RecordingError.notWritable(path: new, reason: error.localizedDescription)
      }
      let file = try HDF5File.open(new, mode: .recover)
      let root = try file.root
      let group = try root.group(RunFormat.scenario)
      try group.remove("json")
      try group.createDataset("json", text: scenario.json.prettyText)
      for name in [RunFormat.theory, RunFormat.analysis, NetworkGroup.name]
      where try root.contains(name) {
        try root.remove(name)
      }
      try root.attributes.set("status", to: RunStatus.running.rawValue)
      try file.close()
    }
  }
}
