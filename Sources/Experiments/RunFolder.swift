import Foundation

/// What can go wrong with the folders of a run.
public enum RunFolderError: Error, Equatable, CustomStringConvertible {
  /// There is already something where the run should go.
  case exists(path: String)
  /// Another process writes into the folder.
  case inUse(path: String, process: Int32?)
  /// There is no run to go on with.
  case nothingToResume(path: String)
  /// A folder could not be made.
  case cannotCreate(path: String, reason: String)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .exists(let path):
      "\(path) exists already: choose another --out, or add --force to replace the run in it."
    case .inUse(let path, let process):
      "\(path) is being written by dyn"
        + (process.map { " (process \($0))" } ?? "")
        + ": wait for it to end, or stop it."
    case .nothingToResume(let path):
      "\(path) holds no run to go on with: give the folder of a run that was started."
    case .cannotCreate(let path, let reason):
      "The folder \(path) cannot be made (\(reason)): choose another place with --out or --root."
    }
  }
}

/// The folder of a run and that of its plots, made exclusively for it.
public struct RunFolder: Sendable {
  /// Folder of the run file and the summary.
  public let results: String
  /// Folder of the plots.
  public let plots: String
  /// The folders that this run made, innermost last.
  private let made: [String]
  /// Keeps other processes from writing here.
  private let lock: RunLock

  /// The run file.
  public var runFile: String { results + "/run.h5" }
  /// The summary.
  public var summaryFile: String { results + "/summary.json" }
  /// What the run needs to go on where it stopped.
  public var checkpointFile: String { results + "/checkpoint.h5" }

  /// Makes exactly this folder; plots go into `plots` inside it.
  ///
  /// - Parameter replacing: whether a folder that is there may be reused and its run replaced.
  /// - Throws: ``RunFolderError``; nothing is left behind then.
  public init(at path: String, replacing: Bool) throws {
    results = path
    plots = path + "/plots"
    var made: [String] = []
    do {
      if FileManager.default.fileExists(atPath: path) {
        guard replacing else { throw RunFolderError.exists(path: path) }
        lock = try RunLock(folder: path)
        for stale in ["run.h5", "summary.json", "checkpoint.h5"] {
          try Self.removeFile(path + "/" + stale)
        }
      } else {
        try Self.makeFolder(path)
        made.append(path)
        lock = try RunLock(folder: path)
      }
      if !FileManager.default.fileExists(atPath: plots) {
        try Self.makeFolder(plots)
        made.append(plots)
      }
    } catch {
      Self.remove(made)
      throw error
    }
    self.made = made
  }

  /// The folder of a run that is there, to go on with it; plots go where they would have gone.
  ///
  /// - Throws: ``RunFolderError`` when there is none, or another process writes into it.
  public init(resuming path: String) throws {
    let kept = [path + "/run.h5", path + "/checkpoint.h5"]
    guard kept.contains(where: FileManager.default.fileExists) else {
      throw RunFolderError.nothingToResume(path: path)
    }
    lock = try RunLock(folder: path)
    results = path
    let folder = URL(fileURLWithPath: path).standardizedFileURL
    let parent = folder.deletingLastPathComponent()
    let beside = parent.deletingLastPathComponent().path + "/plots/" + folder.lastPathComponent
    let isStamped =
      parent.lastPathComponent == "results" && FileManager.default.fileExists(atPath: beside)
    plots = isStamped ? beside : path + "/plots"
    if !FileManager.default.fileExists(atPath: plots) {
      try Self.makeFolder(plots)
      made = [plots]
    } else {
      made = []
    }
  }

  /// Makes `results/<stamp>` and `plots/<stamp>` under a root folder that exists.
  ///
  /// The stamp is the time in UTC; a run that starts in the same second gets a number after it.
  ///
  /// - Throws: ``RunFolderError``; nothing is left behind then.
  public init(root: String, date: Date) throws {
    let stamp = Self.stamp(of: date)
    var made: [String] = []
    do {
      for folder in ["results", "plots"] {
        let path = root + "/" + folder
        if !FileManager.default.fileExists(atPath: path) {
          try Self.makeFolder(path)
          made.append(path)
        }
      }
      var number = 1
      while true {
        let name = number == 1 ? stamp : "\(stamp)-\(number)"
        let (results, plots) = ("\(root)/results/\(name)", "\(root)/plots/\(name)")
        do {
          try Self.makeFolder(results)
          made.append(results)
          try Self.makeFolder(plots)
          made.append(plots)
          let taken = try RunLock(folder: results)
          (self.results, self.plots, lock) = (results, plots, taken)
          break
        } catch RunFolderError.exists {
          if made.last == results { Self.remove([made.removeLast()]) }
          number += 1
        }
      }
    } catch {
      Self.remove(made)
      throw error
    }
    self.made = made
  }

  /// Lets other processes write here, and removes the folders that this run made if empty.
  public func removeIfEmpty() {
    lock.release()
    Self.remove(made)
  }

  /// A time in UTC as the name of a folder, such as `2026-11-22T02-41-07Z`.
  static func stamp(of date: Date) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "UTC")
    formatter.dateFormat = "yyyy-MM-dd'T'HH-mm-ss'Z'"
    return formatter.string(from: date)
  }

  /// Makes one folder, whose parent must exist, and only if nothing is there.
  private static func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o777) != 0 else { return }
    if errno == EEXIST { throw RunFolderError.exists(path: path) }
    throw RunFolderError.cannotCreate(path: path, reason: String(cString: strerror(errno)))
  }

  private static func removeFile(_ path: String) throws {
    guard unlink(path) != 0, errno != ENOENT else { return }
    throw RunFolderError.cannotCreate(path: path, reason: String(cString: strerror(errno)))
  }

  private static func remove(_ folders: [String]) {
    for folder in folders.reversed() { rmdir(folder) }
  }
}
