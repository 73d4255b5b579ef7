import CHDF5
import Synchronization

/// The open file that all objects taken from it share.
final class OpenFile: Sendable {
  let id: hid_t
  let path: String
  private let closed = Atomic<Bool>(false)

  init(id: hid_t, path: String) {
    self.id = id
    self.path = path
    dyn_close_on_exec(id)
  }

  /// Whether ``close()`` was called; the identifiers of its objects mean nothing then.
  var isClosed: Bool { closed.load(ordering: .acquiring) }

  /// Closes the file and everything open in it; a second call does nothing.
  func close() throws {
    guard !closed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    try checked("close", path) { H5Fclose(id) }
  }

  /// Makes ``close()`` do nothing.
  func abandon() { closed.store(true, ordering: .releasing) }

  deinit { try? close() }
}

/// One open group or dataset, closed when the last reference to it goes.
final class OpenObject: Sendable {
  let file: OpenFile
  /// The path from the root, `/` for the root itself.
  let path: String
  private let id: hid_t

  /// Takes over an identifier that the library has just given.
  init(id: hid_t, file: OpenFile, path: String) {
    self.id = id
    self.file = file
    self.path = path
  }

  deinit { if !file.isClosed { H5Oclose(id) } }

  /// The name for errors, `run.h5:/trajectory/loss`.
  var location: String { file.path + ":" + path }

  /// The path of what is called `name` here.
  func path(of name: String) -> String {
    if name.hasPrefix("/") { return name }
    return path == "/" ? "/" + name : path + "/" + name
  }

  /// The name for errors of what is called `name` here.
  func location(of name: String) -> String { file.path + ":" + path(of: name) }

  /// Where it lies in its file; two names with one address are one object.
  var address: UInt64 {
    get throws {
      var address: haddr_t = 0
      try use { id in _ = try checked("locate", location) { dyn_object_address(id, &address) } }
      return UInt64(address)
    }
  }

  /// Calls `body` with the identifier, which stays open meanwhile.
  ///
  /// - Throws: ``HDF5Error/closed(name:)`` after the file was closed.
  func use<Result>(_ body: (hid_t) throws -> Result) throws -> Result {
    guard !file.isClosed else { throw HDF5Error.closed(name: location) }
    return try withExtendedLifetime(self) { try body(id) }
  }
}
