import Datasets
import Dynamics
import LinearAlgebra
import Networks
import RandomStreams
import Recording
import Scenarios

/// The networks of a run, their rows, and new networks of the same start to compare them with.
public struct DissectedRun: Sendable {
  /// The scenario.
  public let scenario: Scenario
  /// The iteration whose weights are dissected.
  public let iteration: Int
  /// The networks; linear ones as dense networks without activation.
  public let networks: [DenseNetwork<Double>]
  /// Number of threads that analyses may use; nothing depends on it.
  public let threads: Int
  /// Where the run file is.
  let path: String
  /// Variance of the independent weights that each layer started from; nil where they depend on one
  /// another.
  let startVariances: [Double?]
  /// Draws the rows of a network, counted from 0.
  private let drawRows: @Sendable (Int) throws -> LabelledSamples
  /// Draws new networks.
  private let drawFresh: @Sendable (Int) throws -> [DenseNetwork<Double>]

  /// Shape of every network.
  public var shape: DenseShape { networks[0].shape }

  /// Reads the networks of a run.
  ///
  /// - Parameters:
  ///   - iteration: the recorded iteration whose weights are taken; nil for the end.
  ///   - threads: number of threads that analyses may use.
  ///   - reading: reads the matrix at a path that the scenario names.
  /// - Throws: ``DissectionError`` when the run has not kept the weights, `RecordingError`,
  ///   `HDF5Error`, or as drawing does.
  public init(
    _ run: RunFile, at iteration: Int? = nil, threads: Int = 1, reading: @escaping MatrixReader
  ) throws {
    scenario = run.scenario
    path = run.path
    self.threads = threads
    let recorded = try run.iterations()
    guard let last = recorded.last else { throw RecordingError.noNetworks(path: run.path) }
    self.iteration = iteration ?? last
    switch run.scenario.network {
    case .dense(let section):
      let training = try DenseTraining(run.scenario, reading: reading)
      networks =
        try iteration == nil
        ? run.networks()
        : Self.recorded(
          run, shape: training.shape,
          row: Self.row(of: self.iteration, in: recorded, run))
      startVariances = (1...training.shape.depth).map {
        section.startVariance(ofLayer: $0, columns: training.shape.fanIn($0))
      }
      drawRows = { try training.draw($0).samples }
      drawFresh = { count in
        // One stream goes on from network to network, from the seed after the ensemble's last.
        var stream = TorchStream(seed: training.scenario.seed + training.count)
        return (0..<count).map { _ in
          DenseNetwork<Float>(shape: training.shape, start: section, using: &stream).widened
        }
      }
    case .composition: throw DissectionError.composes
    case .linear(let section):
      guard section.depth <= 2 else {
        throw DissectionError.tooDeep(depth: section.depth)
      }
      var scenario = run.scenario
      scenario.record.extra = (1...section.depth).map { "W\($0)" }
      let training = try LinearTraining(scenario, reading: reading)
      let widths =
        [scenario.data.inputs] + Array(repeating: section.hidden, count: section.depth - 1)
        + [scenario.data.outputs]
      let shape = DenseShape(widths: widths, activation: .linear, hasBiases: false)
      networks = try Self.recorded(
        run, shape: shape, row: Self.row(of: self.iteration, in: recorded, run))
      startVariances = (1...section.depth).map {
        section.startVariance(ofLayer: $0, columns: widths[$0 - 1])
      }
      let samples = training.samples
      drawRows = { _ in
        try LabelledSamples(
          inputs: samples.inputs, targets: samples.targets, validInputs: samples.testInputs,
          validTargets: samples.testTargets)
      }
      drawFresh = { [scenario] count in
        try (1...max(count, 1)).map { draw in
          var fresh = scenario
          fresh.seed = (scenario.seed + draw) % 4_294_967_296
          let layers = try LinearTraining(fresh, reading: reading).network.originalWeights.layers
          return DenseNetwork(shape: shape, parameters: layers.flatMap(\.elements))
        }
      }
    }
  }

  /// The rows of a network, counted from 0.
  ///
  /// - Throws: as drawing does.
  public func rows(ofNetwork network: Int) throws -> LabelledSamples { try drawRows(network) }

  /// New networks by the start of the scenario, other than those that were trained.
  ///
  /// - Throws: as drawing does.
  public func freshNetworks(_ count: Int) throws -> [DenseNetwork<Double>] { try drawFresh(count) }

  /// Mean squared error of each network on its validation rows.
  ///
  /// - Throws: as drawing does.
  func errors() throws -> [Double] {
    try networks.enumerated().map { index, network in
      let rows = try rows(ofNetwork: index)
      let gap = network.outputs(of: rows.validInputs) - rows.validTargets
      return gap.squaredNorm / Double(gap.elements.count)
    }
  }

  private static func row(of iteration: Int, in recorded: [Int], _ run: RunFile) throws -> Int {
    guard let row = recorded.firstIndex(of: iteration) else {
      let near = recorded.min { abs($0 - iteration) < abs($1 - iteration) }
      throw DissectionError.notRecorded(iteration: iteration, nearest: near ?? 0)
    }
    return row
  }

  /// Networks from the weights that the trajectory holds.
  private static func recorded(
    _ run: RunFile, shape: DenseShape, row: Int
  ) throws -> [DenseNetwork<Double>] {
    let known = try run.quantities().map(\.name)
    let count = run.scenario.ensemble
    var parameters = [[Double]](repeating: [], count: count)
    for layer in 1...shape.depth {
      for (name, size) in [
        ("W\(layer)", shape.weights(layer).count), ("b\(layer)", shape.biases(layer).count),
      ] where size > 0 {
        guard known.contains(name) else {
          throw DissectionError.noWeights(
            (1...shape.depth).flatMap { shape.hasBiases ? ["W\($0)", "b\($0)"] : ["W\($0)"] })
        }
        let values = try run.series(name, rows: row..<row + 1).values
        guard values.count == count * size else {
          throw RecordingError.notARun(
            path: run.path, reason: "\(name) has \(values.count) values in a row")
        }
        for net in 0..<count { parameters[net] += values[net * size..<(net + 1) * size] }
      }
    }
    return parameters.map { DenseNetwork(shape: shape, parameters: $0) }
  }
}
