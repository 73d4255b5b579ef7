import Foundation
import HDF5
import Scenarios

/// The one file of a sweep: every array has the axes of the sweep in front of its own.
///
/// It opens in xarray with names, so that `.sel(kappa=10).mean("seed")` works. Runs that are missing
/// or failed are NaN, and `status` says why; so is what a run has not that others have.
public struct SweepFile: Sendable {
  static let format = "dyn-sweep"
  /// Major (older readers refuse it) and minor (additions) version.
  static let version = [1, 0]
  /// Bytes of all arrays together that are gathered before they are written.
  private static let blockBytes = 16 << 20

  // MARK: Writing

  /// Writes the file of the runs that some journals hold, whole or not at all.
  ///
  /// - Parameters:
  ///   - scenario: what was swept, with its sweep.
  ///   - progress: is told how many runs were written.
  /// - Returns: the hash of everything but the provenance.
  /// - Throws: ``RecordingError`` or `HDF5Error`.
  /// - Complexity: memory of some blocks, whatever the number of runs.
  @discardableResult
  public static func write(
    to path: String, layout: SweepLayout, scenario: Scenario, journals: RunJournals,
    provenance: Provenance, progress: (Int) -> Void = { _ in }
  ) throws -> String {
    var layout = layout
    let count = layout.grid.count
    for run in 0..<count {
      if let own = journals.layout(of: run) { try layout.widen(for: own) }
    }
    try replaceHDF5File(at: path) { file in
      let root = try file.root
      try root.attributes.set("format", to: format)
      try root.attributes.set("format_version", to: version)
      try root.attributes.set("title", to: scenario.title)
      let complete = (0..<count).allSatisfy(journals.isFinished)
      try root.attributes.set("status", to: complete ? "complete" : "incomplete")
      let group = try root.createGroup(RunFormat.scenario)
      try group.attributes.set("name", to: scenario.name)
      try group.createDataset("json", text: scenario.json.prettyText)
      let source = try root.createGroup(RunFormat.provenance)
      for entry in provenance.entries { try source.attributes.set(entry.name, to: entry.value) }
      var writer = try SweepWriter(root, layout: layout)
      try writer.write(journals, blockBytes: blockBytes, progress)
    }
    let file = try HDF5File.open(path)
    let digest = try file.contentDigest(excluding: ["/" + RunFormat.provenance])
    try file.close()
    return digest
  }

  // MARK: Reading

  /// Where the file is.
  public let path: String
  /// What was swept.
  public let scenario: Scenario
  /// The runs.
  public let grid: SweepGrid
  /// Whether every run ended.
  public let isComplete: Bool
  private let file: HDF5File

  /// Opens the file of a sweep.
  ///
  /// - Throws: ``RecordingError`` or `HDF5Error`.
  public init(path: String) throws {
    self.path = path
    file = try HDF5File.open(path)
    let root = try file.root
    guard try root.attributes.contains("format"),
      try root.attributes.get("format", as: String.self) == Self.format
    else { throw RecordingError.notASweep(path: path, reason: "it lacks the format's name") }
    let version: [Int] = try root.attributes.get("format_version")
    guard let major = version.first, major <= Self.version[0] else {
      throw RecordingError.newerFormat(
        path: path, version: version.first ?? 0, known: Self.version[0])
    }
    isComplete = try root.attributes.get("status", as: String.self) == "complete"
    let json = try root.group(RunFormat.scenario).dataset("json").readText(limit: 64 << 20)
    do {
      scenario = try Scenario(JSON.read(Array(json.utf8), name: path))
      grid = try SweepGrid(scenario)
    } catch let error as ScenarioError {
      throw RecordingError.notASweep(path: path, reason: "its scenario is damaged (\(error))")
    }
  }

  /// The recorded iterations.
  public func iterations() throws -> [Int] {
    guard try file.root.contains(Axis.iteration.rawValue) else { return [] }
    return try file.root.dataset(Axis.iteration.rawValue).read(as: Int64.self).map(Int.init)
  }

  /// Status of every run, in order.
  public func statuses() throws -> [RunRecord.Status] {
    try file.root.dataset("status").read(as: Int64.self).map {
      RunRecord.Status(rawValue: Int($0)) ?? .missing
    }
  }

  /// Runs that failed, with the reason.
  public func failures() throws -> [(run: Int, message: String)] {
    guard try file.root.contains("failures") else { return [] }
    let group = try file.root.group("failures")
    return Array(
      zip(
        try group.dataset("run").read(as: Int64.self).map(Int.init),
        try group.dataset("message").readTexts()
      ).map { ($0, $1) })
  }

  /// Names of arrays that have the axes of the sweep, without the status.
  public func names() throws -> [String] {
    let example = try grid.example
    let known = RunMeasure.all(of: example).map(\.name) + Quantity.all(of: example).map(\.name)
    let there = Set(try file.root.childNames)
    return known.filter(there.contains)
  }

  /// The axes that an array has besides those of the sweep, without the iteration.
  public func axes(of name: String) throws -> [Axis] {
    let example = try grid.example
    return RunMeasure.all(of: example).first { $0.name == name }?.axes
      ?? Quantity.all(of: example).first { $0.name == name }?.axes ?? []
  }

  /// The values of an array, with the shape of what each run has.
  ///
  /// - Throws: ``RecordingError/notRecorded(_:known:)`` when there is none of the name.
  public func values(_ name: String) throws -> (values: [Double], shape: [Int]) {
    guard try names().contains(name) else {
      throw RecordingError.notRecorded(name, known: try names())
    }
    let dataset = try file.root.dataset(name)
    return (try dataset.read(), Array(try dataset.shape.dropFirst(grid.shape.count)))
  }

  /// The hash of everything but the provenance.
  public func digest() throws -> String {
    try file.contentDigest(excluding: ["/" + RunFormat.provenance])
  }

  /// Reads all names, shapes, attributes and texts, so that damage in them throws now.
  ///
  /// - Throws: `HDF5Error`.
  public func readStructure() throws { _ = try file.root.structureDigest() }

  /// All that is in the file, for people.
  public func tree() throws -> FileTree { try FileTree(file.root, path: path) }
}
