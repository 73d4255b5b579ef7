import Dynamics
import Foundation
import HDF5
import LinearAlgebra
import Scenarios

/// What a run needs in order to go on bit for bit, kept in a file beside it.
public struct Checkpoint: Equatable, Sendable {
  /// The scenario, resolved.
  public var scenario: Scenario
  /// The descent where it stands.
  public var descent: DescentState
  /// Half-learning step of each mode, as far as they are known.
  public var halfLearning: [Int?]
  /// The descent where half-learning looked at it last; nil when nothing is left to find.
  public var previous: DescentState?

  /// A checkpoint from its parts.
  public init(
    scenario: Scenario, descent: DescentState, halfLearning: [Int?], previous: DescentState?
  ) {
    self.scenario = scenario
    self.descent = descent
    self.halfLearning = halfLearning
    self.previous = previous
  }

  static let format = "dyn-checkpoint"
  /// Major (older readers refuse it) and minor (additions) version.
  static let version = [1, 0]

  /// Hash of all that a scenario says but for the number of steps, which may be raised later.
  static func digest(of scenario: Scenario) -> String {
    var scenario = scenario
    scenario.training.iterations = 0
    var hash = SHA256()
    hash.update([UInt8](scenario.json.compactText.utf8))
    return hash.hexadecimal
  }

  /// Replaces the checkpoint at a path; at every moment there is a complete one.
  ///
  /// - Throws: ``RecordingError/notWritable(path:reason:)`` or `HDF5Error`.
  public func write(to path: String) throws {
    try replaceFile(at: path) { path in
      let file = try HDF5File.create(path, exclusive: false)
      let root = try file.root
      try root.attributes.set("format", to: Self.format)
      try root.attributes.set("format_version", to: Self.version)
      try root.attributes.set("scenario_digest", to: Self.digest(of: scenario))
      try root.createDataset("scenario", text: scenario.json.prettyText)
      try root.createDataset("half_learning", values: halfLearning.map { Int64($0 ?? -1) })
      try Self.write(descent, to: root.createGroup("descent"))
      if let previous { try Self.write(previous, to: root.createGroup("previous")) }
      try file.close()
    }
  }

  /// Reads a checkpoint.
  ///
  /// - Parameter expected: the scenario of the run that it is to belong to.
  /// - Throws: ``RecordingError`` when it is not one, of a newer format, or of another scenario;
  ///   `HDF5Error` or `ScenarioError` when it is damaged.
  public init(path: String, of expected: Scenario? = nil) throws {
    let file = try HDF5File.open(path)
    let root = try file.root
    guard try root.attributes.contains("format"),
      try root.attributes.get("format", as: String.self) == Self.format
    else { throw RecordingError.notACheckpoint(path: path, reason: "it lacks the format's name") }
    let version: [Int] = try root.attributes.get("format_version")
    guard let major = version.first, major <= Self.version[0] else {
      throw RecordingError.newerFormat(
        path: path, version: version.first ?? 0, known: Self.version[0])
    }
    let json = try root.dataset("scenario").readText(limit: 64 << 20)
    scenario = try Scenario(JSON.read(Array(json.utf8), name: path))
    let digest: String = try root.attributes.get("scenario_digest")
    guard digest == Self.digest(of: scenario), digest == Self.digest(of: expected ?? scenario)
    else { throw RecordingError.otherScenario(path: path) }
    halfLearning = try root.dataset("half_learning").read(as: Int64.self)
      .map { $0 < 0 ? nil : Int($0) }
    descent = try Self.read(root.group("descent"), path: path)
    previous =
      try root.contains("previous") ? Self.read(root.group("previous"), path: path) : nil
    try file.close()
  }

  private static func write(_ state: DescentState, to group: HDF5Group) throws {
    try group.attributes.set("kind", to: state.kind)
    try group.attributes.set("iteration", to: state.iteration)
    for (name, matrix) in state.matrices.sorted(by: { $0.key < $1.key }) {
      try group.createDataset(name, values: matrix.elements, shape: [matrix.rows, matrix.columns])
    }
  }

  private static func read(_ group: HDF5Group, path: String) throws -> DescentState {
    var matrices: [String: Matrix<Double>] = [:]
    for name in try group.childNames {
      let dataset = try group.dataset(name)
      let shape = try dataset.shape
      guard shape.count == 2 else {
        throw RecordingError.notACheckpoint(path: path, reason: "\(name) has the shape \(shape)")
      }
      matrices[name] = Matrix(rows: shape[0], columns: shape[1], elements: try dataset.read())
    }
    let iteration: Int = try group.attributes.get("iteration")
    guard iteration >= 0 else {
      throw RecordingError.notACheckpoint(path: path, reason: "it is of step \(iteration)")
    }
    return DescentState(
      kind: try group.attributes.get("kind"), iteration: iteration, matrices: matrices)
  }
}
