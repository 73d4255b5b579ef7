import Analysis
import Dynamics
import LinearAlgebra
import Networks
import Recording

/// How few directions of what a layer hands on, or of what its weights read, a network needs.
public enum Clip {
  /// Name of the analysis.
  public static let name = "clip"

  /// Samples that are clipped at a time.
  private static let partHeight = 1000

  /// Dissects the networks of a run.
  ///
  /// At rank k a layer reads only the part of its inputs in the span of the first k directions:
  /// eigenvectors of the covariance of the layer below on the training samples, or right singular
  /// vectors of its own weights.
  ///
  /// - Parameter ranks: the ranks that are kept, rising; empty for about 24 of each layer, at equal
  ///   distances of their logarithms.
  /// - Throws: ``DissectionError/tooManyRanks(_:dimensions:)``, as drawing does, or
  ///   `LinearAlgebraError`.
  public static func findings(of run: DissectedRun, ranks: [Int] = []) throws -> Findings {
    let places = Place.all(run.shape)
    let dimensions = places.map { $0.dimensions(run.shape) }.max() ?? 0
    if let excess = ranks.first(where: { $0 > dimensions }) {
      throw DissectionError.tooManyRanks(excess, dimensions: dimensions)
    }
    let tried = places.map { place in
      let most = place.dimensions(run.shape)
      let chosen = ranks.isEmpty ? logSpacedRanks(through: most) : ranks.filter { $0 <= most }
      // The whole is the measure of what a rank keeps.
      return chosen.last == most ? chosen : chosen + [most]
    }
    var curves: [[[Double]]] = places.map { _ in [] }
    var nothing: [Double] = []
    let kind = Score(run.scenario, targets: Matrix(rows: 0, columns: run.shape.outputs))
    let (words, name) = (kind.words, kind.name)
    for (index, network) in run.networks.enumerated() {
      let rows = try run.rows(ofNetwork: index)
      let score = Score(run.scenario, targets: rows.validTargets)
      let hidden = try Place.hiddenDirections(
        network, inputs: rows.inputs, threads: run.threads)
      let directions = try places.map { try $0.directions(network, hidden: hidden) }
      let parts = (0..<rows.validInputs.rows).split(size: partHeight)
      var found = [[Double]](repeating: [], count: places.count * parts.count)
      concurrently(&found, threads: run.threads) { number, scores in
        let (place, part) = (places[number / parts.count], parts[number % parts.count])
        scores = place.curve(
          network, inputs: rows.validInputs.rows(part),
          directions: directions[number / parts.count], ranks: tried[number / parts.count],
          score: Score(run.scenario, targets: rows.validTargets.rows(part)))
      }
      for number in places.indices {
        // Scores are means over rows, so that those of all rows are means over parts.
        curves[number].append(
          tried[number].indices.map { rank in
            parts.indices.reduce(0) { sum, part in
              sum + found[number * parts.count + part][rank] * Double(parts[part].count)
            } / Double(rows.validInputs.rows)
          })
      }
      let silent = Matrix<Double>(rows: rows.validInputs.rows, columns: network.shape.outputs)
      nothing.append(score.value(of: silent))
    }
    let comparisons = places.indices.flatMap { number -> [Comparison] in
      let place = places[number]
      return [
        Comparison(
          place.prefix + "needed_rank",
          "least tried rank that keeps 95 % of what the network gains over no output, \(place.name)",
          labels: ["\(place.name): rank that keeps 95 %"],
          trained: zip(curves[number], nothing).map { curve, floor in
            let whole = curve.last ?? floor
            let index = curve.firstIndex { ($0 - floor) / (whole - floor) >= 0.95 }
            return [index.map { Double(tried[number][$0]) } ?? .nan]
          })
      ]
    }
    let whole = Comparison(
      name, words, labels: [kind.label], trained: (curves.first ?? []).map { [$0.last ?? .nan] })
    let arrays = places.indices.flatMap { number -> [AnalysisRecord.Entry] in
      let (place, count) = (places[number], tried[number].count)
      return [
        AnalysisRecord.Entry(
          place.prefix + "ranks", "ranks that are kept, \(place.name)", axes: [place.axis],
          shape: [count], values: tried[number].map(Double.init)),
        AnalysisRecord.Entry(
          place.prefix + name, "\(words) at each rank, \(place.name)", axes: [.net, place.axis],
          shape: [run.networks.count, count], values: curves[number].flatMap(\.self)),
      ]
    }
    return Findings(
      name: Self.name, iteration: run.iteration, comparisons: [whole] + comparisons,
      notes: [
        "Directions: eigenvectors of E[φφᵀ] on the training samples for a hidden layer, right "
          + "singular vectors for weights; scores are on the validation samples."
      ], arrays: arrays)
  }

  /// What is clipped.
  private enum Place {
    /// What a hidden layer hands on.
    case hidden(Int)
    /// What the weights of a layer read.
    case weights(Int)

    static func all(_ shape: DenseShape) -> [Place] {
      (1..<max(shape.depth, 1)).map(Place.hidden) + (1...shape.depth).map(Place.weights)
    }

    var name: String {
      switch self {
      case .hidden(let layer): "hidden \(layer)"
      case .weights(let layer): "weights \(layer)"
      }
    }
    var prefix: String { name.replacing(" ", with: "_") + "_" }
    var axis: Axis {
      switch self {
      case .hidden(let layer): .rank(ofHidden: layer)
      case .weights(let layer): .rank(ofWeights: layer)
      }
    }
    /// Number of directions.
    func dimensions(_ shape: DenseShape) -> Int {
      switch self {
      case .hidden(let layer): shape.channels(layer)
      case .weights(let layer): min(shape.channels(layer), shape.fanIn(layer))
      }
    }

    /// Eigenvectors of the covariance of each hidden layer.
    static func hiddenDirections(
      _ network: DenseNetwork<Double>, inputs: Matrix<Double>, threads: Int
    ) throws -> [Matrix<Double>] {
      guard network.shape.depth > 1 else { return [] }
      return try LayerCovariances.sums(
        of: [LayerCovariances.Pair(0)], among: [network], layers: 1...network.shape.depth - 1,
        inputs: inputs, threads: threads
      )[0].map { try $0.matrix().symmetricEigen().vectors }
    }

    /// The directions that are kept, leading ones first, in columns.
    func directions(
      _ network: DenseNetwork<Double>, hidden: [Matrix<Double>]
    ) throws -> Matrix<Double> {
      switch self {
      case .hidden(let layer): hidden[layer - 1]
      case .weights(let layer): try network.weights(layer).singularValueDecomposition().right
      }
    }

    /// The score of the network on some rows at each rank.
    func curve(
      _ network: DenseNetwork<Double>, inputs: Matrix<Double>, directions: Matrix<Double>,
      ranks: [Int], score: Score
    ) -> [Double] {
      var scores: [Double] = []
      switch self {
      case .hidden(let layer):
        let handedOn = network.features(of: layer, for: inputs)
        Clipping(rows: handedOn, weights: .identity(directions.rows), directions: directions)
          .forEach(ranks: ranks) { _, kept in
            let units = network.shape.units(of: layer, from: kept)
            scores.append(score.value(of: network.above(layer).outputs(of: units)))
          }
      case .weights(let layer):
        let read = network.activations(of: inputs, through: layer - 1)[layer - 1]
        let patches = network.shape.patches(of: layer, from: read)
        Clipping(rows: patches, weights: network.weights(layer), directions: directions)
          .forEach(ranks: ranks) { _, sums in
            let handedOn = network.shape.units(
              of: layer, from: network.handedOn(by: layer, making: sums))
            scores.append(
              score.value(
                of: layer < network.shape.depth
                  ? network.above(layer).outputs(of: handedOn) : handedOn))
          }
      }
      return scores
    }
  }
}

extension Range<Int> {
  /// Neighbouring ranges of at most a size that make up this one.
  fileprivate func split(size: Int) -> [Range<Int>] {
    stride(from: lowerBound, to: upperBound, by: size).map {
      $0..<Swift.min($0 + size, upperBound)
    }
  }
}

extension DenseNetwork<Double> {
  /// What a layer hands on when its weights make the given sums, shape [sample, unit], or of a
  /// convolution [sample · position, channel].
  func handedOn(by layer: Int, making sums: Matrix<Double>) -> Matrix<Double> {
    let (biases, rectifies) = (biases(layer), shape.rectifies(layer))
    var result = sums
    result.elements.withUnsafeMutableBufferPointer { entries in
      for row in 0..<sums.rows {
        for unit in 0..<sums.columns {
          let place = row * sums.columns + unit
          let sum = entries[place] + (biases.isEmpty ? 0 : biases[unit])
          entries[place] = rectifies && sum < 0 ? 0 : sum
        }
      }
    }
    return result
  }
}
