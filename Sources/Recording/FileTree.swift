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
  /// The datasets of the file.
  ///
  /// - Throws: `HDF5Error`.
  public func tree() throws -> FileTree { try FileTree(root) }
}

extension FileTree {
  /// The datasets below a group.
  init(_ root: HDF5Group) throws { entries = try Self.entries(of: root, path: "") }

  private static func entries(of group: HDF5Group, path: String) throws -> [FileTree.Entry] {
    var entries: [FileTree.Entry] = []
    for name in try group.childNames {
      let full = path + "/" + name
      switch try group.kind(of: name) {
      case .group: entries += try Self.entries(of: group.group(name), path: full)
      case .dataset:
        let dataset = try group.dataset(name)
        let shape = try dataset.shape
        if try dataset.isScale, name != Axis.iteration.rawValue { continue }
        func text(_ attribute: String) throws -> String {
          try dataset.attributes.contains(attribute) ? dataset.attributes.get(attribute) : ""
        }
        entries.append(
          FileTree.Entry(
            path: full, shape: shape,
            axes: try shape.indices.map {
              try dataset.isScale ? name : dataset.scaleName($0) ?? ""
            },
            type: try dataset.elementType.description, units: try text("units"),
            longName: try text("long_name")))
      case .other: continue
      }
    }
    return entries
  }
}
