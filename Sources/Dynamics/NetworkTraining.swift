import Networks
import Scenarios

/// A scenario with networks that train on rows, ready to train.
///
/// Each network of an ensemble has its own seed, from which its rows and its start are drawn.
public protocol NetworkTraining: Sendable {
  /// The scenario.
  var scenario: Scenario { get }
  /// Where the parameters of every network lie.
  var networkShape: any NetworkShape { get }
  /// Number of training rows of each network.
  var rows: Int { get }
  /// Number of validation rows of each network.
  var validRows: Int { get }
  /// The numbers that the networks train in.
  var precision: DenseNetworkSection.Precision { get }
  /// The networks in words, such as `4–16–2, relu`.
  var words: String { get }
  /// The parameters of a network, counted from 0, at its start.
  ///
  /// - Throws: as drawing does.
  func start(ofNetwork network: Int) throws -> [Double]
}

extension NetworkTraining {
  /// Number of networks.
  public var count: Int { scenario.ensemble }
  /// Seed of each network.
  public var seeds: [Int] { (0..<count).map { scenario.seed + $0 } }
  /// Number of steps in a pass over all training rows.
  public var stepsPerEpoch: Int {
    scenario.training.batch.map { (rows + $0 - 1) / $0 } ?? 1
  }
}
