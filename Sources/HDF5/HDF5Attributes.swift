import CHDF5

/// The named values attached to a group or a dataset.
public struct HDF5Attributes: Sendable {
  let object: OpenObject

  /// The most bytes that one attribute may take, 64 MiB.
  public static let limit = 64 << 20

  /// The names, in the order of their creation where the file keeps it.
  public var names: [String] {
    get throws {
      try object.use { id in
        var names: [String] = []
        func list(_ order: H5_index_t) -> herr_t {
          names = []
          var index: hsize_t = 0
          return withUnsafeMutablePointer(to: &names) { pointer in
            H5Aiterate2(
              id, order, H5_ITER_INC, &index,
              { _, name, _, data in
                guard let name, let data else { return -1 }
                data.assumingMemoryBound(to: [String].self).pointee.append(String(cString: name))
                return 0
              }, pointer)
          }
        }
        dyn_silence_errors()
        if list(H5_INDEX_CRT_ORDER) < 0 {
          try checked("list the attributes of", object.location) { list(H5_INDEX_NAME) }
        }
        return names
      }
    }
  }

  /// Whether there is an attribute of this name.
  public func contains(_ name: String) throws -> Bool {
    try object.use { id in
      try checked("look up", location(name)) { H5Aexists(id, name) } > 0
    }
  }

  /// Writes an attribute, replacing what it held.
  ///
  /// Numbers are stored as 64-bit, texts as UTF-8 of variable length.
  public func set(_ name: String, to value: some HDF5AttributeValue) throws {
    try set(name, to: value.attributeContent)
  }

  /// Writes an attribute, replacing what it held.
  public func set(_ name: String, to content: HDF5AttributeContent) throws {
    switch content {
    case .integer(let value): try set(name, [value], shape: [])
    case .real(let value): try set(name, [value], shape: [])
    case .text(let value): try set(name, texts: [value], shape: [])
    case .integers(let values): try set(name, values, shape: [values.count])
    case .reals(let values): try set(name, values, shape: [values.count])
    case .texts(let values): try set(name, texts: values, shape: [values.count])
    }
  }

  /// The value of an attribute as a Swift type.
  ///
  /// - Throws: ``HDF5Error/missing(what:name:)``; ``HDF5Error/wrongType(name:expected:found:)``
  ///   when it holds another kind of value.
  public func get<Value: HDF5AttributeValue>(
    _ name: String, as type: Value.Type = Value.self
  ) throws -> Value {
    let content = try get(name)
    guard let value = Value(attributeContent: content) else {
      throw HDF5Error.wrongType(
        name: location(name), expected: "reading as \(type)", found: "\(content)")
    }
    return value
  }

  /// What an attribute holds; arrays of several axes come in row-major order along one.
  ///
  /// - Throws: ``HDF5Error/missing(what:name:)``; ``HDF5Error/wrongType(name:expected:found:)``
  ///   for what is neither a number nor a text, and for whole numbers beyond `Int64`.
  public func get(_ name: String) throws -> HDF5AttributeContent {
    try withAttribute(name) { attribute, type, space, extent in
      let isScalar = extent.shape.isEmpty && !extent.isNull
      let found = HDF5ElementType(of: type)
      switch found {
      case .string:
        let values = try texts(
          of: .attribute(attribute), type: type, space: space, count: extent.count,
          limit: HDF5Attributes.limit, location(name))
        return isScalar ? .text(values.first ?? "") : .texts(values)
      case .float:
        let values = try numbers(attribute, name, extent.count, 0.0)
        return isScalar ? .real(values[0]) : .reals(values)
      case .integer where HDF5ElementType.int64.holds(found):
        let values = try numbers(attribute, name, extent.count, Int64(0))
        return isScalar ? .integer(values[0]) : .integers(values)
      default:
        throw HDF5Error.wrongType(
          name: location(name), expected: "reading numbers or text", found: "\(found)")
      }
    }
  }

  /// Removes an attribute.
  public func remove(_ name: String) throws {
    try object.use { id in
      _ = try checked("remove", location(name)) { H5Adelete(id, name) }
    }
  }

  /// The name for errors, `run.h5:/trajectory@status`.
  func location(_ name: String) -> String { object.location + "@" + name }

  /// Calls `body` with an open attribute, its type, its dataspace and its extent.
  func withAttribute<Result>(
    _ name: String, _ body: (hid_t, hid_t, hid_t, Extent) throws -> Result
  ) throws -> Result {
    try object.use { id in
      guard try contains(name) else {
        throw HDF5Error.missing(what: "attribute", name: location(name))
      }
      let attribute = try checked("open", location(name)) {
        H5Aopen(id, name, hid_t(H5P_DEFAULT))
      }
      defer { H5Aclose(attribute) }
      let type = try checked("read the type of", location(name)) { H5Aget_type(attribute) }
      defer { H5Tclose(type) }
      let space = try checked("read the shape of", location(name)) { H5Aget_space(attribute) }
      defer { H5Sclose(space) }
      return try body(attribute, type, space, try Extent(of: space, location(name)))
    }
  }

  private func numbers<Element: HDF5Element>(
    _ attribute: hid_t, _ name: String, _ count: Int, _ zero: Element
  ) throws -> [Element] {
    try requireMemory(
      count: count, bytesEach: MemoryLayout<Element>.stride, limit: HDF5Attributes.limit,
      location(name))
    var values = [Element](repeating: zero, count: count)
    if count > 0, let memoryType = Element.elementType.memoryType {
      try checked("read", location(name)) { H5Aread(attribute, memoryType, &values) }
    }
    return values
  }

  private func set<Element: HDF5Element>(
    _ name: String, _ values: [Element], shape: [Int]
  ) throws {
    guard let stored = Element.elementType.storedType, let type = Element.elementType.memoryType
    else { return }
    try withWritable(name, type: stored, shape: shape) { attribute in
      values.isEmpty ? 0 : H5Awrite(attribute, type, values)
    }
  }

  private func set(_ name: String, texts: [String], shape: [Int]) throws {
    try withTextType(location(name)) { type in
      try withTextPointers(texts, location(name)) { pointers in
        try withWritable(name, type: type, shape: shape) { attribute in
          texts.isEmpty ? 0 : H5Awrite(attribute, type, pointers.baseAddress)
        }
      }
    }
  }

  /// Opens the attribute when it has this type and shape already, or else creates it anew.
  private func withWritable(
    _ name: String, type: hid_t, shape: [Int], _ write: (hid_t) -> herr_t
  ) throws {
    try requireNoNullCharacter(name, location(name))
    if try contains(name) {
      let isWritten = try withAttribute(name) { attribute, oldType, _, extent in
        guard !extent.isNull, extent.shape == shape, H5Tequal(oldType, type) > 0 else {
          return false
        }
        try checked("write", location(name)) { write(attribute) }
        return true
      }
      if isWritten { return }
      try remove(name)
    }
    try object.use { id in
      try withSpace(shape: shape, location(name)) { space in
        try withProperties(dyn_H5P_ATTRIBUTE_CREATE(), location(name)) { creation in
          try checked("set up", location(name)) {
            H5Pset_char_encoding(creation, H5T_CSET_UTF8)
          }
          let attribute = try checked("create", location(name)) {
            H5Acreate2(id, name, type, space, creation, hid_t(H5P_DEFAULT))
          }
          defer { H5Aclose(attribute) }
          _ = try checked("write", location(name)) { write(attribute) }
        }
      }
    }
  }
}
