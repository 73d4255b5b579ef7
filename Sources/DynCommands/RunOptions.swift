import Arguments
import Experiments
import Foundation
import Scenarios

/// What the flags of a training say besides its scenario.
enum RunOptions {
  /// The options of `run` and `resume`.
  ///
  /// - Throws: `ScenarioError` that names the flag.
  static func options(_ invocation: Invocation) throws -> Run.Options {
    var options = Run.Options()
    let interval = try invocation.integer("print-freq") ?? 1000
    guard interval > 0 else {
      throw ScenarioError(
        problem: "\(interval) steps between lines of progress are not possible",
        remedy: "give at least 1", origin: .flag("--print-freq"))
    }
    options.reportInterval = interval
    let seconds = try invocation.number("checkpoint") ?? 30
    guard seconds >= 0, seconds <= 1e9 else {
      throw ScenarioError(
        problem: "\(seconds) seconds between checkpoints are not possible",
        remedy: "give 0 or more, up to 1e9", origin: .flag("--checkpoint"))
    }
    options.checkpointInterval = seconds
    options.threads = try CheckCommand.threads(invocation)
    return options
  }

  /// What a file notes about being gone on with.
  static func resumed(_ arguments: [String]) -> [(name: String, value: String)] {
    [
      (name: "resumed", value: ISO8601DateFormatter().string(from: Date())),
      (name: "resumed_command", value: (["dyn"] + arguments).joined(separator: " ")),
    ]
  }

  /// The command that goes on with the run of a folder, quoted for a shell.
  static func resumption(of folder: String) -> String {
    let plain = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "/._-+:@,=%"))
    guard folder.hasPrefix("-") || folder.unicodeScalars.contains(where: { !plain.contains($0) })
    else { return "dyn resume \(folder)" }
    let path = folder.hasPrefix("-") ? "./" + folder : folder
    let parts = path.split(separator: "'", omittingEmptySubsequences: false)
    return "dyn resume '" + parts.joined(separator: "'\\''") + "'"
  }
}
