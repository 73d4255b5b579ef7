import Arguments
import Foundation
import Recording

/// The verb `export`: hands recorded values to other programs.
enum ExportCommand {
  static func perform(_ invocation: Invocation) throws -> Int32 {
    let run = try RunArguments.open(invocation.operands[0])
    let format = try invocation.choice("format", of: SeriesExport.Format.self) ?? .csv
    let names = invocation.values(of: "quantity").flatMap { typed in
      typed.flatMap { $0.split(separator: ",").map(String.init) }
    }
    let export = try SeriesExport(of: run, quantities: names, as: format)
    _ = signal(SIGPIPE, SIG_IGN)
    guard let path = invocation.text("out") else {
      try ByteStream(descriptor: STDOUT_FILENO, name: "standard output").use(export.write)
      return ExitStatus.done.rawValue
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw RecordingError.notWritable(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    try ByteStream(descriptor: descriptor, name: path).use(export.write)
    Terminal.result("wrote \(path)")
    return ExitStatus.done.rawValue
  }
}

/// Bytes on their way to a file or another program.
private struct ByteStream {
  let descriptor: Int32
  let name: String

  /// The reader has gone, as `head` does when it has seen enough.
  private struct Closed: Error {}

  /// Lets a function write; ends quietly when the reader has gone.
  ///
  /// - Throws: what `body` throws, or `RecordingError.notWritable(path:reason:)`.
  func use(_ body: (([UInt8]) throws -> Void) throws -> Void) throws {
    do { try body(put) } catch is Closed {}
  }

  private func put(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        if count < 0, errno == EPIPE { throw Closed() }
        guard count > 0 else {
          throw RecordingError.notWritable(path: name, reason: String(cString: strerror(errno)))
        }
        rest = rest.dropFirst(count)
      }
    }
  }
}
