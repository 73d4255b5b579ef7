import Datasets
import Dynamics
import Foundation
import HDF5
import LinearAlgebra
import Recording
import Scenarios

/// What there is to do for a run that was started before.
public struct Resumption {
  /// How far the run had come.
  public let status: RunStatus
  /// The scenario to go on with, its number of steps possibly raised.
  public let scenario: Scenario
  /// Where the training is taken up; nil for the start.
  public let checkpoint: Checkpoint?
  /// Whether the run file can be continued; otherwise it is made anew.
  public let continuesFile: Bool
  /// Whether the scenario has more steps than the run file says.
  private let isRaised: Bool
  /// What a person should know, one sentence each.
  public let notes: [String]

  /// Whether nothing is left to do.
  public var isFinished: Bool { status == .complete || status == .diverged }

  /// Looks at what a folder holds.
  ///
  /// A run file that cannot be read is set aside when there is a checkpoint, whose scenario then
  /// starts over.
  ///
  /// - Parameters:
  ///   - folder: the folder, taken for this process alone.
  ///   - iterations: the number of steps to go on to; nil for that of the scenario.
  /// - Throws: ``RunFolderError``, `RecordingError`, `HDF5Error` or `ScenarioError`.
  public init(of folder: RunFolder, iterations: Int? = nil) throws {
    let hasCheckpoint = FileManager.default.fileExists(atPath: folder.checkpointFile)
    let found: (status: RunStatus, scenario: Scenario)?
    var notes: [String] = []
    do {
      found = try Self.read(folder.runFile)
    } catch let error as HDF5Error where hasCheckpoint {
      let aside = folder.runFile + ".damaged"
      rename(folder.runFile, aside)
      notes.append(
        "The run file cannot be read and is now \(aside); the run starts over. (\(error))")
      found = nil
    }
    let kept =
      try hasCheckpoint ? Checkpoint(path: folder.checkpointFile, of: found?.scenario) : nil
    guard var scenario = found?.scenario ?? kept?.scenario else {
      throw RunFolderError.nothingToResume(path: folder.results)
    }
    let before = scenario.training.iterations
    var status = found?.status ?? .running
    if let iterations, status != .diverged {
      guard iterations >= before else {
        throw ScenarioError(
          key: "training.iterations",
          problem: "The run has \(before) steps, which cannot become \(iterations)",
          remedy: "give as many or more", origin: .flag("--iterations"))
      }
      if iterations > before {
        try scenario.set(
          "training.iterations",
          to: JSON(.number(Double(iterations)), origin: .flag("--iterations")))
        try scenario.validate()
        status = .interrupted
      }
    }
    isRaised = scenario.training.iterations > before
    self.status = status
    self.scenario = scenario
    checkpoint = found == nil ? nil : kept
    continuesFile = found != nil
    self.notes = notes
  }

  private static func read(_ path: String) throws -> (status: RunStatus, scenario: Scenario)? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let run = try RunFile(path: path)
    try run.readStructure()
    return (run.status, run.scenario)
  }

  /// Draws the data again, holds them against those of the run file, and writes the number of steps
  /// into it if it has risen.
  ///
  /// - Throws: `RecordingError.otherData(path:)` when a bit differs; as drawing does.
  public func training(in folder: RunFolder, reading: MatrixReader) throws -> LinearTraining {
    let training = try LinearTraining(scenario, reading: reading)
    guard continuesFile else { return training }
    guard try RunFile(path: folder.runFile).problem == training.problem else {
      throw RecordingError.otherData(path: folder.runFile)
    }
    if isRaised { try RunFile.raise(folder.runFile, to: scenario) }
    return training
  }

  /// The same for networks that train on rows, whose starts are held against those of the run file.
  ///
  /// - Throws: `RecordingError.otherData(path:)` when a bit differs; as drawing does.
  public func taken(_ training: some NetworkTraining, up folder: RunFolder) throws {
    guard continuesFile else { return }
    let kept = try RunFile(path: folder.runFile).networkParameters(atStart: true)
    guard try kept == (0..<training.count).map(training.start(ofNetwork:)) else {
      throw RecordingError.otherData(path: folder.runFile)
    }
    if isRaised { try RunFile.raise(folder.runFile, to: scenario) }
  }
}
