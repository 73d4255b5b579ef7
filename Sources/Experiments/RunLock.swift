import Foundation
import Synchronization

/// The right to write into a run folder, which one process has at a time.
///
/// A lock of the operating system on the file `run.lock`, which holds the number of the process. It
/// ends with the process, however that ends; a file that a killed process left means nothing.
public final class RunLock: Sendable {
  /// The lock file.
  public let path: String
  private let descriptor: Int32
  private let isReleased = Atomic<Bool>(false)

  /// Takes the lock of a folder.
  ///
  /// - Throws: ``RunFolderError/inUse(path:process:)`` when another process has it,
  ///   ``RunFolderError/cannotCreate(path:reason:)`` when the folder cannot be written.
  public init(folder: String) throws {
    let path = folder + "/run.lock"
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else {
        throw RunFolderError.cannotCreate(path: path, reason: String(cString: strerror(errno)))
      }
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
        let process = Self.process(descriptor)
        close(descriptor)
        throw RunFolderError.inUse(path: folder, process: process)
      }
      // A file system without locks gives no protection; it is no reason to refuse the run.
      if Self.isStillNamed(descriptor, path) {
        let text = "\(getpid())\n"
        ftruncate(descriptor, 0)
        _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
        self.path = path
        self.descriptor = descriptor
        return
      }
      // The process that had it removed the file in the meantime.
      close(descriptor)
    }
  }

  /// Gives the lock back and removes its file; a second call does nothing.
  public func release() {
    guard !isReleased.exchange(true, ordering: .acquiringAndReleasing) else { return }
    if Self.isStillNamed(descriptor, path) { unlink(path) }
    close(descriptor)
  }

  deinit { release() }

  /// Whether an open file is the one that a path names.
  private static func isStillNamed(_ descriptor: Int32, _ path: String) -> Bool {
    var (held, named) = (stat(), stat())
    return fstat(descriptor, &held) == 0 && stat(path, &named) == 0
      && held.st_ino == named.st_ino && held.st_dev == named.st_dev
  }

  private static func process(_ descriptor: Int32) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    let text = String(decoding: bytes.prefix(count), as: UTF8.self)
    return Int32(text.prefix { $0.isNumber })
  }
}
