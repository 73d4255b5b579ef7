/// What can go wrong with what is recorded, apart from the file itself.
public enum RecordingError: Error, Equatable, CustomStringConvertible {
  /// A quantity of this name cannot be asked for.
  case unknownQuantity(String, known: [String])
  /// The file lacks something that a run file has, or holds it in another form.
  case notARun(path: String, reason: String)
  /// The file was written in a format that this program is too old for.
  case newerFormat(path: String, version: Int, known: Int)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .unknownQuantity(let name, let known):
      "There is no quantity \(name) to save: choose among \(known.joined(separator: ", "))."
    case .notARun(let path, let reason):
      "\(path) is not a run that dyn wrote: \(reason)."
    case .newerFormat(let path, let version, let known):
      "\(path) has format version \(version), but this dyn reads only up to \(known): "
        + "use a newer dyn."
    }
  }
}
