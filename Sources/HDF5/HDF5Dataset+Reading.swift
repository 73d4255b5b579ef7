import CHDF5

extension HDF5Dataset {
  /// All values in row-major order as 64-bit floating-point, from any type of number.
  ///
  /// - Parameter limit: the most bytes to read.
  /// - Throws: ``HDF5Error/tooLarge(name:bytes:limit:)`` before anything is allocated;
  ///   ``HDF5Error/wrongType(name:expected:found:)`` when the values are not numbers.
  public func read(limit: Int = defaultLimit) throws -> [Double] {
    try read(as: Double.self, limit: limit)
  }

  /// All values in row-major order as a number type that holds them.
  ///
  /// Whole numbers are read from whole numbers that cannot overflow only; floating-point from any
  /// number, rounded.
  ///
  /// - Parameters:
  ///   - type: the Swift type.
  ///   - limit: the most bytes to read.
  /// - Throws: as ``read(limit:)``.
  public func read<Element: HDF5Element>(
    as type: Element.Type, limit: Int = defaultLimit
  ) throws -> [Element] {
    let extent = try extent
    return try read(
      start: extent.origin, shape: extent.shape, count: extent.count, limit: limit)
  }

  /// The rows (steps along the first axis) of a range, in row-major order.
  ///
  /// - Throws: ``HDF5Error/wrongShape(name:expected:found:)`` when the range is not within the
  ///   rows there are, and as ``read(limit:)``.
  public func readRows(_ rows: Range<Int>, limit: Int = defaultLimit) throws -> [Double] {
    try readRows(rows, as: Double.self, limit: limit)
  }

  /// The rows (steps along the first axis) of a range, as a number type that holds them.
  ///
  /// - Throws: as ``readRows(_:limit:)``.
  public func readRows<Element: HDF5Element>(
    _ rows: Range<Int>, as type: Element.Type, limit: Int = defaultLimit
  ) throws -> [Element] {
    let extent = try extent
    guard let available = extent.shape.first, rows.lowerBound >= 0, rows.upperBound <= available
    else {
      throw HDF5Error.wrongShape(
        name: object.location, expected: "rows within 0..<\(extent.shape.first ?? 0)",
        found: "\(rows)")
    }
    let shape = extent.shape(rows: rows.count)
    return try read(
      start: extent.start(ofRow: rows.lowerBound), shape: shape, count: saturatingProduct(shape),
      limit: limit)
  }

  /// A box of values in row-major order, as 64-bit floating-point.
  ///
  /// - Parameters:
  ///   - start: the first place along each axis.
  ///   - shape: the number of places along each axis.
  /// - Throws: ``HDF5Error/wrongShape(name:expected:found:)`` when the box is not within the
  ///   dataset, and as ``read(limit:)``.
  public func read(at start: [Int], shape: [Int], limit: Int = defaultLimit) throws -> [Double] {
    try requireBox(start, shape)
    return try read(start: start, shape: shape, count: saturatingProduct(shape), limit: limit)
  }

  /// The single text of a dataset that holds one.
  ///
  /// - Throws: ``HDF5Error/wrongShape(name:expected:found:)`` when there is not exactly one, and
  ///   as ``readTexts(limit:)``.
  public func readText(limit: Int = defaultLimit) throws -> String {
    let texts = try readTexts(limit: limit)
    guard let text = texts.first, texts.count == 1 else {
      throw HDF5Error.wrongShape(
        name: object.location, expected: "exactly one text", found: "\(texts.count)")
    }
    return text
  }

  /// All texts in row-major order, of fixed or variable length; what is not UTF-8 is repaired.
  ///
  /// - Throws: ``HDF5Error/tooLarge(name:bytes:limit:)`` before more is allocated;
  ///   ``HDF5Error/wrongType(name:expected:found:)`` when the values are not texts.
  public func readTexts(limit: Int = defaultLimit) throws -> [String] {
    let count = try extent.count
    return try withType { type in
      try withFileSpace { space in
        try object.use { id in
          try texts(
            of: .dataset(id), type: type, space: space, count: count, limit: limit,
            object.location)
        }
      }
    }
  }

  private func read<Element: HDF5Element>(
    start: [Int], shape: [Int], count: Int, limit: Int
  ) throws -> [Element] {
    let found = try elementType
    guard Element.elementType.holds(found), let memoryType = Element.elementType.memoryType else {
      throw HDF5Error.wrongType(
        name: object.location, expected: "reading as \(Element.elementType)", found: "\(found)")
    }
    try requireMemory(
      count: count, bytesEach: MemoryLayout<Element>.stride, limit: limit, object.location)
    guard count > 0 else { return [] }
    return try [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      try readRaw(
        start: start, shape: shape, type: memoryType, into: UnsafeMutableRawBufferPointer(buffer))
      initialized = count
    }
  }

  /// Reads a box of values of a memory type into a buffer that holds them; `[]` reads a single one.
  func readRaw(
    start: [Int], shape: [Int], type: hid_t, into buffer: UnsafeMutableRawBufferPointer
  ) throws {
    func read(_ memory: hid_t, _ space: hid_t) throws {
      try object.use { id in
        _ = try checked("read", object.location) {
          H5Dread(id, type, memory, space, hid_t(H5P_DEFAULT), buffer.baseAddress)
        }
      }
    }
    if shape.isEmpty { return try read(hid_t(H5S_ALL), hid_t(H5S_ALL)) }
    try withSelection(start: start, count: shape) { space in
      try withSpace(shape: shape, object.location) { try read($0, space) }
    }
  }
}
