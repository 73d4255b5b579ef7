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

/// The texts of a dataset or an attribute, of fixed or variable length.
///
/// - Parameters:
///   - type: the type as in the file.
///   - space: the dataspace they fill.
///   - count: the number of texts.
///   - limit: the most bytes to allocate.
///   - name: for errors.
///   - read: reads all values as a memory type; called with no buffer first when the length of the
///     texts is variable, to measure them.
func texts(
  type: hid_t, space: hid_t, count: Int, limit: Int, _ name: @autoclosure () -> String,
  _ read: (hid_t, UnsafeMutableRawPointer?) throws -> herr_t
) throws -> [String] {
  let elementType = HDF5ElementType(of: type)
  guard elementType == .string else {
    throw HDF5Error.wrongType(name: name(), expected: "reading as text", found: "\(elementType)")
  }
  if try checked("read the type of", name(), { H5Tis_variable_str(type) }) > 0 {
    try requireMemory(count: count, bytesEach: 16, limit: limit, name())
    guard count > 0 else { return [] }
    return try withTextType(name(), encoding: H5Tget_cset(type)) { memoryType in
      try checked("read", name()) { try read(memoryType, nil) }
      var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
      return try pointers.withUnsafeMutableBytes { buffer in
        defer { H5Dvlen_reclaim(memoryType, space, hid_t(H5P_DEFAULT), buffer.baseAddress) }
        try checked("read", name()) { try read(memoryType, buffer.baseAddress) }
        return buffer.bindMemory(to: UnsafeMutablePointer<CChar>?.self)
          .map { $0.map { String(cString: $0) } ?? "" }
      }
    }
  }
  let size = Int(clamping: H5Tget_size(type))
  try requireMemory(count: count, bytesEach: size, limit: limit, name())
  guard count > 0, size > 0 else { return [] }
  var bytes = [UInt8](repeating: 0, count: count * size)
  try checked("read", name()) { try bytes.withUnsafeMutableBytes { try read(type, $0.baseAddress) } }
  let isPadded = H5Tget_strpad(type) == H5T_STR_SPACEPAD
  return (0..<count).map { index in
    var text = bytes[index * size..<(index + 1) * size].prefix { $0 != 0 }
    if isPadded { while text.last == UInt8(ascii: " ") { text.removeLast() } }
    return String(decoding: text, as: UTF8.self)
  }
}
