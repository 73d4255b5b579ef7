import Analysis
import Dynamics
import LearningProblems
import LinearAlgebra
import Networks
import Recording

/// Spectra of what layers hand on and of their weights, beside those of new networks.
public enum Spectrum {
  /// Name of the analysis.
  public static let name = "spectrum"

  /// Dissects the networks of a run.
  ///
  /// - Parameter draws: number of new networks to compare with.
  /// - Throws: as drawing does, or `LinearAlgebraError`.
  public static func findings(of run: DissectedRun, draws: Int) throws -> Findings {
    let shape = run.shape
    let fresh = try run.freshNetworks(draws)
    var trained: [NetworkSpectra] = []
    var null: [NetworkSpectra] = []
    var rows: LabelledRows?
    for (index, network) in run.networks.enumerated() {
      let own = try run.rows(ofNetwork: index)
      // New networks see the rows of the first one, in the same pass.
      let all = index == 0 ? [network] + fresh : [network]
      let spectra = try NetworkSpectra.of(all, inputs: own.inputs, threads: run.threads)
      trained.append(spectra[0])
      null += spectra.dropFirst()
      if index == 0 { rows = (own.inputs, own.targets) }
    }
    var comparisons: [Comparison] = []
    var arrays: [AnalysisRecord.Entry] = []
    var notes: [String] = []
    for layer in stride(from: 1, to: shape.depth, by: 1) {
      let (name, prefix) = (shape.name(layer), "hidden_\(layer)_")
      func compare(
        _ suffix: String, _ words: String, _ label: String, _ read: ([Double]) -> Double
      ) {
        comparisons.append(
          Comparison(
            prefix + suffix, "\(words), \(name)", labels: ["\(name): \(label)"],
            trained: trained.map { [read($0.hidden[layer - 1])] },
            fresh: null.map { [read($0.hidden[layer - 1])] }))
      }
      compare(
        "participation_ratio", "directions that activations fill, (Σλ)²/Σλ², mean included",
        "participation ratio", participationRatio)
      compare(
        "exponent", "exponent of the power law λ ∝ rank^α fitted to ranks 6 to 100", "exponent α"
      ) { PowerLaw(of: $0)?.exponent ?? .nan }
      arrays += Self.eigenvalues(
        prefix, "covariance E[φφᵀ], \(name)", .eigenvalue(ofHidden: layer),
        trained: trained.map { $0.hidden[layer - 1] }, fresh: null.map { $0.hidden[layer - 1] })
    }
    for layer in 1...shape.depth {
      let (prefix, bulk) = ("weights_\(layer)_", run.bulk(ofLayer: layer))
      func compare(
        _ suffix: String, _ words: String, _ label: String, _ read: ([Double]) -> Double
      ) {
        comparisons.append(
          Comparison(
            prefix + suffix, "\(words), weights \(layer)", labels: ["weights \(layer): \(label)"],
            trained: trained.map { [read($0.weights[layer - 1])] },
            fresh: null.map { [read($0.weights[layer - 1])] }))
      }
      if let bulk {
        compare("outside", "eigenvalues above the bulk", "outside the bulk") {
          Double(bulk.countAbove($0))
        }
        arrays += try bulkArrays(bulk, layer, shape)
      }
      compare("largest", "largest eigenvalue of WᵀW/n", "largest eigenvalue") { $0.first ?? .nan }
      compare(
        "participation_ratio", "directions that weights fill, (Σλ)²/Σλ²", "participation ratio",
        participationRatio)
      arrays += Self.eigenvalues(
        prefix, "WᵀW/n, weights \(layer)", .eigenvalue(ofWeights: layer),
        trained: trained.map { $0.weights[layer - 1] }, fresh: null.map { $0.weights[layer - 1] })
    }
    notes.append(
      run.startVariances.contains { $0 != nil }
        ? "The bulk is that of Marchenko and Pastur for the start of each layer."
        : "This start draws no independent weights, so that its spectra have no bulk.")
    if shape.activation == .linear, shape.convolutions.isEmpty, let rows {
      let analytic = try LinearSpectra(run, inputs: rows.inputs, targets: rows.targets)
      arrays += analytic.arrays
      notes.append(analytic.note(trained))
    }
    let overTime = try SpectraOverTime(run)
    arrays += overTime.arrays
    notes += overTime.notes
    return Findings(
      name: Self.name, iteration: run.iteration, comparisons: comparisons, notes: notes,
      arrays: arrays)
  }

  private typealias LabelledRows = (inputs: Matrix<Double>, targets: Matrix<Double>)

  private static func eigenvalues(
    _ prefix: String, _ words: String, _ axis: Axis, trained: [[Double]], fresh: [[Double]]
  ) -> [AnalysisRecord.Entry] {
    let count = trained.first?.count ?? 0
    return [
      AnalysisRecord.Entry(
        prefix + "eigenvalues", "eigenvalues of \(words)", axes: [.net, axis],
        shape: [trained.count, count], values: trained.flatMap(\.self)),
      AnalysisRecord.Entry(
        "null_\(prefix)eigenvalues", "eigenvalues of \(words), new networks", axes: [.draw, axis],
        shape: [fresh.count, count], values: fresh.flatMap(\.self)),
    ]
  }

  /// Edges of a bulk, and where it has its eigenvalues.
  private static func bulkArrays(
    _ bulk: Bulk, _ layer: Int, _ shape: DenseShape
  ) throws -> [AnalysisRecord.Entry] {
    let count = min(shape.channels(layer), shape.fanIn(layer))
    // As a law over all d eigenvalues of WᵀW, of which only the first min(n, d) are listed.
    let expected = bulk.expectedEigenvalues(count: shape.fanIn(layer)).prefix(count)
    let prefix = "weights_\(layer)_"
    return [
      AnalysisRecord.Entry(
        prefix + "lower_edge", "smallest eigenvalue of the bulk, weights \(layer)",
        values: [bulk.lowerEdge]),
      AnalysisRecord.Entry(
        prefix + "upper_edge", "largest eigenvalue of the bulk, weights \(layer)",
        values: [bulk.upperEdge]),
      AnalysisRecord.Entry(
        prefix + "bulk", "eigenvalues at the quantiles of the bulk, weights \(layer)",
        axes: [.eigenvalue(ofWeights: layer)], shape: [count], values: Array(expected)),
      AnalysisRecord.Entry(
        prefix + "density",
        "density of the bulk at these eigenvalues among those that are not 0, weights \(layer)",
        axes: [.eigenvalue(ofWeights: layer)], shape: [count],
        values: expected.map {
          Double(shape.fanIn(layer)) / Double(count) * bulk.density(at: $0)
        }),
    ]
  }
}

/// The spectra of one network, falling.
struct NetworkSpectra {
  /// Of E[φφᵀ] at each hidden layer.
  let hidden: [[Double]]
  /// Of WᵀW/n of each layer, min(n, d) of them.
  let weights: [[Double]]

  /// The spectra of networks on the same rows.
  static func of(
    _ networks: [DenseNetwork<Double>], inputs: Matrix<Double>, threads: Int
  ) throws -> [NetworkSpectra] {
    let depth = networks[0].shape.depth
    let covariances =
      depth > 1
      ? LayerCovariances.sums(
        of: networks.indices.map { LayerCovariances.Pair($0) }, among: networks,
        layers: 1...depth - 1, inputs: inputs, threads: threads)
      : networks.map { _ in [] }
    var results = [Result<NetworkSpectra, any Error>?](repeating: nil, count: networks.count)
    concurrently(&results, threads: threads) { index, result in
      result = Result {
        NetworkSpectra(
          hidden: try covariances[index].map {
            try $0.matrix().symmetricEigen().values.map { max($0, 0) }
          },
          weights: try (1...depth).map { try weightSpectrum(networks[index].weights($0)) })
      }
    }
    return try results.compactMap { try $0?.get() }
  }

  /// Eigenvalues of WᵀW/n, falling, min(n, d) of them.
  static func weightSpectrum(_ weights: Matrix<Double>) throws -> [Double] {
    try weights.singularValues().map { $0 * $0 / Double(weights.rows) }
  }
}

extension DissectedRun {
  /// The bulk of the weights that a layer starts from; nil where they depend on one another.
  func bulk(ofLayer layer: Int) -> Bulk? {
    startVariances[layer - 1].map {
      Bulk(rows: shape.channels(layer), columns: shape.fanIn(layer), variance: $0)
    }
  }
}
