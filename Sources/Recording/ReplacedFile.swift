import Foundation
import HDF5

/// Makes or replaces a file as a whole: whoever looks finds the old one, or the new one complete.
///
/// - Parameters:
///   - path: where the file is to be.
///   - write: writes and closes it at the path it is given, which lies beside.
/// - Throws: what `write` throws, or ``RecordingError/notWritable(path:reason:)``; the old file is
///   then still there.
func replaceFile(at path: String, _ write: (String) throws -> Void) throws {
  let new = path + ".new"
  do {
    try write(new)
    let descriptor = open(new, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw RecordingError.notWritable(path) }
    defer { close(descriptor) }
    // A power failure must not leave the new name on a file whose contents never came to disk.
    guard fsync(descriptor) == 0, rename(new, path) == 0 else {
      throw RecordingError.notWritable(path)
    }
  } catch {
    unlink(new)
    throw error
  }
}

/// Makes or replaces an HDF5 file as a whole, as ``replaceFile(at:_:)`` does.
///
/// - Throws: what `write` throws, `HDF5Error`, or ``RecordingError/notWritable(path:reason:)``.
func replaceHDF5File(at path: String, _ write: (HDF5File) throws -> Void) throws {
  try replaceFile(at: path) { new in
    let file = try HDF5File.create(new, exclusive: false)
    do {
      try write(file)
      try file.close()
    } catch {
      file.abandon()
      throw error
    }
  }
}

extension RecordingError {
  /// The error for a file that the system has just refused to write.
  static func notWritable(_ path: String) -> RecordingError {
    .notWritable(path: path, reason: String(cString: strerror(errno)))
  }
}
