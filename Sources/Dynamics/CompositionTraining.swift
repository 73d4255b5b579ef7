import Datasets
import FiniteGroups
import LinearAlgebra
import Networks
import RandomStreams
import Scenarios

/// A scenario with networks that compose elements of a group, ready to train.
public struct CompositionTraining: NetworkTraining {
  /// The scenario.
  public let scenario: Scenario
  /// The section of the network.
  public let section: CompositionNetworkSection
  /// The section of the data.
  public let data: GroupData
  /// Sizes of every network.
  public let shape: CompositionShape
  /// Reads the matrix at a path that the scenario names.
  private let reading: MatrixReader

  /// Prepares a scenario.
  ///
  /// - Throws: `ScenarioError`.
  public init(_ scenario: Scenario, reading: @escaping MatrixReader = readTextMatrix) throws {
    try scenario.validate()
    guard case .composition(let section) = scenario.network, case .group(let data) = scenario.data
    else {
      throw ScenarioError(
        key: "network.kind", problem: "The network is of the kind \(scenario.network.kind)",
        remedy: "set network.kind to composition")
    }
    self.scenario = scenario
    self.reading = reading
    self.section = section
    self.data = data
    shape = CompositionShape(section, elements: data.group.order)
  }

  /// Where the parameters of every network lie.
  public var networkShape: any NetworkShape { shape }
  /// Number of training pairs.
  public var rows: Int { data.samples }
  /// Number of validation pairs.
  public var validRows: Int { data.testSamples }
  /// The numbers that the networks train in.
  public var precision: DenseNetworkSection.Precision { section.precision }
  /// The networks in words.
  public var words: String {
    "\(section.form.rawValue) on \(data.group.name), embeddings of \(shape.embedding)"
      + (section.form == .relu ? ", \(shape.hidden) hidden units" : "")
  }

  /// Draws the pairs of a network, counted from 0.
  ///
  /// - Throws: `RandomStreamError` or `GroupError`.
  public func pairs(ofNetwork network: Int) throws -> CompositionPairs {
    var numPy = try NumPyStream(seed: scenario.seed + network)
    return try data.draw(numPy: &numPy)
  }

  /// The parameters of a network, counted from 0, at its start: drawn, or those of a file.
  ///
  /// - Throws: `ScenarioError` for a file that has none of the right size.
  public func start(ofNetwork network: Int) throws -> [Double] {
    guard !section.weights.isEmpty else {
      var torch = TorchStream(seed: scenario.seed + network)
      return CompositionNetwork<Float>(shape: shape, using: &torch).widened.parameters
    }
    return try shape.arrays.flatMap { array in
      let matrix = try reading("\(section.weights)/\(array.name)")
      guard [matrix.rows, matrix.columns] == array.sizes else {
        throw ScenarioError(
          key: "network.weights",
          problem: "\(section.weights)/\(array.name) is \(matrix.shape) where the network has "
            + "\(array.sizes[0]) × \(array.sizes[1])",
          remedy: "give weights of such a network, or the sizes that these have")
      }
      return matrix.elements
    }
  }

  /// All networks at their starts, in the numbers that they train in.
  ///
  /// A single network takes its pairs on all threads; of several, each has its own.
  ///
  /// - Throws: `ScenarioError`, `RandomStreamError` or `GroupError`.
  public func ensemble<Scalar: DenseScalar>(
    of scalar: Scalar.Type, threads: Int
  ) throws -> NetworkEnsemble<CompositionDescent<Scalar>> {
    let descents = try (0..<count).map { network in
      CompositionDescent(
        scenario.training, pairs: try pairs(ofNetwork: network),
        network: CompositionNetwork(
          shape: shape, parameters: try start(ofNetwork: network).map { Scalar($0) }),
        threads: max(1, threads / count))
    }
    return NetworkEnsemble(descents, threads: threads)
  }
}
