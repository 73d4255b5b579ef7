import Datasets
import LinearAlgebra
import Networks
import RandomStreams
import Scenarios

/// A scenario with dense networks, ready to train.
///
/// Each network of an ensemble has its own seed, from which its rows, its start and the order of its
/// batches are drawn, one after the other.
public struct DenseTraining: NetworkTraining {
  /// The scenario.
  public let scenario: Scenario
  /// The section of the network.
  public let section: DenseNetworkSection
  /// Shape of every network.
  public let shape: DenseShape
  /// Number of training rows of each network.
  public let rows: Int
  /// Number of validation rows of each network.
  public let validRows: Int
  /// Reads the matrix at a path that the scenario names.
  private let reading: MatrixReader
  /// The rows, where all networks learn from the same ones.
  private let shared: LabelledSamples?

  /// What a seed gives: rows, start, and the stream after it.
  public struct Drawn: Sendable {
    /// The rows.
    public let samples: LabelledSamples
    /// The network at its start.
    public let start: DenseNetwork<Float>
    /// PyTorch's stream after the start.
    public let stream: TorchStream
  }

  /// Prepares a scenario; draws the first network's rows to see that they can be drawn.
  ///
  /// - Throws: `ScenarioError`, `LinearAlgebraError` or `RandomStreamError`.
  public init(_ scenario: Scenario, reading: @escaping MatrixReader = { try readMatrixFile($0) })
    throws
  {
    try scenario.validate()
    guard case .dense(let section) = scenario.network else {
      throw ScenarioError(
        key: "network.kind", problem: "The network is of the kind \(scenario.network.kind)",
        remedy: "set network.kind to dense")
    }
    self.scenario = scenario
    self.section = section
    self.reading = reading
    let samples = try Self.draw(scenario, section, seed: scenario.seed, reading).samples
    shared = scenario.data.isShared ? samples : nil
    shape = section.shape(of: scenario.data)
    rows = samples.inputs.rows
    validRows = samples.validInputs.rows
  }

  /// Where the parameters of every network lie.
  public var networkShape: any NetworkShape { shape }
  /// The numbers that the networks train in.
  public var precision: DenseNetworkSection.Precision { section.precision }
  /// The networks in words.
  public var words: String {
    shape.widths.map(String.init).joined(separator: "–") + ", " + shape.activation.rawValue
  }

  /// Examples of every class where the rows are images: as many of each, class after class; nil for
  /// other data.
  public func examples(ofEachClass count: Int = 6) -> (inputs: Matrix<Double>, classes: [Int])? {
    guard scenario.data.image != nil, let shared else { return nil }
    let outputs = shared.targets.columns
    var found = [[Int]](repeating: [], count: outputs)
    for row in 0..<shared.targets.rows {
      for output in 0..<outputs
      where shared.targets[row, output] == 1 && found[output].count < count {
        found[output].append(row)
      }
    }
    let classes = (0..<outputs).flatMap { Array(repeating: $0, count: found[$0].count) }
    return (shared.inputs.rows(found.flatMap(\.self)), classes)
  }

  /// The parameters of a network, counted from 0, at its start.
  ///
  /// - Throws: `ScenarioError` or `LinearAlgebraError`.
  public func start(ofNetwork network: Int) throws -> [Double] {
    try draw(network).start.widened.parameters
  }

  /// Draws the rows and the start of a network, counted from 0.
  ///
  /// - Throws: `ScenarioError` or `LinearAlgebraError`.
  public func draw(_ network: Int) throws -> Drawn {
    try Self.draw(scenario, section, seed: scenario.seed + network, reading, shared)
  }

  private static func draw(
    _ scenario: Scenario, _ section: DenseNetworkSection, seed: Int,
    _ reading: MatrixReader, _ shared: LabelledSamples? = nil
  ) throws -> Drawn {
    var numPy = try NumPyStream(seed: seed)
    var torch = TorchStream(seed: seed)
    let samples =
      try shared
      ?? scenario.drawLabelledSamples(numPy: &numPy, torch: &torch, reading: reading)
    let start = DenseNetwork<Float>(
      shape: section.shape(of: scenario.data), start: section, using: &torch)
    return Drawn(samples: samples, start: start, stream: torch)
  }

  /// All networks at their starts, in the numbers that they train in.
  ///
  /// - Throws: `ScenarioError` or `LinearAlgebraError`.
  public func ensemble<Scalar: DenseScalar>(
    of scalar: Scalar.Type, threads: Int
  ) throws -> NetworkEnsemble<DenseDescent<Scalar>> {
    var drawn = [Result<DenseDescent<Scalar>, any Error>?](repeating: nil, count: count)
    let inBatches = scenario.training.batch != nil
    let shared = shared.map { DenseRows<Scalar>($0, inBatches: inBatches) }
    // Threads that are left when every network has one share the work on large layers.
    let inside = max(1, threads / count)
    concurrently(&drawn, threads: threads) { network, result in
      result = Result {
        let drawn = try draw(network)
        return DenseDescent(
          scenario.training, riskLoss: scenario.record.riskLoss,
          rows: shared ?? DenseRows(drawn.samples, inBatches: inBatches),
          network: DenseNetwork(
            shape: shape, parameters: drawn.start.parameters.map { Scalar($0) }),
          stream: drawn.stream, threads: inside)
      }
    }
    return NetworkEnsemble(try drawn.compactMap { try $0?.get() }, threads: threads)
  }
}
