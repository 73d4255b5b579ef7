import Datasets
import Foundation
import HDF5
import Recording
import Scenarios
import Synchronization

/// What a sweep runs and keeps, as a file that every process of it reads.
public struct SweepPlan: Sendable {
  /// What is swept, with its sweep.
  public let scenario: Scenario
  /// The runs.
  public let grid: SweepGrid
  /// How much is kept of each run.
  public let keep: RunRecorder.Keep
  /// Digests of the files that runs read, by what scenarios call them.
  private var files: [String: String] {
    didSet { known = KnownIdentities() }
  }
  private var known = KnownIdentities()

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
    let first = Kind(try grid.example)
    var files: [String: String] = [:]
    for run in stride(from: 0, to: grid.count, by: seeds) {
      let member = try grid.member(run).scenario
      let kind = Kind(member)
      guard try kind == first || kind.arrays == first.arrays else {
        throw ScenarioError(
          key: "sweep",
          problem: try "Run \(run) is \(kind.words(besides: first)), where run 0 is "
            + first.words(besides: kind),
          remedy: "sweep them one after the other, as one file holds arrays of one kind")
      }
      for file in member.files where files[file] == nil { files[file] = Self.digest(of: file) }
    }
    self.files = files
  }

  /// What decides which arrays a run has.
  private struct Kind: Equatable {
    let scenario: Scenario

    init(_ scenario: Scenario) {
      self.scenario = scenario
    }

    static func == (left: Kind, right: Kind) -> Bool {
      left.scenario.network == right.scenario.network
        && left.scenario.record == right.scenario.record
        && left.scenario.training.loss == right.scenario.training.loss
    }

    /// Names and axes of the arrays.
    var arrays: [String] {
      get throws {
        RunMeasure.all(of: scenario).map(\.name)
          + (try Quantity.recorded(by: scenario)).map {
            "\($0.name)[\($0.axes.map(\.rawValue).joined(separator: ","))]"
          }
      }
    }

    /// What it is that another is not.
    func words(besides other: Kind) throws -> String {
      let others = try other.arrays
      let own = try arrays.filter { !others.contains($0) }
      let network = scenario.network.kind
      return network
        + (own.isEmpty || network != other.scenario.network.kind
          ? "" : " with \(own.joined(separator: ", "))")
    }
  }

  // MARK: Identities

  /// The digest of a file that a scenario names, or of the files in a folder with their names;
  /// `absent` where there is neither.
  private static func digest(of name: String) -> String {
    let path = DatasetPath(name)?.file ?? name
    var hash = SHA256()
    if let inside = try? FileManager.default.contentsOfDirectory(atPath: path) {
      for name in inside.sorted() {
        var isFolder: ObjCBool = false
        let file = path + "/" + name
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder),
          !isFolder.boolValue
        else { continue }
        hash.update([UInt8]("\(name) \(digest(of: file)) ".utf8))
      }
      return hash.hexadecimal
    }
    guard let file = FileHandle(forReadingAtPath: path) else { return "absent" }
    defer { try? file.close() }
    while let bytes = try? file.read(upToCount: 1 << 22), !bytes.isEmpty {
      hash.update([UInt8](bytes))
    }
    return hash.hexadecimal
  }

  /// Looks whether the files that runs read are what they were when the sweep was planned.
  ///
  /// - Throws: ``SweepFolderError/changedFile(path:)``.
  func requireFiles() throws {
    for (name, digest) in files.sorted(by: { $0.key < $1.key })
    where Self.digest(of: name) != digest {
      throw SweepFolderError.changedFile(path: name)
    }
  }

  /// The identity of a run: a hash of all that its scenario says, but for names and descriptions, and
  /// of what is in the files that it names.
  ///
  /// - Throws: `ScenarioError` when a value does not fit.
  public func identity(of run: Int) throws -> RunIdentity {
    try known.identity(of: run) ?? identity(of: grid.member(run))
  }

  func identity(of member: SweepMember) -> RunIdentity {
    if let known = known.identity(of: member.index) { return known }
    let identity = newIdentity(of: member)
    known.keep(identity, of: member.index)
    return identity
  }

  private func newIdentity(of member: SweepMember) -> RunIdentity {
    var bare = member.scenario
    (bare.name, bare.title, bare.description, bare.source) = ("", "", "", "")
    var hash = SHA256()
    hash.update([UInt8](bare.json.compactText.utf8))
    for file in bare.files { hash.update([UInt8]((files[file] ?? "absent").utf8)) }
    return RunIdentity(hash.hexadecimal)
  }

  // MARK: The file

  private var json: JSON {
    .object([
      ("format", .string(Self.format)), ("version", .number(Double(Self.version))),
      ("keep", .string(keep.rawValue)),
      ("files", .object(files.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
      ("scenario", scenario.json),
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
    // What counts is what was planned.
    for name in files.keys {
      if let planned = json["files"]?[name]?.string { files[name] = planned }
    }
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
      let files = plan.files.map {
        ("contents of \($0.key)", JSON.string(String($0.value.prefix(12))))
      }
      return .object(
        [("keep", .string(plan.keep.rawValue))] + files.sorted { $0.0 < $1.0 } + [("", bare.json)])
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

/// Identities that were found out already: of work that is merged at once, each is needed twice.
private final class KnownIdentities: Sendable {
  /// More are found out anew, so that memory stays flat.
  private static let most = 100_000

  private let found = Mutex<[Int: RunIdentity]>([:])

  func identity(of run: Int) -> RunIdentity? { found.withLock { $0[run] } }

  func keep(_ identity: RunIdentity, of run: Int) {
    found.withLock { if $0.count < Self.most { $0[run] = identity } }
  }
}
