import Foundation
import Synchronization

/// All runs that the journals of a sweep hold, whoever wrote them, found by number.
public final class RunJournals: Sendable {
  /// Where a run lies.
  private struct Place {
    var file: Int32
    var offset: Int
    var bytes: Int
    /// What its bytes must add up to; nil once they were seen to.
    var sum: UInt64?
    var status: RunRecord.Status
  }

  private let files: [String]
  private let places: [Int: Place]
  private let open = Mutex<[Int32: FileDescriptor]>([:])

  /// Runs that are not there although a finished journal says so, because their bytes are damaged.
  public let damaged: [Int]

  /// Looks through all journals of a folder; a missing folder holds none.
  ///
  /// Of a run that several journals hold, one that ended counts before one that failed. The end of
  /// a journal that a killed process left torn is passed over.
  ///
  /// - Parameters:
  ///   - identity: of the run of a number; a run of another one is passed over. Nil takes all.
  ///   - isThorough: whether the bytes of every run are held against their sum, and not only those
  ///     in journals that were never finished.
  /// - Throws: an error of Foundation when the folder cannot be read.
  public init(
    in folder: String, count: Int, isThorough: Bool = false,
    identity: (Int) throws -> RunIdentity?
  ) throws {
    var files: [String] = []
    var places: [Int: Place] = [:]
    var damaged: [Int] = []
    let names =
      FileManager.default.fileExists(atPath: folder)
      ? try FileManager.default.contentsOfDirectory(atPath: folder).sorted() : []
    for name in names {
      let isOpen = name.hasSuffix(RunJournal.openEnding)
      guard isOpen || name.hasSuffix(RunJournal.closedEnding) else { continue }
      guard let file = FileDescriptor(folder + "/" + name) else { continue }
      files.append(folder + "/" + name)
      var isSound = true
      try file.forEachEntry { entry, offset in
        guard (0..<count).contains(entry.run) else { return }
        if let wanted = try identity(entry.run), wanted != entry.identity { return }
        guard
          let head = file.read(
            at: offset, count: min(entry.payloadBytes, RunRecord.Head.fixedBytes)),
          let status = head.withUnsafeBytes({ bytes -> RunRecord.Status? in
            var reader = WordReader(bytes: bytes)
            return RunRecord.Head(&reader)?.status
          })
        else { return }
        if let known = places[entry.run], known.status != .failed || status == .failed { return }
        if isOpen || isThorough {
          guard let payload = file.read(at: offset, count: entry.payloadBytes),
            payload.withUnsafeBytes(JournalEntry.sum) == entry.payloadSum
          else {
            damaged.append(entry.run)
            isSound = false
            return
          }
        }
        places[entry.run] = Place(
          file: Int32(files.count - 1), offset: offset, bytes: entry.payloadBytes,
          sum: isOpen || isThorough ? nil : entry.payloadSum, status: status)
      }
      // From now on it is looked at as one that was never finished.
      if !isSound, !isOpen {
        rename(folder + "/" + name, folder + "/" + name + RunJournal.openEnding)
      }
    }
    (self.files, self.places) = (files, places)
    self.damaged = damaged.filter { places[$0] == nil }
  }

  /// How a run ended; `missing` if it is in no journal.
  public func status(of run: Int) -> RunRecord.Status { places[run]?.status ?? .missing }

  /// Number of runs that ended or failed.
  public var count: Int { places.count }

  /// Whether a run need not be run again.
  public func isFinished(_ run: Int) -> Bool {
    [.complete, .diverged].contains(status(of: run))
  }

  /// The sizes and iterations of a run, without its values; nil if it is in no journal.
  func layout(of run: Int) -> (sizes: [Axis: Int], iterations: [Int])? {
    guard let place = places[run], let file = descriptor(place.file),
      let words = file.read(at: place.offset, count: RunRecord.Head.fixedBytes),
      let head = words.withUnsafeBytes({ bytes in
        var reader = WordReader(bytes: bytes)
        return RunRecord.Head(&reader)
      }), head.rows <= place.bytes / 8,
      let rest = file.read(
        at: place.offset + RunRecord.Head.fixedBytes, count: 8 * (head.axes + head.rows))
    else { return nil }
    return rest.withUnsafeBytes { bytes in
      var reader = WordReader(bytes: bytes)
      guard let sizes = head.sizes(&reader), let rows = reader.integers(head.rows) else {
        return nil
      }
      return (sizes, rows)
    }
  }

  /// A run; nil if it is in no journal, or damaged.
  public func record(of run: Int) -> RunRecord? {
    guard let place = places[run], let file = descriptor(place.file),
      let payload = file.read(at: place.offset, count: place.bytes)
    else { return nil }
    return payload.withUnsafeBytes { bytes in
      place.sum.map { $0 == JournalEntry.sum(bytes) } ?? true ? RunRecord(bytes) : nil
    }
  }

  private func descriptor(_ file: Int32) -> FileDescriptor? {
    open.withLock { open in
      if let known = open[file] { return known }
      // More files than a process may have open are closed and opened again.
      if open.count >= 200 { open.removeAll() }
      let new = FileDescriptor(files[Int(file)])
      open[file] = new
      return new
    }
  }
}

/// A file that is read at any place.
private final class FileDescriptor: Sendable {
  private let descriptor: Int32
  private let size: Int

  init?(_ path: String) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    size = max(0, Int(lseek(descriptor, 0, SEEK_END)))
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Exactly so many bytes from a place; nil if there are fewer.
  func read(at offset: Int, count: Int) -> [UInt8]? {
    guard count >= 0, offset >= 0, count <= size - offset else { return nil }
    guard count > 0 else { return [] }
    return try? [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
      while initialised < count {
        let got = pread(
          descriptor, buffer.baseAddress.map { $0 + initialised }, count - initialised,
          off_t(offset + initialised))
        guard got > 0 else { throw CancellationError() }
        initialised += got
      }
    }
  }

  /// Calls the function with every whole entry and the place of its payload.
  func forEachEntry(_ body: (JournalEntry, _ payload: Int) throws -> Void) throws {
    var offset = 0
    while let header = read(at: offset, count: JournalEntry.headerBytes),
      let entry = header.withUnsafeBytes(JournalEntry.init(header:)),
      entry.payloadBytes <= size - offset - JournalEntry.headerBytes
    {
      offset += JournalEntry.headerBytes
      try body(entry, offset)
      offset += entry.payloadBytes
    }
  }
}
