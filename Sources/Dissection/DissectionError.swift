/// Why a run cannot be dissected.
public enum DissectionError: Error, Equatable, CustomStringConvertible {
  /// There is no analysis of this name.
  case unknown(String, known: [String])
  /// The run did not record its weights.
  case noWeights([String])
  /// The run recorded nothing at the iteration.
  case notRecorded(iteration: Int, nearest: Int)
  /// Only the layers of networks of two layers are recorded.
  case tooDeep(depth: Int)
  /// The networks have no hidden layer.
  case noHiddenLayer(analysis: String)
  /// Networks that compose elements of a group have an analysis of their own.
  case composes
  /// The run is none of networks that compose elements of a group.
  case noGroup(path: String, kind: String)
  /// There is no network of this number.
  case noNetwork(Int, count: Int)
  /// More directions are to be kept than there are.
  case tooManyRanks(Int, dimensions: Int)
  /// Networks of different widths are to be aligned.
  case differentShapes([Int], [Int])
  /// There is a single network.
  case nothingToAlign

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .unknown(let name, let known):
      "There is no analysis \(name): choose \(known.joined(separator: " or "))."
    case .noWeights(let names):
      "The run did not record its weights: run it again with --save \(names.joined(separator: " "))."
    case .notRecorded(let iteration, let nearest):
      "The run recorded nothing at step \(iteration): the nearest is --at \(nearest)."
    case .tooDeep(let depth):
      "The run is of a linear network of \(depth) layers, of which no weights are recorded: "
        + "train it with network.kind dense and network.activation linear."
    case .noHiddenLayer(let analysis):
      "The networks have no hidden layer, without which there is no \(analysis): "
        + "give network.hidden a width."
    case .composes:
      "The networks compose elements of a group: analyze their representations."
    case .noGroup(let path, let kind):
      "\(path) is a run of a \(kind) network and has no group whose representations could be "
        + "analysed: give a run of a composition network."
    case .noNetwork(let number, let count):
      "There is no network \(number): give one from 1 to \(count)."
    case .tooManyRanks(let rank, let dimensions):
      "No layer has \(rank) directions to keep: give --ranks up to \(dimensions)."
    case .differentShapes(let first, let second):
      "Networks of the widths \(words(first)) and \(words(second)) cannot be aligned: "
        + "give two runs of one shape."
    case .nothingToAlign:
      "The run has a single network: name a second run, or train with --ensemble 2."
    }
  }

  private func words(_ widths: [Int]) -> String {
    widths.map(String.init).joined(separator: "–")
  }
}
