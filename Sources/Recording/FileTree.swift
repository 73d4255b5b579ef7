import HDF5

/// What a run file holds, without its values.
public struct FileTree: Equatable, Sendable {
  /// One dataset.
  public struct Entry: Equatable, Sendable {
    /// Path in the file.
    public let path: String
    /// Sizes of the axes as C, Python and this program see them.
    public let shape: [Int]
    /// Names of the axes; empty where an axis has no scale.
    public let axes: [String]
    /// Element type, such as `float64`.
    public let type: String
    /// Unit.
    public let units: String
    /// Meaning in words.
    public let longName: String
  }

  /// Every dataset that is not itself the scale of an axis, in the order of the file.
  public let entries: [Entry]
}

extension RunFile {
  /// The datasets of the file; those of a group with several names once.
  ///
  /// - Throws: `HDF5Error`, or ``RecordingError`` when groups lie more than 64 deep.
  public func tree() throws -> FileTree {
    var met: Set<UInt64> = []
    return FileTree(entries: try entries(of: root, path: "", depth: 0, met: &met))
  }

  private func entries(
    of group: HDF5Group, path: String, depth: Int, met: inout Set<UInt64>
  ) throws -> [FileTree.Entry] {
    guard depth < 64 else {
      throw RecordingError.notARun(path: self.path, reason: "its groups lie more than 64 deep")
    }
    guard try met.insert(group.address).inserted else { return [] }
    var entries: [FileTree.Entry] = []
    for name in try group.childNames {
      let full = path + "/" + name
      switch try group.kind(of: name) {
      case .group:
        entries += try self.entries(
          of: group.group(name), path: full, depth: depth + 1, met: &met)
      case .dataset:
        if let entry = try entry(of: group.dataset(name), name, full) {
          entries.append(entry)
        }
      case .other: continue
      }
    }
    return entries
  }

  /// What a dataset is; nil for the scale of an axis other than the iterations.
  private func entry(
    of dataset: HDF5Dataset, _ name: String, _ path: String
  ) throws -> FileTree.Entry? {
    let isScale = try dataset.isScale
    guard !isScale || name == Axis.iteration.rawValue else { return nil }
    func text(_ attribute: String) throws -> String {
      try dataset.attributes.contains(attribute) ? dataset.attributes.get(attribute) : ""
    }
    let shape = try dataset.shape
    return FileTree.Entry(
      path: path, shape: shape,
      axes: try shape.indices.map { isScale ? name : try dataset.scaleName($0) ?? "" },
      type: try dataset.elementType.description, units: try text("units"),
      longName: try text("long_name"))
  }
}
