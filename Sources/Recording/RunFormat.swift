import HDF5

/// Names that every run file has; a change of their meaning raises the major version.
enum RunFormat {
  static let name = "dyn-run"
  /// Major (readers break) and minor (additions) version.
  static let version = [1, 0]

  static let scenario = "scenario"
  static let provenance = "provenance"
  static let data = "data"
  static let trajectory = "trajectory"
  static let theory = "theory"
  static let analysis = "analysis"
}

/// How far a run has come.
public enum RunStatus: String, Sendable {
  /// Being written, or left behind by a program that was killed.
  case running
  /// All steps were taken.
  case complete
  /// Stopped on request.
  case interrupted
  /// Stopped because the loss exploded.
  case diverged
  /// Stopped by an error.
  case failed
}

/// Where a run came from, kept outside the digest.
public struct Provenance: Equatable, Sendable {
  /// Names and values, in order.
  public var entries: [(name: String, value: String)]

  /// Entries in the given order.
  public init(_ entries: [(name: String, value: String)]) { self.entries = entries }

  /// Whether names and values are equal.
  public static func == (left: Provenance, right: Provenance) -> Bool {
    left.entries.elementsEqual(right.entries) { $0 == $1 }
  }
}

/// The dimension scales of a group, one dataset per axis.
///
/// Each group has its own, so that it can be opened alone with all its labels.
struct Scales {
  private let group: HDF5Group
  private var made: [Axis: HDF5Dataset] = [:]

  init(group: HDF5Group) { self.group = group }

  /// Attaches a scale to every axis of a dataset, making those that are new.
  mutating func attach(_ axes: [Axis], sizes: [Int], to dataset: HDF5Dataset, from first: Int = 0)
    throws
  {
    for (i, axis) in axes.enumerated() {
      let scale = try made[axis] ?? make(axis, size: sizes[i])
      made[axis] = scale
      try dataset.attachScale(scale, axis: first + i)
    }
  }

  private func make(_ axis: Axis, size: Int) throws -> HDF5Dataset {
    let labels = size == 0 ? [] : Array(1...size)
    let scale = try group.createDataset(axis.rawValue, values: labels.map(Int64.init))
    try scale.makeScale(name: axis.rawValue)
    try scale.attributes.set("long_name", to: axis.longName)
    try scale.attributes.set("units", to: "1")
    return scale
  }
}
