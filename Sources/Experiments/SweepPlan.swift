import Foundation
import HDF5
import Recording
import Scenarios

/// What a sweep runs and keeps, as a file that every process of it reads.
public struct SweepPlan: Sendable {
  /// What is swept, with its sweep.
  public let scenario: Scenario
  /// The runs.
  public let grid: SweepGrid
  /// How much is kept of each run.
  public let keep: RunRecorder.Keep

  static let format = "dyn-sweep-plan"
  static let version = 1

  /// The plan of a scenario; every combination of values is checked, with its first seed.
  ///
  /// - Throws: `ScenarioError`, `RecordingError` or ``TheoryChoiceError``.
  public init(_ scenario: Scenario, keep: RunRecorder.Keep) throws {
    (self.scenario, self.keep) = (scenario, keep)
    grid = try SweepGrid(scenario)
    guard scenario.formula.isNone else {
      throw ScenarioError(
        key: "formula", problem: "The scenario \(scenario.name) is a formula, which trains nothing",
        remedy: "write 'dyn --scenario \(scenario.name)' to evaluate it")
    }
    _ = try TheoryChoice(scenario.theory)
    _ = try SweepLayout(grid, keep: keep)
    let seeds = scenario.sweep.seeds?.values.count ?? 1
    let first = try Kind(grid.example)
    for run in stride(from: 0, to: grid.count, by: seeds) {
      let kind = try Kind(grid.member(run).scenario)
      guard kind == first else {
        throw ScenarioError(
          key: "sweep",
          problem: "Run \(run) is \(kind.words(besides: first)), where run 0 is "
            + first.words(besides: kind),
          remedy: "sweep them one after the other, as one file holds arrays of one kind")
      }
    }
  }

  /// What all runs of a sweep have in common, so that one file can hold them.
  private struct Kind: Equatable {
    let network: String
    let arrays: [String]

    init(_ scenario: Scenario) throws {
      network = scenario.network.kind
      arrays =
        RunMeasure.all(of: scenario).map(\.name)
        + (try Quantity.recorded(by: scenario)).map {
          "\($0.name)[\($0.axes.map(\.rawValue).joined(separator: ","))]"
        }
    }

    /// What it is that another is not.
    func words(besides other: Kind) -> String {
      let own = arrays.filter { !other.arrays.contains($0) }
      return "\(network)"
        + (own.isEmpty || network != other.network
          ? "" : " with \(own.joined(separator: ", "))")
    }
  }

  /// The identity of a run: a hash of all that its scenario says, but for names and descriptions.
  ///
  /// - Throws: `ScenarioError` when a value does not fit.
  public func identity(of run: Int) throws -> RunIdentity {
    identity(of: try grid.member(run))
  }

  func identity(of member: SweepMember) -> RunIdentity {
    var bare = member.scenario
    (bare.name, bare.title, bare.description, bare.source) = ("", "", "", "")
    var hash = SHA256()
    hash.update([UInt8](bare.json.compactText.utf8))
    return RunIdentity(hash.hexadecimal)
  }

  // MARK: The file

  private var json: JSON {
    .object([
      ("format", .string(Self.format)), ("version", .number(Double(Self.version))),
      ("keep", .string(keep.rawValue)), ("scenario", scenario.json),
    ])
  }

  /// Reads a plan.
  ///
  /// - Throws: `ScenarioError` or `RecordingError` when it is none.
  public init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw SweepFolderError.absent(path: path)
    }
    let json = try JSON.read(Array(data), name: path)
    guard json["format"]?.string == Self.format, let scenario = json["scenario"],
      let keep = json["keep"]?.string.flatMap(RunRecorder.Keep.init)
    else { throw RecordingError.notASweep(path: path, reason: "it lacks the format's name") }
    guard let version = json["version"]?.number, version <= Double(Self.version) else {
      throw RecordingError.newerFormat(
        path: path, version: Int(json["version"]?.number ?? 0), known: Self.version)
    }
    try self.init(Scenario(scenario), keep: keep)
  }

  /// Writes the plan, whole or not at all.
  ///
  /// - Throws: an error of Foundation.
  public func write(to path: String) throws {
    try Data((json.prettyText + "\n").utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  /// What another plan has different, as far as it changes results; empty for nothing.
  public func differences(to other: SweepPlan) -> [String] {
    func plain(_ plan: SweepPlan) -> JSON {
      var bare = plan.scenario
      (bare.name, bare.title, bare.description, bare.source) = ("", "", "", "")
      (bare.figures, bare.expected, bare.isSlow) = ([], [], false)
      return .object([("keep", .string(plan.keep.rawValue)), ("", bare.json)])
    }
    return Self.differences(plain(self), plain(other), at: "")
  }

  private static func differences(_ left: JSON?, _ right: JSON?, at path: String) -> [String] {
    if left == right { return [] }
    func below(_ name: String) -> String {
      path.isEmpty ? name : name.isEmpty ? path : path + "." + name
    }
    if let left, let right, case .object(let first) = left.content,
      case .object(let second) = right.content
    {
      let names = first.map(\.name) + second.map(\.name).filter { left[$0] == nil }
      return names.flatMap { differences(left[$0], right[$0], at: below($0)) }
    }
    if let left, let right, case .array(let first) = left.content,
      case .array(let second) = right.content, first.count == second.count,
      first.contains(where: { $0.kind == "an object" })
    {
      return zip(first, second).enumerated().flatMap {
        differences($1.0, $1.1, at: "\(path)[\($0 + 1)]")
      }
    }
    func text(_ json: JSON?) -> String {
      let text = json?.compactText ?? "not there"
      return text.count <= 60 ? text : String(text.prefix(57)) + "…"
    }
    return ["\(path) is \(text(left)) there and \(text(right)) here"]
  }
}
