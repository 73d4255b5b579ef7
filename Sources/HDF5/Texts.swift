import CHDF5

/// Calls `body` with the type of UTF-8 texts of any length.
func withTextType<Result>(
  _ name: @autoclosure () -> String, encoding: H5T_cset_t = H5T_CSET_UTF8,
  _ body: (hid_t) throws -> Result
) throws -> Result {
  let type = try checked("make a text type for", name()) { H5Tcopy(dyn_H5T_C_S1()) }
  defer { H5Tclose(type) }
  try checked("make a text type for", name()) { H5Tset_size(type, dyn_H5T_VARIABLE()) }
  try checked("make a text type for", name()) { H5Tset_cset(type, encoding) }
  return try body(type)
}

/// Calls `body` with a pointer to each text's UTF-8, ended by a zero.
func withTextPointers<Result>(
  _ texts: [String], _ name: @autoclosure () -> String,
  _ body: (UnsafeBufferPointer<UnsafePointer<UInt8>?>) throws -> Result
) throws -> Result {
  var bytes: [UInt8] = []
  var offsets: [Int] = []
  for text in texts {
    try requireNoNullCharacter(text, name())
    offsets.append(bytes.count)
    bytes.append(contentsOf: text.utf8)
    bytes.append(0)
  }
  return try bytes.withUnsafeBufferPointer { buffer in
    let pointers = offsets.map { offset in buffer.baseAddress.map { $0 + offset } }
    return try pointers.withUnsafeBufferPointer(body)
  }
}

/// Throws for a text that would be cut at a null character.
func requireNoNullCharacter(_ text: String, _ name: @autoclosure () -> String) throws {
  if text.utf8.contains(0) {
    throw HDF5Error.wrongType(
      name: name(), expected: "text with a null character in it", found: "null-terminated text")
  }
}

/// An open dataset or attribute of texts.
enum TextSource {
  case dataset(hid_t)
  case attribute(hid_t)

  func read(_ type: hid_t, _ buffer: UnsafeMutableRawPointer?, _ transfer: hid_t) -> herr_t {
    switch self {
    case .dataset(let id):
      H5Dread(id, type, hid_t(H5S_ALL), hid_t(H5S_ALL), transfer, buffer)
    case .attribute(let id): H5Aread(id, type, buffer)
    }
  }
}

/// The texts of a dataset or an attribute, of fixed or variable length.
///
/// - Parameters:
///   - source: what holds them.
///   - type: the type as in the file.
///   - space: the dataspace they fill.
///   - count: the number of texts.
///   - limit: the most bytes to allocate; the length of an attribute's texts is bounded by that of
///     the file alone.
///   - name: for errors.
func texts(
  of source: TextSource, type: hid_t, space: hid_t, count: Int, limit: Int,
  _ name: @autoclosure () -> String
) throws -> [String] {
  let elementType = HDF5ElementType(of: type)
  guard elementType == .string else {
    throw HDF5Error.wrongType(name: name(), expected: "reading as text", found: "\(elementType)")
  }
  if try checked("read the type of", name(), { H5Tis_variable_str(type) }) > 0 {
    try requireMemory(count: count, bytesEach: 16, limit: limit, name())
    guard count > 0 else { return [] }
    return try withTextType(name(), encoding: H5Tget_cset(type)) { memoryType in
      var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
      func read(_ transfer: hid_t) throws -> [String] {
        try pointers.withUnsafeMutableBytes { buffer in
          defer { H5Dvlen_reclaim(memoryType, space, transfer, buffer.baseAddress) }
          try checked("read", name()) { source.read(memoryType, buffer.baseAddress, transfer) }
          return buffer.bindMemory(to: UnsafeMutablePointer<CChar>?.self)
            .map { $0.map { String(cString: $0) } ?? "" }
        }
      }
      switch source {
      case .dataset: return try withTextMemory(limit: limit, name(), read)
      case .attribute: return try read(hid_t(H5P_DEFAULT))
      }
    }
  }
  let size = Int(clamping: H5Tget_size(type))
  try requireMemory(count: count, bytesEach: size, limit: limit, name())
  guard count > 0, size > 0 else { return [] }
  var bytes = [UInt8](repeating: 0, count: count * size)
  try checked("read", name()) {
    bytes.withUnsafeMutableBytes { source.read(type, $0.baseAddress, hid_t(H5P_DEFAULT)) }
  }
  let isPadded = H5Tget_strpad(type) == H5T_STR_SPACEPAD
  return (0..<count).map { index in
    var text = bytes[index * size..<(index + 1) * size].prefix { $0 != 0 }
    if isPadded { while text.last == UInt8(ascii: " ") { text.removeLast() } }
    return String(decoding: text, as: UTF8.self)
  }
}

/// What the library allocates for texts while it reads them, all freed at the end.
private struct TextMemory {
  let limit: Int
  var bytes = 0
  var pieces: [UnsafeMutableRawPointer] = []

  mutating func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
    bytes += size
    guard bytes <= limit else { return nil }
    let piece = UnsafeMutableRawPointer.allocate(byteCount: max(size, 1), alignment: 16)
    pieces.append(piece)
    return piece
  }
}

/// Calls `body` with transfer properties under which texts take no more than so many bytes.
///
/// The library's own measure of texts, `H5Dvlen_get_buf_size`, crashes on a single text in
/// release 1.10.8.
private func withTextMemory<Result>(
  limit: Int, _ name: @autoclosure () -> String, _ body: (hid_t) throws -> Result
) throws -> Result {
  try withProperties(dyn_H5P_DATASET_XFER(), name()) { transfer in
    var memory = TextMemory(limit: limit)
    defer { for piece in memory.pieces { piece.deallocate() } }
    return try withUnsafeMutablePointer(to: &memory) { pointer in
      try checked("read", name()) {
        H5Pset_vlen_mem_manager(
          transfer,
          { size, data in data?.assumingMemoryBound(to: TextMemory.self).pointee.allocate(size) },
          pointer, { _, _ in }, nil)
      }
      do {
        return try body(transfer)
      } catch {
        guard pointer.pointee.bytes <= limit else {
          throw HDF5Error.tooLarge(name: name(), bytes: pointer.pointee.bytes, limit: limit)
        }
        throw error
      }
    }
  }
}
