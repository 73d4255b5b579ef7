import LearningProblems
import LinearAlgebra
import RandomStreams
import Scenarios

extension LinearNetworkSection {
  /// The network of this section at its start.
  ///
  /// The start does not depend on the space; a start that is stated in the other basis is rotated.
  ///
  /// - Parameters:
  ///   - modes: the modes of the data.
  ///   - rule: the rule of a step; its rates say what balanced means.
  ///   - needsLayers: whether the single layers matter, beyond their product.
  ///   - numPy: NumPy's stream, positioned after the draws of the data; gives rotations.
  ///   - torch: PyTorch's stream; gives the weights.
  /// - Throws: `ScenarioError` for a balance that the sizes do not allow, `LinearAlgebraError` if
  ///   a factorisation fails.
  public func start(
    modes: Modes, rule: StepRule, needsLayers: Bool, numPy: inout NumPyStream,
    torch: inout TorchStream
  ) throws -> LinearNetwork {
    let (inputs, outputs) = (modes.right.rows, modes.left.rows)
    let shapes = layerShapes(inputs: inputs, outputs: outputs)

    /// Fills in the rotations of the hidden layers, which come last from NumPy's stream.
    func rotated(_ diagonal: DiagonalStart) throws -> LinearWeights {
      var rotations: [Matrix<Double>] = []
      if needsLayers {
        for _ in 1..<depth { rotations.append(try haarOrthogonal(hidden, using: &numPy)) }
      }
      return diagonal.synapticWeights(
        inputs: inputs, hidden: hidden, outputs: outputs, rotations: rotations)
    }
    func independent(_ start: IndependentStart) -> LinearWeights {
      start.weights(
        scales: layerScales, shapes: shapes, isUnsigned: isUnsigned, using: &torch)
    }

    switch start {
    case .diagonal:
      let drawn = DiagonalStart(drawing: layerScales, shapes: shapes, using: &torch)
      return network(synaptic: try rotated(isUnsigned ? drawn.unsigned : drawn), modes: modes)
    case .diagonalFixed:
      let fixed =
        strengths.map { given in
          DiagonalStart(strengths: given, balance: balance, rule: rule, shapes: shapes)
        } ?? DiagonalStart(constant: layerScales, shapes: shapes)
      return network(synaptic: try rotated(fixed), modes: modes)
    case .balanced:
      let balanced = try BalancedStart(
        modes: shapes.map(\.diagonal).min() ?? 0, scale: layerScales.reduce(1, *), inputs: inputs,
        outputs: outputs, using: &numPy)
      let diagonal =
        try depth == 2
        ? balanced.diagonals(balance: balance, rule: rule, hidden: hidden)
        : balanced.diagonals(rule: rule, shapes: shapes)
      return network(original: try balanced.turned(rotated(diagonal)), modes: modes)
    case .constant:
      return network(
        original: ConstantStart(values: layerScales).weights(shapes: shapes), modes: modes)
    case .rankOne:
      let drawn = RankOneStart(
        drawing: layerScales, shapes: shapes, isUnsigned: isUnsigned, using: &torch)
      return network(original: drawn.weights, modes: modes)
    case .given:
      guard weights.count == shapes.count else {
        throw ScenarioError(
          key: "network.weights", problem: "There are weights of \(weights.count) layers",
          remedy: "give \(shapes.count)")
      }
      for (layer, (rows, shape)) in zip(weights, shapes).enumerated()
      where rows.count != shape.rows || rows[0].count != shape.columns {
        throw ScenarioError(
          key: "network.weights",
          problem: "Layer \(layer + 1) of the given weights has \(rows.count) rows of "
            + "\(rows[0].count) numbers",
          remedy: "give \(shape.rows) rows of \(shape.columns)")
      }
      return network(original: LinearWeights(weights.map { Matrix($0) }), modes: modes)
    case .gaussian: return network(original: independent(.gaussian), modes: modes)
    case .kaiming: return network(original: independent(.kaiming), modes: modes)
    case .uniform, .tuned: return network(original: independent(.uniform), modes: modes)
    }
  }

  private func network(synaptic weights: LinearWeights, modes: Modes) -> LinearNetwork {
    LinearNetwork(
      weights: space == .synaptic ? weights : weights.rotated(outOf: modes), space: space,
      modes: modes)
  }

  private func network(original weights: LinearWeights, modes: Modes) -> LinearNetwork {
    LinearNetwork(
      weights: space == .original ? weights : weights.rotated(into: modes), space: space,
      modes: modes)
  }

  /// The rule of a step that this network trains by, frozen layers at rate 0.
  ///
  /// - Throws: `ScenarioError` if there are rates per input, but not for every input.
  public func stepRule(_ training: TrainingSection, inputs: Int) throws -> StepRule {
    let factors = training.inputRates
    guard factors.isEmpty || factors.count == inputs else {
      throw ScenarioError(
        key: "training.input_rates",
        problem: "There are \(factors.count) input rates for \(inputs) inputs",
        remedy: "give one for each input")
    }
    let rates = training.layerRates(depth: depth).enumerated().map { l, rate in
      frozen.contains(l + 1) ? 0 : rate
    }
    return StepRule(
      rates: rates, decay: training.decay, weightDecay: training.layerWeightDecay(depth: depth),
      inputRates: factors.isEmpty ? nil : factors,
      order: training.order == .sequential ? .sequential : .simultaneous)
  }

  /// Variance of the independent weights that a layer starts from; nil for starts whose weights
  /// depend on one another, or have a mean.
  ///
  /// - Parameter columns: number of inputs of the layer.
  public func startVariance(ofLayer layer: Int, columns: Int) -> Double? {
    guard !isUnsigned else { return nil }
    let scale = layerScales[layer - 1]
    return switch start {
    case .gaussian: scale * scale
    case .kaiming: scale * scale / Double(3 * columns)
    case .uniform, .tuned: scale * scale / 3
    case .diagonal, .diagonalFixed, .constant, .rankOne, .balanced, .given: nil
    }
  }
}
