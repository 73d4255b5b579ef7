import CHDF5

extension HDF5Group {
  /// Creates a dataset of zeros, to be filled with `write(_:)` or to grow with `append(rows:)`.
  ///
  /// - Parameters:
  ///   - name: must be free.
  ///   - elementType: a number type of 8 to 64 bits.
  ///   - shape: values along each axis; a dataset that grows usually starts with `0` rows.
  ///   - unlimitedFirstAxis: whether it may grow and shrink along its first axis.
  ///   - chunk: values along each axis of a stored block, needed to grow or compress; the default
  ///     takes whole rows up to 256 KiB. A block is the least a dataset occupies: give the rows
  ///     expected when they are few.
  ///   - compression: deflate level 0…9 after a byte shuffle; nil for none.
  /// - Throws: ``HDF5Error``.
  @discardableResult
  public func createDataset(
    _ name: String, elementType: HDF5ElementType, shape: [Int], unlimitedFirstAxis: Bool = false,
    chunk: [Int]? = nil, compression: Int? = nil
  ) throws -> HDF5Dataset {
    let location = object.location(of: name)
    guard let type = elementType.storedType else {
      throw HDF5Error.wrongType(
        name: location, expected: "numbers of 8 to 64 bits", found: elementType.description)
    }
    if unlimitedFirstAxis && shape.isEmpty {
      throw HDF5Error.wrongShape(name: location, expected: "an axis to grow along", found: "none")
    }
    var maximum: [Int?] = shape
    if unlimitedFirstAxis { maximum[0] = nil }
    return try withSpace(shape: shape, maximum: maximum, location) { space in
      try createDataset(name, type: type, space: space) { creation in
        guard unlimitedFirstAxis || chunk != nil || compression != nil, !shape.isEmpty else {
          return
        }
        let bytes = Int(clamping: H5Tget_size(type))
        let block = chunk ?? defaultChunk(shape, bytesEach: bytes, grows: unlimitedFirstAxis)
        guard block.count == shape.count, block.allSatisfy({ $0 > 0 }) else {
          throw HDF5Error.wrongShape(
            name: location, expected: "chunks with \(shape.count) sizes > 0", found: "\(block)")
        }
        try checked("set the chunks of", location) {
          H5Pset_chunk(creation, Int32(block.count), block.map(hsize_t.init))
        }
        guard let level = compression else { return }
        guard (0...9).contains(level) else {
          throw HDF5Error.wrongShape(
            name: location, expected: "a compression level of 0 to 9", found: "\(level)")
        }
        try checked("compress", location) { H5Pset_shuffle(creation) }
        try checked("compress", location) { H5Pset_deflate(creation, UInt32(level)) }
      }
    }
  }

  /// Creates a dataset of fixed shape with its values.
  ///
  /// - Parameters:
  ///   - name: must be free.
  ///   - values: in row-major order.
  ///   - shape: values along each axis, whose product is the number of values; nil for one axis,
  ///     `[]` for a single value.
  ///   - chunk: see ``createDataset(_:elementType:shape:unlimitedFirstAxis:chunk:compression:)``.
  ///   - compression: see there.
  /// - Throws: ``HDF5Error``.
  @discardableResult
  public func createDataset<Element: HDF5Element>(
    _ name: String, values: [Element], shape: [Int]? = nil, chunk: [Int]? = nil,
    compression: Int? = nil
  ) throws -> HDF5Dataset {
    let shape = shape ?? [values.count]
    guard saturatingProduct(shape) == values.count else {
      throw HDF5Error.wrongShape(
        name: object.location(of: name), expected: "as many values as the shape \(shape) has",
        found: "\(values.count)")
    }
    let dataset = try createDataset(
      name, elementType: Element.elementType, shape: shape, chunk: chunk, compression: compression)
    try dataset.write(values)
    return dataset
  }

  /// Creates a dataset that holds one text, in UTF-8.
  @discardableResult
  public func createDataset(_ name: String, text: String) throws -> HDF5Dataset {
    try createDataset(name, texts: [text], shape: [])
  }

  /// Creates a dataset of texts along one axis, in UTF-8.
  @discardableResult
  public func createDataset(_ name: String, texts: [String]) throws -> HDF5Dataset {
    try createDataset(name, texts: texts, shape: [texts.count])
  }

  private func createDataset(
    _ name: String, texts: [String], shape: [Int]
  ) throws -> HDF5Dataset {
    let location = object.location(of: name)
    return try withTextType(location) { type in
      try withTextPointers(texts, location) { pointers in
        try withSpace(shape: shape, location) { space in
          let dataset = try createDataset(name, type: type, space: space) { _ in }
          if !texts.isEmpty {
            try dataset.object.use { id in
              _ = try checked("write", location) {
                H5Dwrite(
                  id, type, hid_t(H5S_ALL), hid_t(H5S_ALL), hid_t(H5P_DEFAULT),
                  pointers.baseAddress)
              }
            }
          }
          return dataset
        }
      }
    }
  }

  private func createDataset(
    _ name: String, type: hid_t, space: hid_t, _ setUp: (hid_t) throws -> Void
  ) throws -> HDF5Dataset {
    let location = object.location(of: name)
    let id = try object.use { parent in
      try withProperties(dyn_H5P_DATASET_CREATE(), location) { creation in
        try checked("set up", location) {
          min(
            H5Pset_obj_track_times(creation, false),
            H5Pset_attr_creation_order(
              creation, UInt32(H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED)))
        }
        try setUp(creation)
        return try withLinkProperties(name, location) { links in
          try withLinkAccess(dyn_H5P_DATASET_ACCESS(), location) { access in
            try checked("set up access to", location) { enlargeChunkCache(access) }
            return try checked("create the dataset", location) {
              H5Dcreate2(parent, name, type, space, links, creation, access)
            }
          }
        }
      }
    }
    return HDF5Dataset(OpenObject(id: id, file: object.file, path: object.path(of: name)))
  }
}

/// Whole rows up to 256 KiB, at least one; no more rows than there are when it cannot grow.
private func defaultChunk(_ shape: [Int], bytesEach: Int, grows: Bool) -> [Int] {
  let row = shape.dropFirst().map { max($0, 1) }
  let rows = max(1, (256 << 10) / max(1, saturatingProduct([bytesEach] + row)))
  return [grows ? rows : min(rows, max(shape[0], 1))] + row
}
