import CHDF5

/// An HDF5 file, open until ``close()`` or until the last object taken from it goes.
///
/// Two files written by the same calls are equal byte for byte: no times are stored, and creation
/// order is tracked on every group, so tools list names in the order they were written.
public final class HDF5File: Sendable {
  /// What an open file may be used for.
  public enum Mode: Sendable {
    /// Reading; refused while another program writes.
    case readOnly
    /// Reading and changing; refused while another program has it open.
    case readWrite
    /// Reading what another program is writing after ``HDF5File/startSWMRWrite()``, or what it
    /// left unfinished when it was killed, without changing it.
    case readUnfinished
    /// Reading and changing what a killed program left; the file is clean after closing it.
    case recover
  }

  let file: OpenFile

  /// The path it was opened with.
  public var path: String { file.path }

  private init(file: OpenFile) { self.file = file }

  /// Creates an empty file in the format of HDF5 1.10, which any newer release reads too.
  ///
  /// - Parameters:
  ///   - path: where; the folder must exist.
  ///   - exclusive: whether an existing file is an error (the default) or is emptied.
  /// - Throws: ``HDF5Error/failed(operation:name:message:)``.
  public static func create(_ path: String, exclusive: Bool = true) throws -> HDF5File {
    HDF5Library.prepare()
    let flags = exclusive ? dyn_H5F_ACC_EXCL() : dyn_H5F_ACC_TRUNC()
    let id = try withProperties(dyn_H5P_FILE_CREATE(), path) { creation in
      try checked("set up", path) { trackOrderWithoutTimes(creation) }
      return try withAccess(path) { access in
        try checked("create", path) { H5Fcreate(path, flags, creation, access) }
      }
    }
    return HDF5File(file: OpenFile(id: id, path: path))
  }

  /// Opens an existing file.
  ///
  /// A killed program leaves a mark that it is still writing; `.readUnfinished` and `.recover`
  /// disregard it. What they find is whole when the program had called ``startSWMRWrite()``, or
  /// had written nothing after its last ``flush()``.
  ///
  /// - Parameters:
  ///   - path: where the file is.
  ///   - mode: what it may be used for.
  ///   - isLocked: whether the library keeps readers and writers apart; false for a writer that has
  ///     made sure of being the only one, and whom a reader must not stop.
  /// - Throws: ``HDF5Error/failed(operation:name:message:)`` when there is none, when it is not
  ///   an HDF5 file, or when another program holds it.
  public static func open(
    _ path: String, mode: Mode = .readOnly, isLocked: Bool = true
  ) throws -> HDF5File {
    switch mode {
    case .readOnly: return try open(path, dyn_H5F_ACC_RDONLY(), isLocked: isLocked)
    case .readWrite: return try open(path, dyn_H5F_ACC_RDWR(), isLocked: isLocked)
    case .readUnfinished:
      let concurrent = dyn_H5F_ACC_RDONLY() | dyn_H5F_ACC_SWMR_READ()
      if let file = try? open(path, concurrent) { return file }
      return try open(path, dyn_H5F_ACC_RDONLY(), disregardingMarks: true)
    case .recover:
      let file = try open(
        path, dyn_H5F_ACC_RDWR(), disregardingMarks: true, isLocked: isLocked)
      // Blocks written last may lie beyond the end that the file knows of.
      try checked("recover", path) { H5Fincrement_filesize(file.file.id, 0) }
      return file
    }
  }

  private static func open(
    _ path: String, _ flags: UInt32, disregardingMarks: Bool = false, isLocked: Bool = true
  ) throws -> HDF5File {
    HDF5Library.prepare()
    let id = try withAccess(path, isLocked: isLocked) { access in
      if disregardingMarks {
        // The properties by which the library's own repair tool, h5clear, opens such a file.
        var yes = true
        for property in ["clear_status_flags", "skip_eof_check"] {
          try checked("set up", path) { H5Pset(access, property, &yes) }
        }
      }
      return try checked("open", path) { H5Fopen(path, flags, access) }
    }
    return HDF5File(file: OpenFile(id: id, path: path))
  }

  /// The group all others are in.
  public var root: HDF5Group {
    get throws {
      guard !file.isClosed else { throw HDF5Error.closed(name: path) }
      let id = try withLinkAccess(dyn_H5P_GROUP_ACCESS(), path) { access in
        try checked("open the root of", path) { H5Gopen2(file.id, "/", access) }
      }
      return HDF5Group(OpenObject(id: id, file: file, path: "/"))
    }
  }

  /// Hands everything written so far to the operating system, so that it survives a killed program.
  public func flush() throws {
    guard !file.isClosed else { throw HDF5Error.closed(name: path) }
    try checked("flush", path) { H5Fflush(file.id, H5F_SCOPE_LOCAL) }
  }

  /// Lets other programs read the file while this one appends to it (single writer, many readers).
  ///
  /// Create all groups, datasets and attributes before; after, only append, overwrite numbers in
  /// datasets and ``HDF5Dataset/flush()``, coordinates last. Close and open again to change
  /// attributes. Whatever moment the program is killed at, what was flushed can be read with
  /// ``Mode/readUnfinished`` and repaired with ``Mode/recover`` (or, outside of this program, with
  /// `h5clear -s --increment=0 FILE`; without the increment, h5clear cuts the file off).
  public func startSWMRWrite() throws {
    guard !file.isClosed else { throw HDF5Error.closed(name: path) }
    try checked("start concurrent reading of", path) { H5Fstart_swmr_write(file.id) }
  }

  /// Writes everything out and closes the file and all that was taken from it.
  ///
  /// A second call does nothing. Without a call, the file closes with its last object, and an
  /// error then has nobody to go to. Not to be called while another thread uses the file.
  public func close() throws { try file.close() }

  /// Lets go of the file without writing another byte, after it could not be written.
  ///
  /// What was flushed before can be read with ``Mode/readUnfinished``. The library could crash in
  /// closing a file that it failed to write, so its memory is given back only with the process.
  public func abandon() { file.abandon() }
}

/// A file's access properties: its format, its locking, and that closing it closes everything.
private func withAccess<Result>(
  _ path: String, isLocked: Bool = true, _ body: (hid_t) throws -> Result
) throws -> Result {
  try withProperties(dyn_H5P_FILE_ACCESS(), path) { access in
    try checked("set up", path) {
      H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110)
    }
    try checked("set up", path) { H5Pset_fclose_degree(access, H5F_CLOSE_STRONG) }
    // Series are written and read in whole blocks: room for one compressed block of each is enough.
    try checked("set up", path) { H5Pset_cache(access, 0, 521, 64 << 10, 0.75) }
    // A file system without locks, as on some clusters, is no reason to refuse the file.
    try checked("set up", path) { H5Pset_file_locking(access, isLocked, true) }
    return try body(access)
  }
}

/// Makes what is created with these properties keep the order of its names and no times.
func trackOrderWithoutTimes(_ group: hid_t) -> herr_t {
  let order = UInt32(H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED)
  return min(
    H5Pset_link_creation_order(group, order), H5Pset_attr_creation_order(group, order),
    H5Pset_obj_track_times(group, false))
}

/// Access properties under which no link is followed out of the file.
func withLinkAccess<Result>(
  _ list: hid_t, _ name: @autoclosure () -> String, _ body: (hid_t) throws -> Result
) throws -> Result {
  try withProperties(list, name()) { access in
    try checked("set up access to", name()) {
      H5Pset_elink_cb(access, { _, _, _, _, _, _, _ in -1 }, nil)
    }
    return try body(access)
  }
}
