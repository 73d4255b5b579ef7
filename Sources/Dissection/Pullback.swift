import Analysis
import Foundation
import LinearAlgebra
import Networks
import Recording
import Scenarios

/// Which part of each layer serves which output: the gradients of outputs with respect to layers.
///
/// A network with cut-off units is one of finitely many linear maps at every input. From each layer
/// to each output these are grouped exactly, by the units that let the input through.
public enum Pullback {
  /// Name of the analysis.
  public static let name = "pullback"

  /// Dissects the networks of a run.
  ///
  /// - Parameters:
  ///   - draws: number of new networks to compare with.
  ///   - detailed: the network, from 1, whose maps and similarities are kept whole.
  /// - Throws: ``DissectionError``, as drawing does, or `LinearAlgebraError`.
  public static func findings(of run: DissectedRun, draws: Int, detailed: Int = 1) throws
    -> Findings
  {
    guard (1...run.networks.count).contains(detailed) else {
      throw DissectionError.noNetwork(detailed, count: run.networks.count)
    }
    let shape = run.shape
    let grids = taskGrids(run.scenario)
    let inputs = try run.networks.indices.map { try run.rows(ofNetwork: $0).validInputs }
    let trained = try run.networks.enumerated().map {
      try NetworkPullback($1, inputs: inputs[$0], grids: grids)
    }
    let fresh = try run.freshNetworks(draws).enumerated().map {
      try NetworkPullback($1, inputs: inputs[$0 % inputs.count], grids: grids)
    }
    var comparisons = [
      Comparison(
        "mean_squared_error", "mean squared error on the validation samples",
        labels: ["mean squared error"], trained: try run.errors().map { [$0] })
    ]
    var arrays: [AnalysisRecord.Entry] = []
    for layer in 0..<shape.depth {
      let (name, prefix) = (shape.name(layer), prefix(layer))
      func compare(
        _ suffix: String, _ longName: String, _ words: String, perOutput: Bool = true,
        hasNull: Bool = true, _ read: (LayerPullback) -> [Double]
      ) {
        let outputs = shape.outputs
        comparisons.append(
          Comparison(
            prefix + suffix, "\(longName), \(name)",
            labels: perOutput
              ? (1...outputs).map { "\(name): \(words)\(outputs > 1 ? ", output \($0)" : "")" }
              : ["\(name): \(words)"],
            axes: perOutput ? [.output] : [], shape: perOutput ? [outputs] : [],
            trained: trained.map { read($0.layers[layer]) },
            fresh: hasNull ? fresh.map { read($0.layers[layer]) } : []))
      }
      compare("maps", "number of distinct linear maps", "distinct maps") {
        $0.outputs.map { Double($0.norms.count) }
      }
      if shape.outputs > 1 {
        compare(
          "gradient_cosine", "mean size of the cosines between mean gradients of outputs",
          "|cosine| of mean gradients", perOutput: false
        ) { [$0.meanAbsoluteCosine] }
      }
      if grids.count == shape.outputs, grids.count > 1 {
        compare(
          "own_capture",
          "task-gradient capture κ with the share of the own task, mean over outputs",
          "capture κ, own task", perOutput: false
        ) { [$0.mean(\.own)] }
        compare(
          "capture", "task-gradient capture κ with the larger share, mean over outputs",
          "capture κ, larger share", perOutput: false
        ) { [$0.mean(\.largest)] }
        compare(
          "random_capture", "the same of 200 random directions of the layer",
          "capture of random directions", perOutput: false, hasNull: false
        ) { [$0.randomCapture] }
      }
      arrays += layerArrays(layer, trained, shape, tasks: grids.count)
      arrays += details(trained[detailed - 1].layers[layer], layer, tasks: grids.count)
    }
    arrays += try predictions(run, network: detailed - 1)
    let widths = (0..<shape.depth).map {
      "\(shape.name($0)) \(brief(Readout.expectedCosine(dimension: shape.widths[$0])))"
    }
    var notes = ["Mean |cosine| of two random directions: \(widths.joined(separator: ", "))."]
    if shape.activation == .linear {
      notes.append(
        "A linear network is one linear map: exactly 1 from every layer to every output.")
    }
    if grids.isEmpty {
      notes.append("These data have no tasks with inputs of their own, so there is no capture.")
    }
    return Findings(
      name: Self.name, iteration: run.iteration, comparisons: comparisons, notes: notes,
      arrays: arrays)
  }

  /// Names of arrays of a layer begin so.
  static func prefix(_ layer: Int) -> String { layer == 0 ? "input_" : "hidden_\(layer)_" }

  private static func taskGrids(_ scenario: Scenario) -> [Matrix<Double>] {
    guard case .twoTask(let data) = scenario.data else { return [] }
    return (0..<data.tasks).map { data.grid(task: $0) }
  }

  private static func unit(_ layer: Int) -> Axis { layer == 0 ? .input : .hidden(layer) }

  /// Arrays over all networks; maps beyond those of a network are NaN.
  private static func layerArrays(
    _ layer: Int, _ networks: [NetworkPullback], _ shape: DenseShape, tasks: Int
  ) -> [AnalysisRecord.Entry] {
    let (name, prefix) = (shape.name(layer), prefix(layer))
    let (nets, outputs, units) = (networks.count, shape.outputs, shape.widths[layer])
    let layers = networks.map { $0.layers[layer] }
    let most = layers.flatMap { $0.outputs.map(\.norms.count) }.max() ?? 0
    func padded(_ values: [Double], _ size: Int) -> [Double] {
      values + Array(repeating: .nan, count: size - values.count)
    }
    var entries = [
      AnalysisRecord.Entry(
        prefix + "map_norm", "norms of the distinct maps, falling, \(name)",
        axes: [.net, .output, .map], shape: [nets, outputs, most],
        values: layers.flatMap { $0.outputs.flatMap { padded($0.norms, most) } }),
      AnalysisRecord.Entry(
        prefix + "map_count", "samples that see each map, \(name)",
        axes: [.net, .output, .map], shape: [nets, outputs, most],
        values: layers.flatMap { $0.outputs.flatMap { padded($0.counts.map(Double.init), most) } }),
      AnalysisRecord.Entry(
        prefix + "gradient_gram", "cosines between mean gradients, \(name)",
        axes: [.net, .output, .output2], shape: [nets, outputs, outputs],
        values: layers.flatMap(\.gram.elements)),
      AnalysisRecord.Entry(
        prefix + "gradient_variance", "variances of the gradients' principal components, \(name)",
        axes: [.net, .output, .component], shape: [nets, outputs, units],
        values: layers.flatMap { $0.outputs.flatMap(\.gradientVariances) }),
      AnalysisRecord.Entry(
        prefix + "activation_variance",
        "variances of the activations' principal components, \(name)",
        axes: [.net, .component], shape: [nets, units],
        values: layers.flatMap(\.activationVariances)),
    ]
    if tasks > 0 {
      for (suffix, words, read) in [
        ("own_capture_of_output", "own task", \TaskCapture.own),
        ("capture_of_output", "larger share", \TaskCapture.largest),
      ] {
        entries.append(
          AnalysisRecord.Entry(
            prefix + suffix, "task-gradient capture κ of each output, \(words), \(name)",
            axes: [.net, .output], shape: [nets, outputs],
            values: layers.flatMap { $0.outputs.map { $0.capture[keyPath: read] } }))
      }
      entries.append(
        AnalysisRecord.Entry(
          prefix + "task_variance", "variance along each map on the inputs of each task, \(name)",
          axes: [.net, .output, .map, .task], shape: [nets, outputs, most, tasks],
          values: layers.flatMap {
            $0.outputs.flatMap { padded($0.taskVariances.elements, most * tasks) }
          }))
    }
    return entries
  }

  /// Maps of one network and their similarities, by output and falling norm.
  private static func details(
    _ layer: LayerPullback, _ number: Int, tasks: Int
  ) -> [AnalysisRecord.Entry] {
    let prefix = prefix(number)
    let most = layer.outputs.map(\.norms.count).max() ?? 0
    let (outputs, units) = (layer.outputs.count, layer.outputs[0].directions.columns)
    var directions: [Double] = []
    var similarities: [Double] = []
    for first in layer.outputs {
      directions += first.directions.elements
      directions += Array(repeating: .nan, count: (most - first.directions.rows) * units)
      for map in 0..<most {
        for second in layer.outputs {
          for other in 0..<most {
            let isThere = map < first.directions.rows && other < second.directions.rows
            similarities.append(
              isThere
                ? zip(first.directions.row(map), second.directions.row(other))
                  .reduce(0) { $0 + $1.0 * $1.1 } : .nan)
          }
        }
      }
    }
    return [
      AnalysisRecord.Entry(
        prefix + "map_direction", "directions of the maps of the chosen network",
        axes: [.output, .map, unit(number)], shape: [outputs, most, units], values: directions),
      AnalysisRecord.Entry(
        prefix + "similarity", "cosines between the maps of the chosen network",
        axes: [.output, .map, .output2, .map2], shape: [outputs, most, outputs, most],
        values: similarities),
    ]
  }

  /// Predictions of one network beside the targets, on the validation samples.
  private static func predictions(
    _ run: DissectedRun, network: Int
  ) throws -> [AnalysisRecord.Entry] {
    let rows = try run.rows(ofNetwork: network)
    let outputs = run.networks[network].outputs(of: rows.validInputs)
    return [
      ("prediction", "outputs of the chosen network on its validation samples", outputs),
      ("target", "targets of these samples", rows.validTargets),
      ("sample_inputs", "inputs of these samples", rows.validInputs),
    ].map { name, words, matrix in
      AnalysisRecord.Entry(
        name, words, axes: [.sample, name == "sample_inputs" ? .input : .output],
        shape: [matrix.rows, matrix.columns], values: matrix.elements)
    }
  }
}
