import Analysis
import Foundation
import LearningProblems
import LinearAlgebra
import Networks
import Recording
import Scenarios

/// What the outputs of networks read off their last hidden layer, beside new networks.
public enum Readout {
  /// Name of the analysis.
  public static let name = "readout"

  /// Dissects the readouts of a run.
  ///
  /// - Parameter draws: number of new networks to compare with.
  /// - Throws: ``DissectionError/noHiddenLayer(analysis:)``, as drawing does, or
  ///   `LinearAlgebraError`.
  public static func findings(of run: DissectedRun, draws: Int) throws -> Findings {
    let shape = run.shape
    guard shape.depth > 1 else { throw DissectionError.noHiddenLayer(analysis: name) }
    let inputs = try run.networks.indices.map { try run.rows(ofNetwork: $0).validInputs }
    let fresh = try run.freshNetworks(draws)
    let trained = try run.networks.enumerated().map { try ReadoutMeasures($1, inputs: inputs[$0]) }
    let null = try fresh.map { try ReadoutMeasures($0, inputs: inputs[0]) }

    let (outputs, hidden) = (shape.outputs, shape.widths[shape.depth - 1])
    let values = min(outputs, hidden)
    func compare(
      _ name: String, _ longName: String, _ labels: [String], _ axes: [Axis] = [],
      _ sizes: [Int] = [], _ read: (ReadoutMeasures) -> [Double]
    ) -> Comparison {
      Comparison(
        name, longName, labels: labels, axes: axes, shape: sizes, trained: trained.map(read),
        fresh: null.map(read))
    }
    var comparisons = [
      Comparison(
        "mean_squared_error", "mean squared error on the validation samples",
        labels: ["mean squared error"], trained: try run.errors().map { [$0] }),
      compare(
        "singular_values", "singular values of the readout",
        (1...values).map { "singular value \($0)" }, [.singularValue], [values], \.singularValues),
      compare("ratio", "last singular value over the first", ["last over first"]) { [$0.ratio] },
      compare(
        "effective_rank", "exponential of the entropy of the squared singular values",
        ["effective rank"]
      ) { [$0.effectiveRank] },
    ]
    if outputs > 1 {
      comparisons += [
        compare("cosine", "mean size of the cosines between readout rows", ["|cosine| of rows"]) {
          [$0.cosines.meanOffDiagonal]
        },
        compare(
          "weighted_cosine",
          "mean size of the cosines in the metric of the hidden covariance",
          ["|cosine|, covariance"]
        ) { [$0.weightedCosines.meanOffDiagonal] },
      ]
    }
    comparisons += [
      compare(
        "participation_ratio", "directions that hidden activations fill, (Σλ)²/Σλ²",
        ["participation ratio"]
      ) { [$0.participationRatio] },
      compare(
        "plane_share", "share of the hidden activations' variance inside the readout plane",
        ["variance in readout plane"]
      ) { [$0.planeShare] },
      compare(
        "axis_share",
        "share of the neurons with a positive contribution that serve one output only, to 5 %",
        ["neurons of one output"]
      ) { [$0.axisShare] },
    ]
    if let angles = try angles(run.networks, fresh: fresh, inputs: inputs) {
      comparisons.append(angles)
    }
    let chance = expectedCosine(dimension: hidden)
    var notes = [
      "Two random directions of \(hidden) units have the mean |cosine| \(brief(chance))."
    ]
    if shape.activation == .linear { notes += try exactAnswers(run, trained) }
    let count = trained.count
    return Findings(
      name: name, iteration: run.iteration, comparisons: comparisons, notes: notes,
      arrays: [
        AnalysisRecord.Entry(
          "row_cosines", "cosines between readout rows", axes: [.net, .output, .output2],
          shape: [count, outputs, outputs], values: trained.flatMap(\.cosines.elements)),
        AnalysisRecord.Entry(
          "weighted_row_cosines", "cosines in the metric of the hidden covariance",
          axes: [.net, .output, .output2], shape: [count, outputs, outputs],
          values: trained.flatMap(\.weightedCosines.elements)),
        AnalysisRecord.Entry(
          "contribution", "mean activation times readout weight over the probe",
          axes: [.net, .output, .hidden], shape: [count, outputs, hidden],
          values: trained.flatMap(\.contributions.elements)),
        AnalysisRecord.Entry(
          "activation_variance", "variances of the hidden activations' principal components",
          axes: [.net, .component], shape: [count, hidden], values: trained.flatMap(\.variances)),
      ] + probe(run))
  }

  /// Outputs on the probe: a grid of pairs, each given to all tasks at once; none for other data.
  private static func probe(_ run: DissectedRun) -> [AnalysisRecord.Entry] {
    guard case .twoTask(let data) = run.scenario.data else { return [] }
    let inputs = data.probe()
    let outputs = run.networks.flatMap { $0.outputs(of: inputs).elements }
    return [
      AnalysisRecord.Entry(
        "probe_inputs", "rows of the probe", axes: [.probe, .input],
        shape: [inputs.rows, inputs.columns], values: inputs.elements),
      AnalysisRecord.Entry(
        "probe_outputs", "outputs on the probe", axes: [.net, .probe, .output],
        shape: [run.networks.count, inputs.rows, run.shape.outputs], values: outputs),
    ]
  }

  /// Angles between the readout planes of each network and the next, once the hidden activations of
  /// the next on the same rows have been turned as near as possible to those of the first.
  private static func angles(
    _ networks: [DenseNetwork<Double>], fresh: [DenseNetwork<Double>], inputs: [Matrix<Double>]
  ) throws -> Comparison? {
    guard networks.count > 1 else { return nil }
    func angles(_ networks: [DenseNetwork<Double>], _ rows: (Int) -> Matrix<Double>) throws
      -> [[Double]]
    {
      try zip(networks, networks.dropFirst()).enumerated().map { index, pair in
        let layer = pair.0.shape.depth - 1
        let first = pair.0.activations(of: rows(index))[layer]
        let second = pair.1.activations(of: rows(index))[layer]
        let turned = try pair.1.weights(layer + 1) * orthogonalAlignment(of: second, to: first)
        return try principalAngles(
          between: pair.0.weights(layer + 1).transposed, and: turned.transposed
        ).map { $0 * 180 / .pi }
      }
    }
    let trained = try angles(networks) { inputs[$0] }
    let null = try angles(Array(fresh.prefix(max(2, min(fresh.count, 200))))) { _ in inputs[0] }
    // Layers that have lost a rank have fewer angles.
    let count = (trained + null).map(\.count).min() ?? 0
    guard count > 0 else { return nil }
    return Comparison(
      "principal_angle",
      "angles in degrees between the readout planes of two networks, hidden layers aligned",
      labels: (1...count).map { "angle \($0) of aligned pairs (°)" }, axes: [.angle],
      shape: [count], over: .pair, trained: trained.map { Array($0.prefix(count)) },
      fresh: null.map { Array($0.prefix(count)) })
  }

  /// The mean |cosine| between independent uniform directions, Γ(n/2)/(√π·Γ((n+1)/2)).
  static func expectedCosine(dimension: Int) -> Double {
    let n = Double(dimension)
    return exp(lgamma(n / 2) - lgamma((n + 1) / 2)) / Double.pi.squareRoot()
  }

  /// Of two-layer linear networks: what the least-squares fit says.
  ///
  /// Balanced layers share the singular values of their product, so that those of the readout are
  /// the roots of the fit's.
  private static func exactAnswers(_ run: DissectedRun, _ trained: [ReadoutMeasures]) throws
    -> [String]
  {
    guard run.shape.depth == 2 else {
      return ["The exact answer for the readout of a linear network is known for two layers only."]
    }
    var (gaps, products, balances): ([Double], [Double], [Double]) = ([], [], [])
    var answers: [[Double]] = []
    for (index, network) in run.networks.enumerated() {
      let rows = try run.rows(ofNetwork: index)
      let fit = try leastSquaresFit(rows.inputs, rows.targets, centred: run.shape.hasBiases)
      let (first, second) = (network.weights(1), network.weights(2))
      let answer = try fit.singularValues().prefix(trained[index].singularValues.count)
        .map { $0.squareRoot() }
      answers.append(answer)
      gaps.append(
        zip(answer, trained[index].singularValues).map { abs($0 - $1) }.max() ?? 0)
      products.append((second * first - fit).norm / fit.norm)
      balances.append(
        (second.times(second, left: .transposed) - first.times(first, right: .transposed)).norm)
    }
    let means = (0..<(answers.first?.count ?? 0)).map { column in
      brief(Spread(answers.map { $0[column] }).mean)
    }
    return [
      "Exact for balanced layers: singular values √σ(Ŵ) = \(means.joined(separator: ", ")) "
        + "(mean); these readouts are off by \(brief(Spread(gaps).mean)).",
      "The map is \(brief(Spread(products).mean)) of its size from the least-squares fit, the "
        + "imbalance ‖W₂ᵀW₂ − W₁W₁ᵀ‖ is \(brief(Spread(balances).mean)).",
    ]
  }

  private static func leastSquaresFit(
    _ inputs: Matrix<Double>, _ targets: Matrix<Double>, centred: Bool
  ) throws -> Matrix<Double> {
    func shifted(_ rows: Matrix<Double>) -> Matrix<Double> {
      guard centred else { return rows }
      let mean = PrincipalComponents.mean(of: rows)
      return Matrix(rows: rows.rows, columns: rows.columns) { rows[$0, $1] - mean[$1] }
    }
    return try Correlations(
      inputs: shifted(inputs), targets: shifted(targets), reduction: .mean
    ).fit
  }
}

/// A number with three significant digits, for a sentence.
func brief(_ value: Double) -> String { String(format: "%.3g", value) }
