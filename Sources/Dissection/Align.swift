import Analysis
import LinearAlgebra
import Networks
import Recording

/// How alike the hidden layers of two networks are once one has been turned onto the other.
public enum Align {
  /// Name of the analysis.
  public static let name = "align"

  /// Directions of which overlaps are kept.
  private static let mostDirections = 50

  /// Aligns the networks of two runs one by one, or each network of a run with the next.
  ///
  /// Both networks of a pair see the rows of the first.
  ///
  /// - Parameters:
  ///   - other: the second run; nil for the networks of the first.
  ///   - draws: number of new networks to compare with, and of pairs of new ones.
  /// - Throws: ``DissectionError``, as drawing does, or `LinearAlgebraError`.
  public static func findings(
    of run: DissectedRun, with other: DissectedRun? = nil, draws: Int
  ) throws -> Findings {
    let shape = run.shape
    guard shape.depth > 1 else { throw DissectionError.noHiddenLayer(analysis: name) }
    let partners = other?.networks ?? Array(run.networks.dropFirst())
    guard let partner = partners.first else { throw DissectionError.nothingToAlign }
    guard partner.shape.widths == shape.widths,
      partner.shape.convolutions == shape.convolutions
    else {
      throw DissectionError.differentShapes(shape.widths, partner.shape.widths)
    }
    // As many pairs of neighbours as there are pairs with a trained one.
    let fresh = try run.freshNetworks(draws + 1)
    var pairs: [PairSimilarities] = []
    var (mixed, null): ([PairSimilarities], [PairSimilarities]) = ([], [])
    var arrays: [AnalysisRecord.Entry] = []
    for (index, (first, second)) in zip(run.networks, partners).enumerated() {
      let rows = try run.rows(ofNetwork: index)
      // New networks stand beside the first pair only; its overlaps are kept.
      let networks = index == 0 ? [first, second] + fresh : [first, second]
      var wanted = [LayerCovariances.Pair(0, 1)]
      if index == 0 {
        wanted += (0..<draws).map { .init(0, $0 + 2) }
        wanted += (0..<draws).map { .init($0 + 2, $0 + 3) }
        wanted += [.init(0), .init(1)]
      }
      func covariances(_ inputs: Matrix<Double>, _ pairs: [LayerCovariances.Pair])
        -> [[CrossCovariance]]
      {
        LayerCovariances.sums(
          of: pairs, among: networks, layers: 1...shape.depth - 1, inputs: inputs,
          threads: run.threads)
      }
      let training = covariances(rows.inputs, wanted)
      let between = index == 0 ? wanted.dropLast(2) : wanted[...]
      let held = covariances(rows.validInputs, Array(between))
      let found = try zip(training, held).map { try PairSimilarities($0, held: $1) }
      pairs.append(found[0])
      guard index == 0 else { continue }
      mixed = Array(found[1..<1 + draws])
      null = Array(found[(1 + draws)...])
      arrays = try overlapArrays(
        first, second, rotations: found[0].rotations, own: Array(training.suffix(2)))
    }
    var comparisons: [Comparison] = []
    for layer in 1..<shape.depth {
      for measure in PairSimilarities.measures {
        func compare(
          _ prefix: String, _ words: String, _ label: String, over: Axis,
          _ trained: [PairSimilarities], _ fresh: [PairSimilarities]
        ) {
          comparisons.append(
            Comparison(
              "hidden_\(layer)_\(prefix)\(measure.name)",
              "\(measure.words), \(words), hidden \(layer)",
              labels: ["hidden \(layer): \(measure.label)\(label)"], over: over,
              trained: trained.map { [$0.layers[layer - 1][measure.place]] },
              fresh: fresh.map { [$0.layers[layer - 1][measure.place]] }))
        }
        compare("", "trained networks", "", over: .pair, pairs, null)
        compare(
          "mixed_", "a trained and a new network", ", trained and new", over: .draw, mixed, [])
      }
    }
    var notes = [
      "Control: pairs of new networks, and the trained first with each new one; a high r² alone "
        + "says little, as the mean activation dominates what is not centred."
    ]
    if shape.activation == .linear, shape.convolutions.isEmpty {
      notes.append(try LinearSimilarity(run).note)
    }
    return Findings(
      name: Self.name, iteration: run.iteration, comparisons: comparisons, notes: notes,
      arrays: arrays)
  }

  /// Overlaps of the leading directions of both networks, of activations and of weights.
  private static func overlapArrays(
    _ first: DenseNetwork<Double>, _ second: DenseNetwork<Double>, rotations: [Matrix<Double>],
    own: [[CrossCovariance]]
  ) throws -> [AnalysisRecord.Entry] {
    func leading(_ directions: Matrix<Double>) -> Matrix<Double> {
      directions.columns(0..<min(directions.columns, mostDirections))
    }
    func entry(
      _ name: String, _ words: String, _ axes: [Axis], _ overlaps: Matrix<Double>
    ) -> AnalysisRecord.Entry {
      AnalysisRecord.Entry(
        name, "|cosine| between aligned eigenvectors of \(words) of two networks", axes: axes,
        shape: [overlaps.rows, overlaps.columns], values: overlaps.elements)
    }
    var arrays = try rotations.enumerated().map { index, rotation in
      let eigenvectors = try own.map {
        leading(try $0[index].matrix().symmetricEigen().vectors)
      }
      return entry(
        "hidden_\(index + 1)_overlap", "hidden layer \(index + 1)",
        [.eigenvalue(ofHidden: index + 1), .eigenvalue(ofHidden: index + 1, isOther: true)],
        overlaps(of: eigenvectors[0], eigenvectors[1], alignment: rotation))
    }
    for layer in 1...first.shape.depth {
      let directions = try [first, second].map {
        leading(try $0.weights(layer).singularValueDecomposition().right)
      }
      arrays.append(
        entry(
          "weights_\(layer)_overlap", "the weights of layer \(layer)",
          [.eigenvalue(ofWeights: layer), .eigenvalue(ofWeights: layer, isOther: true)],
          overlaps(
            of: layer > 1
              ? directions[0].transposed.turned(by: rotations[layer - 2]).transposed
              : directions[0], directions[1])))
    }
    return arrays
  }
}

/// The similarities of one pair of networks at every hidden layer.
struct PairSimilarities {
  /// r² of each layer, in the order of ``measures``.
  let layers: [[Double]]
  /// The alignment of each layer, not centred.
  let rotations: [Matrix<Double>]

  /// What is measured.
  static let measures = [
    (place: 0, name: "similarity", words: "r² on the training samples", label: "r²"),
    (
      place: 1, name: "held_out_similarity",
      words: "r² of the same alignment on the validation samples", label: "r², held out"
    ),
    (
      place: 2, name: "centred_similarity",
      words: "r² on the training samples without their mean", label: "r² centred"
    ),
    (
      place: 3, name: "centred_held_out_similarity",
      words: "r² of the same alignment on the validation samples without their mean",
      label: "r² centred, held out"
    ),
  ]

  init(_ training: [CrossCovariance], held: [CrossCovariance]) throws {
    var (layers, rotations): ([[Double]], [Matrix<Double>]) = ([], [])
    for (own, other) in zip(training, held) {
      let plain = try ProcrustesAlignment(own)
      let centred = try ProcrustesAlignment(own, centred: true)
      layers.append(
        [plain, centred].flatMap { [$0.similarity(on: own), $0.similarity(on: other)] })
      rotations.append(plain.rotation)
    }
    (self.layers, self.rotations) = (layers, rotations)
  }
}
