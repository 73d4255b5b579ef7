import Foundation
import Synchronization

/// The file into which one process of a sweep writes the runs that it finishes, one after the other.
///
/// It is private to the process, under a name that nobody else takes, and gets its final name when
/// its work is done. A run is written whole by one call of the system, so that a killed process
/// leaves all that it had finished.
public final class RunJournal: Sendable {
  private let state: Mutex<State>

  private struct State {
    var descriptor: Int32
    var path: String
    var lastSync = ContinuousClock.now
  }

  /// The ending of a file that is being written, or was left behind.
  static let openEnding = ".part"
  /// The ending of a file that was finished.
  static let closedEnding = ".runs"

  /// Starts a journal in a folder.
  ///
  /// - Parameter name: begins the file's name, such as `shard-3-of-8`.
  /// - Throws: ``RecordingError/notWritable(path:reason:)``.
  public init(in folder: String, name: String) throws {
    let unique = UUID().uuidString.prefix(8).lowercased()
    let path = "\(folder)/\(name).\(unique)\(Self.openEnding)"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw RecordingError.notWritable(path) }
    state = Mutex(State(descriptor: descriptor, path: path))
  }

  deinit { state.withLock { if $0.descriptor >= 0 { _ = close($0.descriptor) } } }

  /// Adds a run; it is there for good, unless the machine itself goes down within seconds.
  ///
  /// - Throws: ``RecordingError/notWritable(path:reason:)``.
  public func append(run: Int, identity: RunIdentity, _ record: RunRecord) throws {
    var bytes = record.encoded(behind: JournalEntry.headerBytes)
    let entry = bytes.withUnsafeBytes { bytes in
      JournalEntry(
        run: run, identity: identity,
        payload: UnsafeRawBufferPointer(rebasing: bytes[JournalEntry.headerBytes...]))
    }
    bytes.replaceSubrange(0..<JournalEntry.headerBytes, with: entry.header)
    try state.withLock { state in
      try bytes.withUnsafeBytes { buffer in
        var rest = buffer[...]
        while !rest.isEmpty {
          let written = write(
            state.descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
          guard written > 0 || errno == EINTR else { throw RecordingError.notWritable(state.path) }
          rest = rest.dropFirst(max(0, written))
        }
      }
      let now = ContinuousClock.now
      if now - state.lastSync > .seconds(5) {
        fdatasync(state.descriptor)
        state.lastSync = now
      }
    }
  }

  /// Brings everything to the disk and gives the file its final name.
  ///
  /// - Throws: ``RecordingError/notWritable(path:reason:)``.
  public func finish() throws {
    try state.withLock { state in
      let final = String(state.path.dropLast(Self.openEnding.count)) + Self.closedEnding
      guard fsync(state.descriptor) == 0, close(state.descriptor) == 0 else {
        throw RecordingError.notWritable(state.path)
      }
      state.descriptor = -1
      guard rename(state.path, final) == 0 else { throw RecordingError.notWritable(state.path) }
      state.path = final
    }
  }
}

/// What makes a run what it is: a hash of its resolved scenario.
public struct RunIdentity: Hashable, Sendable, CustomStringConvertible {
  /// 64 hexadecimal digits.
  public let description: String

  /// The identity of given digits.
  public init(_ hexadecimal: String) { description = hexadecimal }
}

/// One run of a journal: what is written in front of it.
struct JournalEntry {
  let run: Int
  let identity: RunIdentity
  let payloadBytes: Int
  let payloadSum: UInt64

  static let headerBytes = 112
  /// "dynrun" and the version of the form.
  private static let magic: UInt64 = 0x0002_6e75_726e_7964

  init(run: Int, identity: RunIdentity, payload: UnsafeRawBufferPointer) {
    (self.run, self.identity) = (run, identity)
    payloadBytes = payload.count
    payloadSum = Self.sum(payload)
  }

  /// The header as bytes: five words about 64 digits, the last the sum of all before.
  var header: [UInt8] {
    var bytes: [UInt8] = []
    func append(_ word: UInt64) { withUnsafeBytes(of: word) { bytes.append(contentsOf: $0) } }
    append(Self.magic)
    append(UInt64(run))
    bytes.append(contentsOf: identity.description.utf8.prefix(64))
    append(UInt64(payloadBytes))
    append(payloadSum)
    append(bytes.withUnsafeBytes(Self.sum))
    append(0)
    return bytes
  }

  /// The entry that a header announces; nil if it is none.
  init?(header: UnsafeRawBufferPointer) {
    func word(_ offset: Int) -> UInt64 {
      header.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
    guard header.count == Self.headerBytes, word(0) == Self.magic,
      word(96) == Self.sum(UnsafeRawBufferPointer(rebasing: header[..<96])),
      let run = Int(exactly: word(8)), let count = Int(exactly: word(80))
    else { return nil }
    self.run = run
    identity = RunIdentity(String(decoding: header[16..<80], as: UTF8.self))
    (payloadBytes, payloadSum) = (count, word(88))
  }

  /// A number that damage to the bytes changes, surely if it is to one word of them.
  ///
  /// Every step can be undone, so that different words never lead to the same number from there on.
  static func sum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let factor: UInt64 = 0x9e37_79b9_7f4a_7c15
    func mixed(_ state: UInt64, _ word: UInt64) -> UInt64 {
      let product = (state ^ word) &* factor
      return product ^ (product >> 29)
    }
    func word(_ offset: Int) -> UInt64 {
      bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
    // Four at a time, each of which waits for itself alone.
    var (a, b, c, d): (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
    var offset = 0
    while offset + 32 <= bytes.count {
      a = mixed(a, word(offset))
      b = mixed(b, word(offset + 8))
      c = mixed(c, word(offset + 16))
      d = mixed(d, word(offset + 24))
      offset += 32
    }
    while offset < bytes.count {
      a = mixed(a, UInt64(bytes[offset]))
      offset += 1
    }
    return [b, c, d, UInt64(bytes.count)].reduce(a, mixed)
  }
}
