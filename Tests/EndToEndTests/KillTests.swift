import Foundation
import Recording
import Testing

@Suite("Runs that are killed or interrupted", .serialized)
struct KillTests {
  /// Less than a second of work for every way of computing steps, with many rows, blocks and
  /// checkpoints.
  private static let scenarios = [
    [
      "-t", "50000", "--record", "every:10", "--save", "W1,gradient_norm", "--decay", "1e-5",
      "--engine", "literal",
    ],
    // The fused steps of small layers, of the statistics.
    [
      "-t", "2e6", "-d", "6", "--outputs", "4", "--sigma-noise", "0.3", "--engine", "statistics",
      "--init", "gaussian", "--decay", "1e-7", "--record", "every:100",
    ],
    // Matrix products, for layers that are large.
    [
      "-t", "600", "-n", "150", "-d", "140", "--outputs", "130", "--test-samples", "150",
      "--engine", "statistics", "--teacher", "gaussian", "--init", "gaussian", "--scales", "0.01",
      "--lr", "1e-5", "--record", "every:40",
    ],
    // Twenty modes with decay, so that they never rest.
    [
      "-t", "2e6", "-d", "20", "--outputs", "20", "--engine", "modes", "--decay", "1e-7",
      "--record", "every:500",
    ],
  ]
  private static let output = ["--no-plot", "--quiet", "--checkpoint", "0.02"]

  /// Starts the program and ends it with a signal after some seconds, or as soon as a file is there,
  /// unless it has ended before.
  ///
  /// - Returns: whether the signal met it, and the outcome.
  private static func start(
    _ arguments: [String], in folder: String, signal: Int32, after seconds: Double = 60,
    orWhenThereIs file: String? = nil
  ) throws -> (isHit: Bool, status: Int32, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end, process.isRunning {
      if let file, FileManager.default.fileExists(atPath: file) { break }
      usleep(500)
    }
    if process.isRunning { kill(process.processIdentifier, signal) }
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationReason == .uncaughtSignal || process.terminationStatus > 128,
      process.terminationStatus, String(decoding: said, as: UTF8.self)
    )
  }

  private static func digest(_ folder: String) throws -> String {
    try RunFile(path: folder + "/run.h5").digest()
  }

  /// `DYN_KILLS=100 swift test --filter KillTests` tries more moments.
  @Test(
    "killed at any moment, again and again, a run resumes to the bits of the unbroken one",
    arguments: scenarios)
  func kills(scenario: [String]) throws {
    let all = Int(ProcessInfo.processInfo.environment["DYN_KILLS"] ?? "") ?? 20
    let kills = (all + Self.scenarios.count - 1) / Self.scenarios.count
    let folder = try TemporaryFolder()
    let begun = ContinuousClock.now
    let unbroken = try Program.run(
      scenario + Self.output + ["--out", "unbroken"], in: folder.path)
    try #require(unbroken.status == 0, "\(unbroken.errors)")
    let whole = ContinuousClock.now - begun
    let duration = Double(whole.components.seconds) + Double(whole.components.attoseconds) * 1e-18
    let expected = try Self.digest(folder.path + "/unbroken")

    var done = 0
    var trial = 0
    while done < kills {
      trial += 1
      let name = "run\(trial)"
      let path = folder.path + "/" + name
      var rows = 0
      var arguments = scenario + Self.output + ["--out", name]
      // Killed once to four times, over the run, its checkpoints and its resumptions.
      for _ in 0..<Int.random(in: 1...4) {
        let outcome = try Self.start(
          arguments, in: folder.path, signal: SIGKILL, after: .random(in: 0...1.1 * duration))
        if outcome.isHit { done += 1 } else { #expect(outcome.status == 0, "\(outcome.errors)") }
        guard FileManager.default.fileExists(atPath: path + "/run.h5") else { break }
        let run = try RunFile(path: path + "/run.h5")
        #expect(run.rows >= rows, "trial \(trial) lost rows")
        rows = run.rows
        #expect(try run.series("loss").rows == rows)
        arguments = ["resume", name] + Self.output
        if !outcome.isHit { break }
      }
      guard FileManager.default.fileExists(atPath: path + "/run.h5") else {
        // Killed before anything was recorded: said in a sentence.
        let outcome = try Program.run(["resume", name], in: folder.path)
        #expect(outcome.status == 4)
        #expect(outcome.errors.contains("no run to go on with"), "\(outcome.errors)")
        continue
      }
      let end = try Program.run(["resume", name] + Self.output, in: folder.path)
      #expect(end.status == 0, "trial \(trial): \(end.errors)")
      #expect(try Self.digest(path) == expected, "trial \(trial)")
      try FileManager.default.removeItem(atPath: path)
    }
    guard let tool = Program.tool("h5diff") else {
      print("skipped: h5diff is not installed")
      return
    }
    _ = try Self.start(
      scenario + Self.output + ["--out", "last"], in: folder.path, signal: SIGKILL,
      after: 0.6 * duration)
    _ = try Program.run(["resume", "last"] + Self.output, in: folder.path)
    let difference = try Program.spawn(
      tool,
      ["--exclude-path", "/provenance"]
        + ["unbroken", "last"].map { "\(folder.path)/\($0)/run.h5" })
    #expect(difference.status == 0)
    #expect(difference.output.isEmpty, "\(difference.output)")
  }

  @Test(
    "an interrupted run keeps its rows, says how to resume, and ends like the unbroken one",
    arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func interruption(signal: Int32, status: Int32) throws {
    let folder = try TemporaryFolder()
    let long = ["-t", "400000", "--record", "every:1000", "--engine", "literal"] + Self.output
    let name = "κ-Lauf 'eins'"
    let path = folder.path + "/" + name
    let stopped = try Self.start(
      long + ["--out", name], in: folder.path, signal: signal,
      orWhenThereIs: path + "/checkpoint.h5")
    try #require(stopped.isHit)
    #expect(stopped.status == status)
    #expect(stopped.errors.contains(#"Resume with: dyn resume 'κ-Lauf '\''eins'\'''"#))
    #expect(try RunFile(path: path + "/run.h5").status == .interrupted)
    #expect(
      !FileManager.default.fileExists(atPath: path + "/run.lock"), "the lock is not given back")
    #expect(
      try Program.run(["resume", name, "--no-plot", "--quiet"], in: folder.path).status == 0)
    #expect(try Program.run(long + ["--out", "unbroken"], in: folder.path).status == 0)
    #expect(try Self.digest(path) == Self.digest(folder.path + "/unbroken"))
  }

  @Test("a second writer is refused by name and process, also with --force")
  func secondWriter() throws {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = ["-t", "1e9", "--no-plot", "--quiet", "--out", "run"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    let file = folder.path + "/run/run.h5"
    while !FileManager.default.fileExists(atPath: file), process.isRunning { usleep(1000) }
    for arguments in [["resume", "run"], ["--out", "run", "--force", "-t", "10"]] {
      let outcome = try Program.run(arguments, in: folder.path)
      #expect(outcome.status == 4)
      #expect(
        outcome.errors.contains("being written by dyn (process \(process.processIdentifier))"),
        "\(outcome.errors)")
    }
    // Readers are welcome.
    let reader = try Program.run(["inspect", "run"], in: folder.path)
    #expect(reader.status == 0, "\(reader.errors)")
    #expect(reader.output.contains("running"))
  }
}
