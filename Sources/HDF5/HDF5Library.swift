import CHDF5

/// The HDF5 C library this program runs with.
///
/// All of this module may be used from any thread: a library built thread-safe, as Debian's is,
/// takes its own global lock around every call and keeps one error stack per thread, so this
/// module adds no lock. With a library that is not (``isThreadSafe`` says so), use one thread.
///
/// A damaged file throws when it is read, as far as the library itself holds: release 1.10.8 trusts
/// the stored sizes of texts of variable length, which have no checksum, and may crash or hang on
/// them. Values have none either: damage in them alone goes unnoticed.
public enum HDF5Library {
  /// Its version, such as `1.10.8`.
  public static var version: String {
    prepare()
    var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
    H5get_libversion(&major, &minor, &release)
    return "\(major).\(minor).\(release)"
  }

  /// Whether it was built to be called from several threads.
  public static var isThreadSafe: Bool {
    prepare()
    var answer = false
    return H5is_library_threadsafe(&answer) >= 0 && answer
  }

  /// Makes the library leave abandoned files alone when the process ends; before all other calls.
  static func prepare() { _ = isPrepared }
  private static let isPrepared = H5dont_atexit() >= 0
}

/// The result of a call into the library, or its innermost error as an ``HDF5Error``.
@discardableResult
func checked<Result: FixedWidthInteger>(
  _ operation: String, _ name: @autoclosure () -> String, _ call: () throws -> Result
) throws -> Result {
  dyn_silence_errors()
  let result = try call()
  guard result >= 0 else {
    throw HDF5Error.failed(operation: operation, name: name(), message: innermostMessage())
  }
  return result
}

/// The message of the deepest function on this thread's error stack, on one line.
private func innermostMessage() -> String {
  var message = "the HDF5 library gave no reason"
  withUnsafeMutablePointer(to: &message) { pointer in
    _ = H5Ewalk2(
      hid_t(H5E_DEFAULT), H5E_WALK_UPWARD,
      { _, frame, data in
        guard let text = frame?.pointee.desc, let data else { return -1 }
        data.assumingMemoryBound(to: String.self).pointee = String(cString: text)
        return 1
      }, pointer)
  }
  // Of a refusal of the system, with its time, address and sizes, the reason is enough.
  let parts = message.split(separator: "'", omittingEmptySubsequences: false)
  if let before = parts.firstIndex(where: { $0.hasSuffix("error message = ") }),
    before + 1 < parts.count, let colon = message.firstIndex(of: ":")
  {
    message = message[..<colon] + ": " + parts[before + 1]
  }
  let words = message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  return words.hasSuffix(".") ? String(words.dropLast()) : words
}

/// Calls `body` with a new property list and closes it after.
func withProperties<Result>(
  _ list: hid_t, _ name: @autoclosure () -> String, _ body: (hid_t) throws -> Result
) throws -> Result {
  let properties = try checked("make a property list for", name()) { H5Pcreate(list) }
  defer { H5Pclose(properties) }
  return try body(properties)
}

/// Calls `body` with a dataspace of a shape (`[]` is one value) and closes it after.
func withSpace<Result>(
  shape: [Int], maximum: [Int?]? = nil, _ name: @autoclosure () -> String,
  _ body: (hid_t) throws -> Result
) throws -> Result {
  guard shape.count <= 32, shape.allSatisfy({ $0 >= 0 }) else {
    throw HDF5Error.wrongShape(
      name: name(), expected: "at most 32 axes of sizes ≥ 0", found: "the shape \(shape)")
  }
  let space = try checked("make the shape \(shape) for", name()) {
    if shape.isEmpty { return H5Screate(H5S_SCALAR) }
    let limits = (maximum ?? shape).map { $0.map(hsize_t.init) ?? dyn_H5S_UNLIMITED() }
    return H5Screate_simple(Int32(shape.count), shape.map(hsize_t.init), limits)
  }
  defer { H5Sclose(space) }
  return try body(space)
}
