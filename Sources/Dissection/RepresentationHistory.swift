import Analysis
import FiniteGroups
import Recording

/// What ``Representations`` finds, against training time.
public enum RepresentationHistory {
  /// Name of the analysis.
  public static let name = "representation_history"

  /// Measures the networks at every iteration that was read.
  public static func record(of run: ComposedRun) -> AnalysisRecord {
    let representations = run.transform.representations.count
    let (moments, nets) = (run.iterations.count, run.networks.count)
    var columns: [(name: String, longName: String, axes: [Axis], values: [Double])] = []
    func add(_ place: Int, _ name: String, _ longName: String, _ axes: [Axis], _ values: [Double]) {
      if place == columns.count { columns.append((name, longName, axes, [])) }
      columns[place].values += values
    }
    for state in run.states {
      for network in state {
        let found = ComposedNetwork(network, run.transform)
        let measures = found.measures
        let list: [Axis] = [.representation]
        var place = 0
        func one(_ name: String, _ longName: String, _ value: Double) {
          add(place, name, longName, [], [value])
          place += 1
        }
        func many(_ name: String, _ longName: String, _ values: [Double]) {
          add(place, name, longName, list, values)
          place += 1
        }
        one("loss", "loss on all pairs", measures.loss)
        one("accuracy", "share of all pairs composed rightly", measures.accuracy)
        many("left_share", "share in the left embedding", measures.leftShares)
        many("right_share", "share in the right embedding", measures.rightShares)
        many("readout_share", "share in the readout", measures.readoutShares)
        for factor in ComposedPairs.Factor.allCases {
          let name = factor.rawValue
          many(
            "hidden_\(name)", "share of the hidden layer in ρ(\(name))",
            measures.hiddenShares[factor] ?? [])
          many(
            "ablated_\(name)", "loss without ρ(\(name)) in the hidden layer",
            measures.ablatedLosses[factor] ?? [])
        }
        many(
          "restricted", "loss with only ρ(xy) of one representation in the hidden layer",
          measures.restrictedLosses)
        many(
          "trace_similarity", "mean cosine between logits and χ(xyz⁻¹)",
          measures.traceSimilarities)
        many(
          "softmax_similarity", "mean cosine between probabilities and those of χ(xyz⁻¹)",
          measures.softmaxSimilarities)
        many(
          "character_coefficient", "a in the best Σ a·χ(xyz⁻¹) for the logits",
          measures.characterCoefficients)
        one(
          "character_share", "share of the logits' variance that the best Σ a·χ(xyz⁻¹) has",
          measures.characterShare)
        one(
          "product_share", "Σ d·(share of the hidden layer in ρ(xy))", found.productShare)
        one("excluded", "loss without ρ(xy) of all that survived", found.excludedLoss)
        one(
          "restricted_to_survivors", "loss with only ρ(xy) of all that survived",
          found.restrictedLoss)
        one("active_units", "hidden units that count", Double(found.neurons.activeCount))
        many(
          "units", "active units of each leading representation",
          found.neurons.counts.map(Double.init))
        one(
          "coset_share", "mean largest share of active units' variance between cosets",
          found.neurons.meanCosetShare)
        one(
          "diagonal_share", "share of the readout's diagonal in the Fourier basis",
          found.diagonalShare)
        one("rank", "singular values of the left embedding that stand out", Double(found.rank))
      }
    }
    let steps = AnalysisRecord.Entry(
      AnalysisRecord.stepsName, "number of gradient steps taken", axes: [.step],
      shape: [moments], values: run.iterations.map(Double.init))
    let accuracies = columns.first { $0.name == "accuracy" }?.values ?? []
    let medians = AnalysisRecord.Entry(
      "accuracy_median", "share of all pairs composed rightly, median of the networks",
      axes: [.step], shape: [moments],
      values: (0..<moments).map { Spread(Array(accuracies[$0 * nets..<($0 + 1) * nets])).median })
    return AnalysisRecord(
      name: name, iteration: run.iterations[moments - 1],
      entries: [steps, medians]
        + columns.map { column in
          AnalysisRecord.Entry(
            column.name, column.longName, axes: [.step, .net] + column.axes,
            shape: [moments, nets] + column.axes.map { _ in representations },
            values: column.values)
        })
  }
}
