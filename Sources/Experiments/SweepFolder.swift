import Foundation
import Recording
import Scenarios

/// What can go wrong with the folder of a sweep.
public enum SweepFolderError: Error, Equatable, CustomStringConvertible {
  /// The folder holds another sweep.
  case changed(path: String, differences: [String])
  /// A file that runs read is not what it was when the sweep was planned.
  case changedFile(path: String)
  /// There is something else where the sweep should go.
  case occupied(path: String)
  /// There is no plan.
  case absent(path: String)
  /// Some runs were not done.
  case unfinished(path: String, missing: Int, of: Int, first: Int)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .changed(let path, let differences):
      "\(path) holds another sweep, where "
        + differences.prefix(3).joined(separator: ", ")
        + (differences.count > 3 ? " and \(differences.count - 3) more keys differ" : "")
        + ": choose another --out, or add --force to start over."
    case .changedFile(let path):
      "\(path) is not what it was when the sweep was planned: put it back, or plan the sweep again "
        + "with --force."
    case .occupied(let path):
      "\(path) is there and holds no sweep: choose another --out."
    case .absent(let path):
      "There is no plan \(path): write one with 'dyn sweep plan'."
    case .unfinished(let path, let missing, let count, let first):
      "\(missing) of \(count) runs in \(path) are not done, run \(first) first of all: "
        + "write 'dyn sweep work \(path)' to do them, or add --partial to merge what there is."
    }
  }
}

/// The folder of a sweep: its plan, the journals of those who work on it, the result.
public struct SweepFolder: Sendable {
  /// Where it is.
  public let path: String
  /// What is run.
  public let plan: SweepPlan

  /// The plan.
  public var planFile: String { path + "/plan.json" }
  /// What every process writes its runs into.
  public var journals: String { path + "/runs" }
  /// The result.
  public var sweepFile: String { path + "/sweep.h5" }
  /// Where pictures go.
  public let plots: String

  /// Makes the folder of a plan, or takes up the one that is there with the same plan.
  ///
  /// - Parameters:
  ///   - plots: where pictures go; nil for a folder in it.
  ///   - replacing: whether another sweep in the folder may be removed.
  /// - Throws: ``SweepFolderError``; an error of Foundation.
  public init(at path: String, plots: String? = nil, plan: SweepPlan, replacing: Bool) throws {
    (self.path, self.plan, self.plots) = (path, plan, plots ?? path + "/plots")
    let files = FileManager.default
    if files.fileExists(atPath: path + "/plan.json") {
      let differences: [String]
      do {
        differences = try SweepPlan(path: path + "/plan.json").differences(to: plan)
      } catch {
        guard replacing else { throw error }
        differences = ["damaged"]
      }
      if replacing {
        for name in ["plan.json", "runs", "sweep.h5"] {
          let file = path + "/" + name
          if files.fileExists(atPath: file) { try files.removeItem(atPath: file) }
        }
      } else if !differences.isEmpty {
        throw SweepFolderError.changed(path: path, differences: differences)
      }
    } else if files.fileExists(atPath: path),
      try !files.contentsOfDirectory(atPath: path).allSatisfy({ $0 == "plots" })
    {
      throw SweepFolderError.occupied(path: path)
    }
    try files.createDirectory(atPath: path + "/runs", withIntermediateDirectories: true)
    try plan.write(to: path + "/plan.json")
  }

  /// A folder that is there.
  ///
  /// - Throws: as ``SweepPlan/init(path:)``.
  public init(at path: String) throws {
    self.path = path
    plots = path + "/plots"
    plan = try SweepPlan(path: path + "/plan.json")
  }

  /// Removes everything but the pictures.
  public func removeResults() {
    for file in [planFile, journals, sweepFile] {
      try? FileManager.default.removeItem(atPath: file)
    }
    rmdir(path)
  }

  /// What was done so far.
  ///
  /// - Throws: an error of Foundation when the folder cannot be read.
  public func done(isThorough: Bool = false) throws -> RunJournals {
    try RunJournals(in: journals, count: plan.grid.count, isThorough: isThorough) {
      try? plan.identity(of: $0)
    }
  }

  /// Writes the result of what was done.
  ///
  /// - Parameters:
  ///   - isPartial: whether runs may be missing.
  ///   - progress: is told how many runs were written.
  /// - Returns: the hash of everything but the provenance.
  /// - Throws: ``SweepFolderError/unfinished(path:missing:of:first:)``, `RecordingError` or
  ///   `HDF5Error`.
  public func merge(
    isPartial: Bool, provenance: [(name: String, value: String)], progress: (Int) -> Void
  ) throws -> String {
    let done = try done(isThorough: true)
    let missing = (0..<plan.grid.count).lazy.filter { done.status(of: $0) == .missing }
    if !isPartial, let first = missing.first {
      throw SweepFolderError.unfinished(
        path: path, missing: missing.count, of: plan.grid.count, first: first)
    }
    return try SweepFile.write(
      to: sweepFile, layout: SweepLayout(plan.grid, keep: plan.keep), scenario: plan.scenario,
      journals: done, provenance: Provenance(provenance), progress: progress)
  }
}

/// A part of the runs of a sweep: every N-th, from the I-th on.
public struct SweepShard: Equatable, Sendable {
  /// From 1.
  public let number: Int
  /// How many there are.
  public let count: Int

  /// All runs.
  public static let whole = SweepShard(1, of: 1)

  private init(_ number: Int, of count: Int) { (self.number, self.count) = (number, count) }

  /// The shard that a word such as `3/8` stands for; nil if it stands for none.
  public init?(_ word: String) {
    let parts = word.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], count >= 1,
      (1...count).contains(number)
    else { return nil }
    self.init(number, of: count)
  }

  /// Its runs, of so many, in order.
  public func runs(of count: Int) -> StrideTo<Int> {
    stride(from: number - 1, to: count, by: self.count)
  }

  /// Begins the names of its files.
  var name: String { count == 1 ? "all" : "shard-\(number)-of-\(count)" }
}
