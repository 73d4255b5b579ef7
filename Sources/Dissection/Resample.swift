import Analysis
import LinearAlgebra
import Networks
import RandomStreams
import Recording

/// Rainbow networks: whether the covariances of its weights are all that a network has learned.
///
/// Layer by layer, weights are drawn anew from the normal distribution with the covariance of the
/// rows of the trained ones, and turned by the alignment of the trained network's layer below onto
/// the drawn one's. The last layer is the trained one, aligned likewise. As a control the same is done
/// with new weights, whose covariance is white.
///
/// - Source: Guth, Ménard, Rochette & Mallat 2024, "A rainbow in deep network black boxes", JMLR 25,
///   arXiv:2305.18512.
public enum Resample {
  /// Name of the analysis.
  public static let name = "resample"

  /// Draws a network of a run anew.
  ///
  /// - Parameters:
  ///   - draws: number of networks drawn from the covariances, and of controls.
  ///   - network: from 1.
  /// - Throws: ``DissectionError``, as drawing does, or `LinearAlgebraError`.
  public static func findings(of run: DissectedRun, draws: Int, network number: Int = 1) throws
    -> Findings
  {
    let shape = run.shape
    guard shape.depth > 1 else { throw DissectionError.noHiddenLayer(analysis: name) }
    guard run.networks.indices.contains(number - 1) else {
      throw DissectionError.noNetwork(number, count: run.networks.count)
    }
    let trained = run.networks[number - 1]
    let rows = try run.rows(ofNetwork: number - 1)
    let score = Score(run.scenario, targets: rows.validTargets)
    var stream = NumPyStream(seed: UInt32(number))
    let colours = try (0..<draws).map { _ in try resampled(trained, using: &stream) }
    let drawn = colours + (try run.freshNetworks(draws))
    let rainbow = try Rainbow(
      drawn, like: trained, inputs: rows.inputs, threads: run.threads)
    let scores = rainbow.networks.map { [score.value(of: $0.outputs(of: rows.validInputs))] }
    func halves<Value>(_ values: [Value]) -> (resampled: [Value], control: [Value]) {
      (Array(values.prefix(draws)), Array(values.suffix(draws)))
    }
    var comparisons = [
      Comparison(
        "trained_\(score.name)", "\(score.words), trained network",
        labels: ["\(score.label), trained"],
        trained: [[score.value(of: trained.outputs(of: rows.validInputs))]]),
      Comparison(
        score.name, "\(score.words), drawn from the covariances of the weights",
        labels: ["\(score.label), drawn"], over: .draw, trained: halves(scores).resampled,
        fresh: halves(scores).control),
    ]
    for layer in 1..<shape.depth {
      let similarities = rainbow.similarities.map { [$0[layer - 1]] }
      comparisons.append(
        Comparison(
          "hidden_\(layer)_similarity",
          "r² between the trained and the drawn network, hidden \(layer)",
          labels: ["hidden \(layer): r² with trained"], over: .draw,
          trained: halves(similarities).resampled, fresh: halves(similarities).control))
    }
    var notes = [
      "Drawn: from the covariances of the trained weights; control: from the start, whose weights "
        + "have white covariances. Both with the trained last layer, aligned."
    ]
    if shape.activation == .linear, !shape.hasBiases, shape.convolutions.isEmpty {
      let map = trained.product
      let gaps = halves(rainbow.networks).resampled.map { ($0.product - map).norm / map.norm }
      let rank = try map.singularValueDecomposition()
      let filled = rank.rank(threshold: 1e-6 * (rank.values.first ?? 0))
      let widths = shape.widths[1..<shape.depth].reduce(0) { $0 + 1 / Double($1) }
      notes.append(
        "Linear layers drawn from covariances of \(filled) directions make the trained map, but for "
          + "about ½·√((\(filled) + 1)·Σ1/n) = \(brief(0.5 * (Double(filled + 1) * widths).squareRoot())) "
          + "of its size where these are equally strong; here it is off by \(brief(Spread(gaps).mean))."
      )
    }
    return Findings(
      name: Self.name, iteration: run.iteration, headings: ["drawn", "control"],
      comparisons: comparisons, notes: notes, arrays: [])
  }

  /// A network whose hidden layers have independent normal rows with the covariance of the trained
  /// rows, WᵀW/n with the biases as a further column; its last layer is the trained one.
  static func resampled(
    _ network: DenseNetwork<Double>, using stream: inout NumPyStream
  ) throws -> DenseNetwork<Double> {
    var result = network
    for layer in 1..<network.shape.depth {
      var rows = network.weights(layer)
      if network.shape.hasBiases {
        rows = rows.joined(right: Matrix(network.biases(layer).map { [$0] }))
      }
      let decomposition = try rows.singularValueDecomposition()
      let modes = decomposition.values.count
      let scale = 1 / Double(rows.rows).squareRoot()
      let root = Matrix(rows: modes, columns: rows.columns) {
        scale * decomposition.values[$0] * decomposition.right[$1, $0]
      }
      let drawn = stream.normals(rows: rows.rows, columns: modes) * root
      let inputs = network.shape.fanIn(layer)
      result.set(
        drawn.columns(0..<inputs),
        biases: network.shape.hasBiases ? drawn.column(inputs) : nil, ofLayer: layer)
    }
    return result
  }
}

/// Networks whose layers were drawn anew, turned layer by layer so that each reads what the drawn one
/// below hands on as it would read that of the trained network.
struct Rainbow {
  /// The networks, with the last layer of the trained one.
  private(set) var networks: [DenseNetwork<Double>]
  /// r² between the trained network and each drawn one at every hidden layer, [network][layer].
  private(set) var similarities: [[Double]]

  /// - Parameters:
  ///   - drawn: networks that read what the trained layers hand on.
  ///   - inputs: the rows that alignments are made on.
  init(
    _ drawn: [DenseNetwork<Double>], like trained: DenseNetwork<Double>, inputs: Matrix<Double>,
    threads: Int
  ) throws {
    networks = drawn
    similarities = drawn.map { _ in [] }
    let shape = trained.shape
    for layer in 1..<shape.depth {
      let covariances = LayerCovariances.sums(
        of: drawn.indices.map { LayerCovariances.Pair(0, $0 + 1) }, among: [trained] + networks,
        layers: layer...layer, inputs: inputs,
        // A dense layer above a convolution reads every channel at every position on its own.
        flattened: shape.convolution(layer + 1) == nil, threads: threads)
      for index in networks.indices {
        let alignment = try ProcrustesAlignment(covariances[index][0])
        similarities[index].append(alignment.similarity(on: covariances[index][0]))
        let isLast = layer + 1 == shape.depth
        let above = (isLast ? trained : networks[index]).weights(layer + 1)
        networks[index].set(
          above.turned(by: alignment.rotation), biases: isLast ? trained.biases(layer + 1) : nil,
          ofLayer: layer + 1)
      }
    }
  }
}

extension Matrix<Double> {
  /// Rows that read channels, turned so that they read them along the axes of a rotation.
  ///
  /// Where there are more columns than channels, those of each channel lie together: the pixels of a
  /// patch, or the positions of a layer.
  func turned(by rotation: Matrix) -> Matrix {
    let size = columns / rotation.rows
    guard size > 1 else { return self * rotation }
    var result = Matrix(rows: rows, columns: columns)
    for pixel in 0..<size {
      let part =
        Matrix(rows: rows, columns: rotation.rows) { self[$0, $1 * size + pixel] } * rotation
      for row in 0..<rows {
        for channel in 0..<rotation.rows {
          result[row, channel * size + pixel] = part[row, channel]
        }
      }
    }
    return result
  }
}

extension DenseNetwork<Double> {
  /// The product of all weights.
  var product: Matrix<Double> {
    (2..<max(shape.depth + 1, 2)).reduce(weights(1)) { weights($1) * $0 }
  }
}
