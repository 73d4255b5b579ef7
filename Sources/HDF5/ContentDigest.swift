import CHDF5

extension HDF5File {
  /// The SHA-256 of all content, as ``HDF5Group/contentDigest(excluding:)`` of the root.
  public func contentDigest(excluding excluded: Set<String> = []) throws -> String {
    try root.contentDigest(excluding: excluded)
  }
}

extension HDF5Group {
  /// The SHA-256 of what this group holds, 64 hexadecimal digits, equal for equal content.
  ///
  /// Names, kinds, element types, shapes, attributes, names of axes and the bits of all values
  /// count. The order of names, chunks, compression, byte order, limits of growth and free space
  /// do not. An object with several names counts with its content once. Dimension scales count by
  /// their names, not by the references to them.
  ///
  /// - Parameter excluded: paths from the file's root to leave out, `/provenance` for an object
  ///   with all that is in it, `/trajectory@created` for an attribute (`/@created` at the root).
  /// - Throws: ``HDF5Error/wrongType(name:expected:found:)`` for values without lasting bits, as
  ///   references and sequences of variable length; ``HDF5Error/failed(operation:name:message:)``.
  /// - Complexity: O(bytes) time, 4 MiB of memory.
  public func contentDigest(excluding excluded: Set<String> = []) throws -> String {
    var digest = ContentDigest(excluded: excluded, readsNumbers: true)
    try digest.add(self, depth: 0)
    return digest.hash.hexadecimal
  }

  /// The SHA-256 of what this group holds but for the numbers in its datasets, 64 hexadecimal digits.
  ///
  /// Everything that ``contentDigest(excluding:)`` trusts in a file is read on the way: damage shows
  /// at once and not at the end of a long run that adds to the file. Values that lie elsewhere, as
  /// sequences of variable length, are passed over.
  ///
  /// - Throws: ``HDF5Error/failed(operation:name:message:)``.
  /// - Complexity: O(bytes of names, attributes and texts), whatever the number of rows.
  public func structureDigest() throws -> String {
    var digest = ContentDigest(excluded: [], readsNumbers: false)
    try digest.add(self, depth: 0)
    return digest.hash.hexadecimal
  }
}

/// A walk through a file that hashes what it meets, each item with its length before it.
private struct ContentDigest {
  let excluded: Set<String>
  let readsNumbers: Bool
  var hash = SHA256()
  /// Where the groups and datasets met so far lie in the file.
  private var met: Set<UInt64> = []

  /// References between datasets and their scales, which the names of the axes stand for.
  private static let bookkeeping: Set<String> = ["DIMENSION_LIST", "REFERENCE_LIST"]
  private static let blockBytes = 4 << 20
  private static let deepest = 64

  init(excluded: Set<String>, readsNumbers: Bool) {
    self.excluded = excluded
    self.readsNumbers = readsNumbers
  }

  mutating func add(_ group: HDF5Group, depth: Int) throws {
    guard depth < ContentDigest.deepest else {
      throw HDF5Error.failed(
        operation: "digest", name: group.object.location,
        message: "groups lie more than \(ContentDigest.deepest) deep")
    }
    add("group")
    guard try isNew(group.object) else { return add("met before") }
    try add(group.attributes)
    for name in try sorted(group.childNames) {
      guard !excluded.contains(group.object.path(of: name)) else { continue }
      add(name)
      switch try group.kind(of: name) {
      case .group: try add(group.group(name), depth: depth + 1)
      case .dataset: try add(group.dataset(name))
      case .other: add("other")
      }
    }
    add("end of group")
  }

  mutating func add(_ dataset: HDF5Dataset) throws {
    add("dataset")
    guard try isNew(dataset.object) else { return add("met before") }
    try add(dataset.attributes)
    let extent = try dataset.extent
    for axis in extent.shape.indices { add(try dataset.scaleName(axis) ?? "") }
    try dataset.withType { type in
      add(extent)
      let location = dataset.object.location
      if HDF5ElementType(of: type) == .string {
        add("string")
        for text in try dataset.readTexts() { add(text) }
        return
      }
      guard readsNumbers else { return add(HDF5ElementType(of: type).description) }
      let bits = try bitsType(type, location)
      let size = Int(clamping: H5Tget_size(bits))
      try requireMemory(count: 1, bytesEach: size, limit: 64 << 20, location)
      try ContentDigest.forEachBlock(
        of: extent, values: max(1, ContentDigest.blockBytes / max(size, 1))
      ) { start, shape in
        var bytes = [UInt8](repeating: 0, count: saturatingProduct(shape) * size)
        try bytes.withUnsafeMutableBytes {
          try dataset.readRaw(start: start, shape: shape, type: bits, into: $0)
        }
        hash.update(bytes)
      }
    }
  }

  private mutating func add(_ attributes: HDF5Attributes) throws {
    for name in try sorted(attributes.names) where !ContentDigest.bookkeeping.contains(name) {
      guard !excluded.contains(attributes.object.path + "@" + name) else { continue }
      add("attribute")
      add(name)
      let location = attributes.location(name)
      try attributes.withAttribute(name) { attribute, type, space, extent in
        add(extent)
        if HDF5ElementType(of: type) == .string {
          add("string")
          let values = try texts(
            of: .attribute(attribute), type: type, space: space, count: extent.count,
            limit: HDF5Attributes.limit, location)
          for text in values { add(text) }
          return
        }
        guard readsNumbers || !hasPointers(type) else { return add("elsewhere") }
        let bits = try bitsType(type, location)
        let size = Int(clamping: H5Tget_size(bits))
        try requireMemory(
          count: extent.count, bytesEach: size, limit: HDF5Attributes.limit, location)
        guard extent.count > 0 else { return }
        var bytes = [UInt8](repeating: 0, count: extent.count * size)
        try checked("read", location) { H5Aread(attribute, bits, &bytes) }
        hash.update(bytes)
      }
    }
  }

  /// Hashes what a type is, and gives the type to read its bits as: little-endian if a number.
  private mutating func bitsType(_ type: hid_t, _ location: String) throws -> hid_t {
    let elementType = HDF5ElementType(of: type)
    add(elementType.description)
    if let stored = elementType.storedType { return stored }
    guard !hasPointers(type) else {
      throw HDF5Error.wrongType(
        name: location, expected: "a digest", found: elementType.description)
    }
    var size = 0
    try checked("describe the type of", location) { H5Tencode(type, nil, &size) }
    var encoded = [UInt8](repeating: 0, count: size)
    try checked("describe the type of", location) { H5Tencode(type, &encoded, &size) }
    add(encoded)
    return type
  }

  /// Whether values of a type lie elsewhere than in their own bits.
  private func hasPointers(_ type: hid_t) -> Bool {
    func closing(_ part: hid_t) -> Bool {
      defer { H5Tclose(part) }
      return hasPointers(part)
    }
    switch H5Tget_class(type) {
    case H5T_INTEGER, H5T_FLOAT, H5T_TIME, H5T_BITFIELD, H5T_OPAQUE, H5T_ENUM: return false
    case H5T_STRING: return H5Tis_variable_str(type) != 0
    case H5T_ARRAY: return closing(H5Tget_super(type))
    case H5T_COMPOUND:
      let members = UInt32(clamping: H5Tget_nmembers(type))
      return (0..<members).contains { closing(H5Tget_member_type(type, $0)) }
    default: return true
    }
  }

  private mutating func isNew(_ object: OpenObject) throws -> Bool {
    met.insert(try object.address).inserted
  }

  private mutating func add(_ extent: Extent) {
    add(extent.isNull ? "null" : "\(extent.shape)")
  }

  private mutating func add(_ text: String) { add([UInt8](text.utf8)) }

  private mutating func add(_ bytes: [UInt8]) {
    let length = UInt64(bytes.count)
    hash.update((0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) })
    hash.update(bytes)
  }

  private func sorted(_ names: [String]) -> [String] {
    names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Calls `body` with boxes of at most so many values, which together are all, in row-major order.
  private static func forEachBlock(
    of extent: Extent, values: Int, _ body: (_ start: [Int], _ shape: [Int]) throws -> Void
  ) throws {
    guard extent.count > 0 else { return }
    let shape = extent.shape
    guard !shape.isEmpty else { return try body([], []) }
    // Boxes run along the first axis whose further axes fit into one box.
    let axis = shape.indices.first { saturatingProduct(shape[($0 + 1)...]) <= values } ?? 0
    let tail = saturatingProduct(shape[(axis + 1)...])
    let step = max(1, values / tail)
    var start = extent.origin
    while true {
      let count = min(step, shape[axis] - start[axis])
      try body(
        start, shape.indices.map { $0 < axis ? 1 : $0 == axis ? count : shape[$0] })
      start[axis] += count
      var carry = axis
      while start[carry] == shape[carry] {
        if carry == 0 { return }
        start[carry] = 0
        carry -= 1
        start[carry] += 1
      }
    }
  }
}
