import Foundation

/// What can go wrong with the folders of a run.
public enum RunFolderError: Error, Equatable, CustomStringConvertible {
  /// There is already something where the run should go.
  case exists(path: String)
  /// A folder could not be made.
  case cannotCreate(path: String, reason: String)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .exists(let path):
      "\(path) exists already: choose another --out, or add --force to replace the run in it."
    case .cannotCreate(let path, let reason):
      "The folder \(path) cannot be made (\(reason)): choose another place with --out or --root."
    }
  }
}

/// The folder of a run and that of its plots, made exclusively for it.
public struct RunFolder: Equatable, Sendable {
  /// Folder of the run file and the summary.
  public let results: String
  /// Folder of the plots.
  public let plots: String
  /// The folders that this run made, innermost last.
  private let made: [String]

  /// The run file.
  public var runFile: String { results + "/run.h5" }
  /// The summary.
  public var summaryFile: String { results + "/summary.json" }

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
        for stale in [path + "/run.h5", path + "/summary.json"] {
          try Self.removeFile(stale)
        }
      } else {
        try Self.makeFolder(path)
        made.append(path)
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
          (self.results, self.plots) = (results, plots)
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

  /// Removes the folders that this run made, as far as they are empty.
  public func removeIfEmpty() { Self.remove(made) }

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
