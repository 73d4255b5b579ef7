/// What can go wrong when figures are made.
public enum PlottingError: Error, Equatable, CustomStringConvertible {
  /// There is no figure of this name.
  case unknownFigure(String, known: [String])
  /// The run has no values for a figure.
  case nothingToDraw(figure: String, path: String)
  /// Several runs have no panel of a figure in common; nil for none of any figure.
  case nothingInCommon(figure: String?, paths: [String])
  /// A file or folder cannot be written.
  case notWritable(path: String, reason: String)
  /// gnuplot could not be started.
  case notStarted(path: String, reason: String)
  /// gnuplot stopped with an error; what it said is in the message.
  case notDrawn(scripts: [String], status: Int, message: String)

  /// What happened and what to do, for a person.
  public var description: String {
    switch self {
    case .unknownFigure(let name, let known):
      "There is no figure \(name): choose among \(known.joined(separator: ", "))."
    case .nothingToDraw(let figure, let path):
      "\(path) holds nothing to draw as \(figure): 'dyn inspect' lists what was recorded."
    case .nothingInCommon(let figure, let paths):
      "\(paths.joined(separator: ", ")) have nothing in common to draw\(figure.map { " as \($0)" } ?? ""): "
        + "draw them one by one, or choose runs that recorded the same quantities."
    case .notWritable(let path, let reason):
      "\(path) cannot be written (\(reason)): choose another folder."
    case .notStarted(let path, let reason):
      "gnuplot at \(path) cannot be started (\(reason)): check the installation."
    case .notDrawn(let scripts, let status, let message):
      "gnuplot stopped with status \(status) on \(scripts.joined(separator: ", ")): "
        + (message.isEmpty ? "it said nothing; run it there by hand." : message)
    }
  }
}
