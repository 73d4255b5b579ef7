import Foundation

/// Makes or replaces a file as a whole: whoever looks finds the old one, or the new one complete.
///
/// - Parameters:
///   - path: where the file is to be.
///   - write: writes and closes it at the path it is given, which lies beside.
/// - Throws: what `write` throws, or ``RecordingError/notWritable(path:reason:)``; the old file is
///   then still there.
func replaceFile(at path: String, _ write: (String) throws -> Void) throws {
  let new = path + ".new"
  func failed() -> RecordingError {
    RecordingError.notWritable(path: path, reason: String(cString: strerror(errno)))
  }
  do {
    try write(new)
    let descriptor = open(new, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failed() }
    // A power failure must not leave the new name on a file whose contents never came to disk.
    let isSafe = fsync(descriptor) == 0
    let error = isSafe ? nil : failed()
    close(descriptor)
    if let error { throw error }
    guard rename(new, path) == 0 else { throw failed() }
  } catch {
    unlink(new)
    throw error
  }
}
