import Datasets
import Dynamics
import FiniteGroups
import Networks
import RandomStreams
import Recording
import Scenarios

/// A run of networks that compose elements of a group, with the representations of the group.
public struct ComposedRun: Sendable {
  /// The scenario.
  public let scenario: Scenario
  /// Group, representations and Fourier transform.
  public let transform: GroupFourierTransform
  /// The iterations whose weights are dissected, ascending; the last is that of ``networks``.
  public let iterations: [Int]
  /// The networks at the last of these iterations.
  public var networks: [CompositionNetwork<Double>] { states[states.count - 1] }
  /// The networks at every one of them, shape [iteration][net].
  public let states: [[CompositionNetwork<Double>]]
  /// The pairs of each network.
  public let pairs: [CompositionPairs]
  private let training: CompositionTraining

  /// Which weights of a run are read.
  public enum Moments: Equatable, Sendable {
    /// Those at the end.
    case end
    /// Those at a recorded iteration.
    case iteration(Int)
    /// Those at every recorded iteration.
    case all
  }

  /// Reads the networks of a run.
  ///
  /// - Throws: ``DissectionError`` when the run has no group or has not kept the weights;
  ///   `RecordingError` or `HDF5Error`.
  public init(_ run: RunFile, at moments: Moments = .end) throws {
    guard case .composition = run.scenario.network else {
      throw DissectionError.noGroup(path: run.path, kind: run.scenario.network.kind)
    }
    scenario = run.scenario
    let training = try CompositionTraining(scenario)
    self.training = training
    let recorded = try run.iterations()
    guard let last = recorded.last else { throw RecordingError.noNetworks(path: run.path) }
    func wrapped(_ parameters: [[Double]]) -> [CompositionNetwork<Double>] {
      parameters.map { CompositionNetwork(shape: training.shape, parameters: $0) }
    }
    func networks(atRow row: Int) throws -> [CompositionNetwork<Double>] {
      guard let found = try run.networkParameters(atRow: row) else {
        throw DissectionError.noWeights(training.shape.arrays.map(\.name))
      }
      return wrapped(found)
    }
    switch moments {
    case .end:
      iterations = [last]
      states = [wrapped(try run.networkParameters())]
    case .iteration(let wanted):
      iterations = [wanted]
      states = [try networks(atRow: recorded.row(of: wanted))]
    case .all:
      iterations = recorded
      states = try recorded.indices.map(networks(atRow:))
    }
    pairs = try (0..<training.count).map { try training.pairs(ofNetwork: $0) }
    transform = GroupFourierTransform(pairs[0].group)
  }

  /// Sizes of the networks.
  public var shape: CompositionShape { training.shape }

  /// New networks by the start of the scenario, other than those that were trained.
  public func freshNetworks(_ count: Int) -> [CompositionNetwork<Double>] {
    // One stream goes on from network to network, from the seed after the ensemble's last.
    var stream = TorchStream(seed: scenario.seed + training.count)
    return (0..<count).map { _ in
      CompositionNetwork<Float>(shape: training.shape, using: &stream).widened
    }
  }
}

extension [Int] {
  /// Place of a recorded iteration.
  ///
  /// - Throws: ``DissectionError/notRecorded(iteration:nearest:)``.
  func row(of iteration: Int) throws -> Int {
    guard let row = firstIndex(of: iteration) else {
      let near = self.min { abs($0 - iteration) < abs($1 - iteration) }
      throw DissectionError.notRecorded(iteration: iteration, nearest: near ?? 0)
    }
    return row
  }
}
