/// What can go wrong with what is recorded, apart from the file itself.
public enum RecordingError: Error, Equatable, CustomStringConvertible {
  /// A quantity of this name cannot be asked for.
  case unknownQuantity(String, known: [String])
  /// The run did not record a quantity of this name.
  case notRecorded(String, known: [String])
  /// The network is not linear, so there is no problem that theories speak of.
  case noProblem(path: String)
  /// The run has not kept the networks that it trained.
  case noNetworks(path: String)
  /// A format holds one quantity only.
  case needsOneQuantity(format: String)
  /// The file lacks something that a run file has, or holds it in another form.
  case notARun(path: String, reason: String)
  /// The file was written in a format that this program is too old for.
  case newerFormat(path: String, version: Int, known: Int)
  /// The file beside a run is not the state of one.
  case notACheckpoint(path: String, reason: String)
  /// The checkpoint is of another scenario than the run beside it.
  case otherScenario(path: String)
  /// What a scenario draws here is not what the file holds.
  case otherData(path: String)
  /// An axis of a sweep is called as something else in its file, or is no name.
  case axisTaken(String)
  /// The runs of a sweep are recorded at too many different iterations.
  case tooManyIterations(Int)
  /// The file is not that of a sweep.
  case notASweep(path: String, reason: String)
  /// A file cannot be written.
  case notWritable(path: String, reason: String)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .unknownQuantity(let name, let known):
      "There is no quantity \(name) to save: choose among \(known.joined(separator: ", "))."
    case .notRecorded(let name, let known):
      "The run did not record \(name): choose among \(known.joined(separator: ", "))."
    case .noProblem(let path):
      "\(path) is a run of a network that is not linear, of which no theory is exact: "
        + "choose a run of a linear network."
    case .noNetworks(let path):
      "\(path) holds no trained networks: choose a run that has come to its end, or 'dyn resume' it."
    case .needsOneQuantity(let format):
      "A file of the format \(format) holds one quantity: name it with --quantity."
    case .notARun(let path, let reason):
      "\(path) is not a run that dyn wrote: \(reason)."
    case .newerFormat(let path, let version, let known):
      "\(path) has format version \(version), but this dyn reads only up to \(known): "
        + "use a newer dyn."
    case .notACheckpoint(let path, let reason):
      "\(path) is not a checkpoint that dyn wrote: \(reason); remove it to start the run over."
    case .otherScenario(let path):
      "\(path) belongs to another scenario than the run beside it: "
        + "remove it to start the run over."
    case .otherData(let path):
      "\(path) holds other data than its scenario draws here, as from another version, processor "
        + "or teacher file: go on where it was made, or start a new run."
    case .axisTaken(let name):
      "An axis cannot be called \(name), which is no plain word or the name of something else in the "
        + "file: give it another one, as in --over size:network.hidden=10,20."
    case .tooManyIterations(let count):
      "The runs are recorded at \(count) different iterations: record them at the same, or keep only "
        + "--keep summary or last."
    case .notASweep(let path, let reason):
      "\(path) is not a sweep that dyn wrote: \(reason)."
    case .notWritable(let path, let reason):
      "\(path) cannot be written (\(reason)): free some space, or choose another folder."
    }
  }
}
