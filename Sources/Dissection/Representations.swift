import Analysis
import FiniteGroups
import LinearAlgebra
import Networks
import Recording

/// What networks that compose elements of a group have learned, in the basis of its representations.
///
/// - Source: Chughtai, Chan & Nanda 2023, arXiv:2302.03025; the coset test beside it after Stander,
///   Yu, Fan & Biderman 2024, arXiv:2312.06581.
public enum Representations {
  /// Name of the analysis.
  public static let name = "representations"
  /// Number of new networks that it compares with unless told otherwise.
  public static let draws = 10
  /// Part of the share in random weights from which on a representation counts as one that survived.
  static let leastPart = 1.0 / 3

  /// Dissects the networks at the last iteration of a run.
  ///
  /// - Parameters:
  ///   - draws: number of new networks to compare with.
  ///   - detailed: the network of which matrices are kept, from 1.
  /// - Throws: ``DissectionError/noNetwork(_:count:)`` or `LinearAlgebraError`.
  public static func findings(
    of run: ComposedRun, draws: Int, detailed: Int = 1
  ) throws -> Findings {
    guard run.networks.indices.contains(detailed - 1) else {
      throw DissectionError.noNetwork(detailed, count: run.networks.count)
    }
    let transform = run.transform
    let trained = run.networks.map { ComposedNetwork($0, transform) }
    let fresh = run.freshNetworks(draws).map { ComposedNetwork($0, transform) }
    let names = transform.representations.map(\.title)
    func compare(
      _ name: String, _ longName: String, _ label: String, _ read: (ComposedNetwork) -> [Double]
    ) -> Comparison {
      let count = trained.first.map(read)?.count ?? 0
      let isList = count == names.count && count > 1
      return Comparison(
        name, longName, labels: isList ? names.map { "\(label), \($0)" } : [label],
        axes: isList ? [.representation] : [], shape: isList ? [count] : [],
        trained: trained.map(read), fresh: fresh.map(read))
    }
    var comparisons = [
      compare("loss", "loss on all pairs", "loss on all pairs") { [$0.measures.loss] },
      compare("accuracy", "share of all pairs composed rightly", "accuracy on all pairs") {
        [$0.measures.accuracy]
      },
      compare("left_share", "share in the left embedding", "share of W_x") {
        $0.measures.leftShares
      },
      compare("right_share", "share in the right embedding", "share of W_y") {
        $0.measures.rightShares
      },
      compare("readout_share", "share in the readout", "share of W_U") {
        $0.measures.readoutShares
      },
    ]
    for factor in ComposedPairs.Factor.allCases {
      comparisons.append(
        compare(
          "hidden_\(factor.rawValue)", "share of the hidden layer in ρ(\(factor.rawValue))",
          "hidden in ρ(\(factor.rawValue))"
        ) { $0.measures.hiddenShares[factor] ?? [] })
    }
    comparisons += [
      compare(
        "trace_similarity", "mean cosine between logits and χ(xyz⁻¹)", "cosine of logits"
      ) { $0.measures.traceSimilarities },
      compare("trace_share", "share of the logits' variance along χ(xyz⁻¹)", "logit variance") {
        $0.measures.traceShares
      },
      compare(
        "softmax_similarity", "mean cosine between probabilities and those of χ(xyz⁻¹)",
        "cosine of probabilities"
      ) { $0.measures.softmaxSimilarities },
      compare(
        "softmax_share", "share of the squared probabilities along those of χ(xyz⁻¹)",
        "probabilities' squares"
      ) { $0.measures.softmaxShares },
      compare(
        "character_share", "share of the logits' variance that the best Σ a·χ(xyz⁻¹) has",
        "logit variance, all characters"
      ) { [$0.measures.characterShare] },
    ]
    for factor in ComposedPairs.Factor.allCases {
      comparisons.append(
        compare(
          "ablated_\(factor.rawValue)", "loss without ρ(\(factor.rawValue)) in the hidden layer",
          "loss without ρ(\(factor.rawValue))"
        ) { $0.measures.ablatedLosses[factor] ?? [] })
    }
    comparisons += [
      compare(
        "restricted", "loss with only ρ(xy) of one representation in the hidden layer",
        "loss with only ρ(xy)"
      ) { $0.measures.restrictedLosses },
      compare(
        "leading_ablation", "loss without ρ(xy) of the leading representation over the whole loss",
        "loss ratio without the leading"
      ) { [$0.leadingAblation] },
      compare(
        "side_ablation", "largest relative change of the loss without ρ(x) or ρ(y)",
        "change without ρ(x) or ρ(y)"
      ) { [$0.sideAblation] },
      compare(
        "product_share", "Σ d·(share of the hidden layer in ρ(xy))", "Σ d·hidden share in ρ(xy)"
      ) { [$0.productShare] },
      compare("excluded", "loss without ρ(xy) of all that survived", "loss without survivors") {
        [$0.excludedLoss]
      },
      compare(
        "restricted_to_survivors", "loss with only ρ(xy) of all that survived",
        "loss with only survivors"
      ) { [$0.restrictedLoss] },
      compare("active_units", "hidden units that count", "active units") {
        [Double($0.neurons.activeCount)]
      },
      compare(
        "leading_share", "mean share of the leading representation of active units",
        "leading share of a unit"
      ) { [$0.neurons.meanLeadingShare] },
      compare(
        "coset_share", "mean largest share of active units' variance between cosets",
        "share between cosets"
      ) { [$0.neurons.meanCosetShare] },
    ]
    return Findings(
      name: name, iteration: run.iterations[run.iterations.count - 1],
      comparisons: comparisons, notes: notes(run, trained),
      arrays: try arrays(trained, transform) + details(trained[detailed - 1]))
  }

  // MARK: Words

  private static func notes(_ run: ComposedRun, _ trained: [ComposedNetwork]) -> [String] {
    let transform = run.transform
    let names = transform.representations.map(\.title)
    var notes = trained.enumerated().map { index, network -> String in
      let survivors = network.survivors
      let words = survivors.map { representation in
        "\(names[representation]) (\(brief(100 * network.meanShares[representation])) %)"
      }
      return "Network \(index + 1): \(words.joined(separator: ", ")) survived; "
        + "\(network.neurons.activeCount) of \(run.shape.hidden) units are active where schoolbook "
        + "products of their matrices take Σd³ = \(network.expectedUnits), and "
        + "\(network.rank) singular values of the left embedding stand out where Σd² = "
        + "\(network.expectedRank)."
    }
    notes += trained.enumerated().map { index, network in
      "Network \(index + 1): Σ d·(hidden share in ρ(xy)) is \(brief(network.productShare)), 1 where "
        + "every unit holds a product ρ_ij(x)·ρ_jl(y) of one representation, which has 1/d of its "
        + "square on ρ_il(xy)."
    }
    let expected = transform.expectedShares
    notes.append(
      "Random weights have shares d²/\(transform.group.order): "
        + zip(names, expected).map { "\($0) \(brief($1))" }.joined(separator: ", ") + ".")
    return notes
  }

  // MARK: Arrays

  /// Arrays of all networks besides those that are compared with new ones.
  private static func arrays(
    _ trained: [ComposedNetwork], _ transform: GroupFourierTransform
  ) throws -> [AnalysisRecord.Entry] {
    let (count, order) = (trained.count, transform.group.order)
    let hidden = trained[0].network.shape.hidden
    let representations = transform.representations.count
    func entry(
      _ name: String, _ longName: String, _ axes: [Axis], _ sizes: [Int],
      _ read: (ComposedNetwork) throws -> [Double]
    ) rethrows -> AnalysisRecord.Entry {
      AnalysisRecord.Entry(
        name, longName, axes: [.net] + axes, shape: [count] + sizes,
        values: try trained.flatMap(read))
    }
    let rank = min(order, hidden)
    let embedding = min(order, trained[0].network.shape.embedding)
    return [
      entry(
        "coset_loss", "loss on even × even, odd × odd, even × odd, odd × even pairs", [.subset],
        [4]
      ) { $0.measures.cosetLosses },
      entry("left_loss", "loss on all pairs with a left element", [.element], [order]) {
        $0.measures.lossesByLeft
      },
      entry("centred_loss", "loss with the hidden layer less its mean over units", [], []) {
        [$0.measures.centredLoss]
      },
      entry(
        "character_coefficient", "a in the best Σ a·χ(xyz⁻¹) for the logits", [.representation],
        [representations]
      ) { $0.measures.characterCoefficients },
      try entry(
        "left_singular_values", "singular values of the left embedding", [.singularValue],
        [embedding]
      ) { Array(try $0.network.leftEmbedding.singularValues().prefix(embedding)) },
      try entry(
        "right_singular_values", "singular values of the right embedding", [.singularValue],
        [embedding]
      ) { Array(try $0.network.rightEmbedding.singularValues().prefix(embedding)) },
      try entry(
        "readout_singular_values", "singular values of the readout", [.singularValue2], [rank]
      ) { Array(try $0.network.readout.singularValues().prefix(rank)) },
      entry(
        "left_function_share", "share of each function in the left embedding", [.function],
        [order]
      ) { $0.measures.leftFunctionShares },
      entry(
        "right_function_share", "share of each function in the right embedding", [.function],
        [order]
      ) { $0.measures.rightFunctionShares },
      entry(
        "readout_function_share", "share of each function in the readout", [.function], [order]
      ) { $0.measures.readoutFunctionShares },
      entry(
        "hidden_function_share", "share of each function of xy in the hidden layer", [.function],
        [order]
      ) { $0.measures.productFunctionShares },
      entry("unit_energy", "squared norm of each unit's left contribution", [.hidden], [hidden]) {
        $0.neurons.energies
      },
      entry("unit_active", "whether each unit counts", [.hidden], [hidden]) {
        $0.neurons.isActive.map { $0 ? 1 : 0 }
      },
      entry(
        "unit_share", "share of each representation in each unit's left contribution",
        [.hidden, .representation], [hidden, representations]
      ) { $0.neurons.shares.flatMap(\.self) },
      entry(
        "units", "active units of each leading representation", [.representation],
        [representations]
      ) { $0.neurons.counts.map(Double.init) },
      entry(
        "expected_units", "Σd³ over the representations that survived", [], []
      ) { [Double($0.expectedUnits)] },
      entry("expected_rank", "Σd² over the representations that survived", [], []) {
        [Double($0.expectedRank)]
      },
      entry("rank", "singular values of the left embedding that stand out", [], []) {
        [Double($0.rank)]
      },
      entry(
        "unit_coset_share", "largest share of each active unit's variance between cosets",
        [.hidden], [hidden]
      ) { $0.neurons.cosetShares },
      entry(
        "unit_sign_correlation",
        "correlation of each unit's left and right contribution and readout with the signs",
        [.hidden, .weights], [hidden, 3]
      ) { $0.neurons.signCorrelations.flatMap(\.self) },
      entry("diagonal_share", "share of the readout's diagonal in the Fourier basis", [], []) {
        [$0.diagonalShare]
      },
      entry("natural_share", "share of the natural representation in the left embedding", [], []) {
        [$0.naturalShare]
      },
    ]
  }

  /// Matrices of one network.
  private static func details(_ network: ComposedNetwork) -> [AnalysisRecord.Entry] {
    let order = network.transform.group.order
    func square(
      _ name: String, _ longName: String, _ axes: [Axis], _ matrix: Matrix<Double>
    ) -> AnalysisRecord.Entry {
      AnalysisRecord.Entry(
        name, longName, axes: axes, shape: [matrix.rows, matrix.columns],
        values: matrix.elements)
    }
    var entries = [
      square(
        "readout_basis", "what ρ(xy) in the hidden layer gives to ρ(z) in the logits",
        [.function, .function2], network.readoutBasis(inverts: false)),
      square(
        "readout_basis_inverse", "what ρ((xy)⁻¹) in the hidden layer gives to ρ(z) in the logits",
        [.function, .function2], network.readoutBasis(inverts: true)),
    ]
    precondition(entries[0].shape == [order, order], "the functions are no basis")
    if let natural = network.naturalReadoutBasis {
      entries.append(
        square(
          "natural_readout_basis",
          "what the natural representation of (xy)⁻¹ in the hidden layer gives to that of z",
          [.naturalEntry, .naturalEntry2], natural))
    }
    return entries
  }
}
