/// What can go wrong with an HDF5 file; `name` reads `run.h5:/trajectory/loss` in every case.
public enum HDF5Error: Error, Equatable, CustomStringConvertible {
  /// The HDF5 library refused an operation, for the innermost reason on its error stack.
  case failed(operation: String, name: String, message: String)
  /// There is no group, dataset or attribute of this name.
  case missing(what: String, name: String)
  /// The object is a group where a dataset was asked for, or the reverse, or neither.
  case wrongKind(name: String, expected: String, found: String)
  /// The values in the file cannot be given, or taken, as the type asked for.
  case wrongType(name: String, expected: String, found: String)
  /// The number of values, the rows or the axis does not go with the shape in the file.
  case wrongShape(name: String, expected: String, found: String)
  /// Reading would take more memory than allowed; checked before anything is allocated.
  case tooLarge(name: String, bytes: Int, limit: Int)
  /// The file was closed before.
  case closed(name: String)

  /// One sentence on what is wrong, and where there is something to do, one on what.
  public var description: String {
    switch self {
    case .failed(let operation, let name, let message):
      let sentence = "Cannot \(operation) \(name): \(message)."
      return HDF5Error.advice(for: message).map { sentence + " " + $0 } ?? sentence
    case .missing(let what, let name):
      return "There is no \(what) \(name)."
    case .wrongKind(let name, let expected, let found):
      return "\(name) is a \(found), not a \(expected)."
    case .wrongType(let name, let expected, let found):
      return "\(name) holds \(found), which does not go with \(expected)."
    case .wrongShape(let name, let expected, let found):
      return "\(name) needs \(expected), not \(found)."
    case .tooLarge(let name, let bytes, let limit):
      let size = bytes == .max ? "more bytes than can be counted" : "\(bytes) bytes"
      return "\(name) holds \(size), above the limit of \(limit). "
        + "Raise the limit, or read some of its rows only."
    case .closed(let name):
      return "\(name) was closed before it was used. Open the file again."
    }
  }

  /// What a person can do about the library's message, where that is known.
  private static func advice(for message: String) -> String? {
    let known = [
      ("No such file or directory", "Check the path."),
      ("File exists", "Choose another name, or remove the old file first."),
      ("Permission denied", "Check who may read and write that folder."),
      ("No space left", "Free some space on that disk."),
      ("file signature not found", "It is not an HDF5 file, or it was cut off while new."),
      ("truncated file", "It was cut off; take an older copy."),
      ("already open", "Close it where it is open; after a crash, recover it."),
      ("unable to lock file", "Another program has it open; wait until it is closed."),
    ]
    return known.first { message.contains($0.0) }?.1
  }
}
