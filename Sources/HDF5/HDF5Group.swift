import CHDF5

/// What a name in a group stands for.
public enum HDF5Kind: String, Sendable {
  /// A group of further names.
  case group
  /// An array of values.
  case dataset
  /// A named type, a link that leads nowhere, or a link to another file, which is never followed.
  case other

  /// What an error calls it.
  var noun: String { self == .other ? "type or a link that leads out of the file" : rawValue }
}

/// A group of an HDF5 file: names of datasets and of further groups.
///
/// Names may be paths (`theory/lazy`); every group on the way must exist.
public final class HDF5Group: Sendable {
  let object: OpenObject

  init(_ object: OpenObject) { self.object = object }

  /// The path from the root, such as `/theory/lazy`.
  public var path: String { object.path }

  /// Where the group lies in its file; two names with one address are one group.
  public var address: UInt64 {
    get throws { try object.address }
  }

  /// The attributes of this group.
  public var attributes: HDF5Attributes { HDF5Attributes(object: object) }

  /// Creates a group; its parents must exist and its name must be free.
  @discardableResult
  public func createGroup(_ name: String) throws -> HDF5Group {
    let location = object.location(of: name)
    let id = try object.use { parent in
      try withProperties(dyn_H5P_GROUP_CREATE(), location) { creation in
        try checked("set up", location) { trackOrderWithoutTimes(creation) }
        return try withLinkProperties(name, location) { links in
          try withLinkAccess(dyn_H5P_GROUP_ACCESS(), location) { access in
            try checked("create the group", location) {
              H5Gcreate2(parent, name, links, creation, access)
            }
          }
        }
      }
    }
    return HDF5Group(OpenObject(id: id, file: object.file, path: object.path(of: name)))
  }

  /// The group of this name.
  ///
  /// - Throws: ``HDF5Error/missing(what:name:)``, ``HDF5Error/wrongKind(name:expected:found:)``.
  public func group(_ name: String) throws -> HDF5Group {
    HDF5Group(try open(name, as: .group))
  }

  /// The dataset of this name.
  ///
  /// - Throws: ``HDF5Error/missing(what:name:)``; ``HDF5Error/wrongKind(name:expected:found:)``
  ///   for a group and for a dataset whose values lie in another file.
  public func dataset(_ name: String) throws -> HDF5Dataset {
    let dataset = HDF5Dataset(try open(name, as: .dataset))
    try dataset.requireOwnStorage()
    return dataset
  }

  /// Whether there is a group, dataset or dangling link of this name.
  public func contains(_ name: String) throws -> Bool {
    let isAbsolute = name.hasPrefix("/")
    var prefix = isAbsolute ? "/" : ""
    let parts = name.split(separator: "/")
    guard !parts.isEmpty else { return isAbsolute }
    return try object.use { id in
      try withLinkAccess(dyn_H5P_LINK_ACCESS(), object.location) { access in
        for (index, part) in parts.enumerated() {
          prefix += part
          let location = object.location(of: prefix)
          let found = try checked("look up", location) { H5Lexists(id, prefix, access) }
          guard found > 0 else { return false }
          if index < parts.count - 1 {
            guard try kind(id, prefix) == .group else { return false }
            prefix += "/"
          }
        }
        return true
      }
    }
  }

  /// What a name stands for.
  ///
  /// - Throws: ``HDF5Error/missing(what:name:)``.
  public func kind(of name: String) throws -> HDF5Kind {
    guard try contains(name) else {
      throw HDF5Error.missing(what: "object", name: object.location(of: name))
    }
    return try object.use { try kind($0, name) }
  }

  /// The names in this group, in the order of their creation where the file keeps it.
  public var childNames: [String] {
    get throws {
      try object.use { id in
        var info = H5G_info_t()
        try checked("list", object.location) { H5Gget_info(id, &info) }
        let order = try creationOrder(id) ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME
        var names: [String] = []
        for index in 0..<info.nlinks {
          func copy(_ buffer: UnsafeMutablePointer<CChar>?, _ size: Int) throws -> Int {
            try checked("list", object.location) {
              H5Lget_name_by_idx(
                id, ".", order, H5_ITER_INC, index, buffer, size, hid_t(H5P_DEFAULT))
            }
          }
          var name = [CChar](repeating: 0, count: try copy(nil, 0) + 1)
          let size = name.count
          _ = try name.withUnsafeMutableBufferPointer { try copy($0.baseAddress, size) }
          names.append(name.withUnsafeBufferPointer { $0.baseAddress.map(String.init) ?? "" })
        }
        return names
      }
    }
  }

  /// Removes a name; the space of what it stood for is not given back to the disk.
  public func remove(_ name: String) throws {
    let location = object.location(of: name)
    try object.use { id in
      try withLinkAccess(dyn_H5P_LINK_ACCESS(), location) { access in
        _ = try checked("remove", location) { H5Ldelete(id, name, access) }
      }
    }
  }

  private func open(_ name: String, as expected: HDF5Kind) throws -> OpenObject {
    let location = object.location(of: name)
    guard try contains(name) else {
      throw HDF5Error.missing(what: expected.rawValue, name: location)
    }
    let found = try kind(of: name)
    guard found == expected else {
      throw HDF5Error.wrongKind(
        name: location, expected: expected.rawValue, found: found.noun)
    }
    let id = try object.use { id in
      switch expected {
      case .dataset:
        try withLinkAccess(dyn_H5P_DATASET_ACCESS(), location) { access in
          try checked("set up access to", location) { enlargeChunkCache(access) }
          return try checked("open", location) { H5Dopen2(id, name, access) }
        }
      default:
        try withLinkAccess(dyn_H5P_GROUP_ACCESS(), location) { access in
          try checked("open", location) { H5Gopen2(id, name, access) }
        }
      }
    }
    return OpenObject(id: id, file: object.file, path: object.path(of: name))
  }

  private func kind(_ id: hid_t, _ name: String) throws -> HDF5Kind {
    dyn_silence_errors()
    if name != "/", dyn_link_is_external(id, name) != 0 { return .other }
    return try withLinkAccess(dyn_H5P_LINK_ACCESS(), object.location) { access in
      let target = H5Oopen(id, name, access)
      guard target >= 0 else { return .other }
      defer { H5Oclose(target) }
      switch H5Iget_type(target) {
      case H5I_GROUP: return .group
      case H5I_DATASET: return .dataset
      default: return .other
      }
    }
  }

  private func creationOrder(_ id: hid_t) throws -> Bool {
    let creation = try checked("list", object.location) { H5Gget_create_plist(id) }
    defer { H5Pclose(creation) }
    var flags: UInt32 = 0
    try checked("list", object.location) { H5Pget_link_creation_order(creation, &flags) }
    return flags & UInt32(H5P_CRT_ORDER_TRACKED) != 0
  }
}

/// Link properties that mark names as UTF-8.
///
/// - Throws: ``HDF5Error/wrongType(name:expected:found:)`` for a name the library would cut short.
func withLinkProperties<Result>(
  _ name: String, _ location: String, _ body: (hid_t) throws -> Result
) throws -> Result {
  try requireNoNullCharacter(name, location)
  return try withProperties(dyn_H5P_LINK_CREATE(), location) { links in
    try checked("set up", location) { H5Pset_char_encoding(links, H5T_CSET_UTF8) }
    return try body(links)
  }
}
