import CHDF5

/// An array of values of one type in an HDF5 file, in row-major order.
public final class HDF5Dataset: Sendable {
  let object: OpenObject

  init(_ object: OpenObject) { self.object = object }

  /// The most bytes that reading takes unless told otherwise, 4 GiB.
  public static let defaultLimit = 1 << 32

  /// The path from the root, such as `/trajectory/loss`.
  public var path: String { object.path }

  /// The attributes of this dataset.
  public var attributes: HDF5Attributes { HDF5Attributes(object: object) }

  /// The number of values along each axis; `[]` for a single value.
  public var shape: [Int] {
    get throws { try extent.shape }
  }

  /// What each axis may grow to; nil for an axis without bound.
  public var maxShape: [Int?] {
    get throws { try extent.maximum }
  }

  /// The type of the values.
  public var elementType: HDF5ElementType {
    get throws { try withType { HDF5ElementType(of: $0) } }
  }

  /// The number of values in a stored block along each axis; nil when stored in one piece.
  public var chunk: [Int]? {
    get throws {
      try withCreationProperties { properties in
        guard H5Pget_layout(properties) == H5D_CHUNKED else { return nil }
        var sizes = [hsize_t](repeating: 0, count: 32)
        let rank = try checked("read the chunks of", object.location) {
          H5Pget_chunk(properties, 32, &sizes)
        }
        return sizes.prefix(Int(rank)).map { Int(clamping: $0) }
      }
    }
  }

  /// Hands the values written so far to the operating system and to concurrent readers.
  public func flush() throws {
    _ = try object.use { id in try checked("flush", object.location) { H5Dflush(id) } }
  }

  /// Sees what another program has appended since, in a file opened `.readUnfinished`.
  public func refresh() throws {
    _ = try object.use { id in try checked("refresh", object.location) { H5Drefresh(id) } }
  }

  var extent: Extent {
    get throws { try withFileSpace { try Extent(of: $0, object.location) } }
  }

  /// Calls `body` with the type as it is in the file.
  func withType<Result>(_ body: (hid_t) throws -> Result) throws -> Result {
    let type = try object.use { id in
      try checked("read the type of", object.location) { H5Dget_type(id) }
    }
    defer { H5Tclose(type) }
    return try body(type)
  }

  /// Calls `body` with the dataspace as it is in the file now.
  func withFileSpace<Result>(_ body: (hid_t) throws -> Result) throws -> Result {
    let space = try object.use { id in
      try checked("read the shape of", object.location) { H5Dget_space(id) }
    }
    defer { H5Sclose(space) }
    return try body(space)
  }

  /// Calls `body` with the dataspace after selecting a box of it.
  func withSelection<Result>(
    start: [Int], count: [Int], _ body: (hid_t) throws -> Result
  ) throws -> Result {
    try withFileSpace { space in
      try checked("select rows of", object.location) {
        H5Sselect_hyperslab(
          space, H5S_SELECT_SET, start.map(hsize_t.init), nil, count.map(hsize_t.init), nil)
      }
      return try body(space)
    }
  }

  func withCreationProperties<Result>(_ body: (hid_t) throws -> Result) throws -> Result {
    let properties = try object.use { id in
      try checked("read the properties of", object.location) { H5Dget_create_plist(id) }
    }
    defer { H5Pclose(properties) }
    return try body(properties)
  }

  /// Throws when the values lie in other files, which a file from elsewhere must not make us read,
  /// in stored blocks that no honest writer makes, or nowhere, as so many of them are declared.
  func requireOwnStorage() throws {
    try withCreationProperties { properties in
      let isVirtual = H5Pget_layout(properties) == H5D_VIRTUAL
      guard !isVirtual, H5Pget_external_count(properties) == 0 else {
        throw HDF5Error.wrongKind(
          name: object.location, expected: "dataset with values of its own",
          found: "dataset with values in other files")
      }
    }
    if let chunk = try chunk {
      let bytes = try withType { Int(clamping: H5Tget_size($0)) }
      try requireMemory(
        count: saturatingProduct(chunk), bytesEach: bytes, limit: 1 << 30, object.location)
    }
    try requireStored()
  }

  /// Throws when more values are declared than what is stored can be unpacked to: whoever walks
  /// through them would not come to an end.
  private func requireStored() throws {
    let count = try extent.count
    let bytes = try withType { saturatingProduct([count, Int(clamping: H5Tget_size($0))]) }
    guard bytes > Self.emptyLimit else { return }
    let stored = try object.use { Int(clamping: H5Dget_storage_size($0)) }
    guard bytes / Self.largestRatio <= stored else {
      throw HDF5Error.wrongShape(
        name: object.location, expected: "no more values than its \(stored) stored bytes can hold",
        found: "\(count)")
    }
  }

  /// The most bytes that a dataset may declare without having stored any, 64 MiB.
  private static let emptyLimit = 64 << 20
  /// How many bytes deflate makes of one at most.
  private static let largestRatio = 1032
}

/// Lets a dataset keep its last blocks of up to 16 MiB unpacked, so that rows append one by one.
func enlargeChunkCache(_ access: hid_t) -> herr_t {
  H5Pset_chunk_cache(access, 1009, 16 << 20, 0.75)
}
