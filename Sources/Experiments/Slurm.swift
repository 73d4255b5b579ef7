import Foundation

/// The commands of Slurm, where they are.
public enum Slurm {
  /// Whether jobs can be submitted from this machine.
  public static var isHere: Bool { program("sbatch") != nil }

  /// The largest index of an array, if Slurm says so.
  public static var largestArray: Int? {
    guard let scontrol = program("scontrol"),
      let (status, output) = try? run(scontrol, ["show", "config"], isQuiet: true), status == 0,
      let line = output.split(separator: "\n").first(where: { $0.hasPrefix("MaxArraySize") }),
      let size = line.split(separator: "=").last.flatMap({
        Int($0.trimmingCharacters(in: .whitespaces))
      })
    else { return nil }
    return max(1, size - 1)
  }

  /// Submits the scripts in a folder; what sbatch complains of goes to standard error.
  ///
  /// - Returns: the exit status, and the ids of the array and of the merge.
  /// - Throws: an error of Foundation when the shell cannot be started.
  public static func submit(_ folder: String) throws -> (status: Int32, ids: [String]) {
    let (status, output) = try run("/bin/bash", [folder + "/submit.sh"])
    return (status, output.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  /// The full path of a program on PATH, if it is there.
  private static func program(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func run(
    _ program: String, _ arguments: [String], isQuiet: Bool = false
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    if isQuiet { process.standardError = FileHandle.nullDevice }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
