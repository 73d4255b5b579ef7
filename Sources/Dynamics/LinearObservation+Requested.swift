import LearningProblems
import LinearAlgebra

/// What is recorded of a linear network only on request, because it costs more.
extension LinearObservation {
  /// Number of Hessian eigenvalues that are recorded at most.
  public static let hessianModes = 10

  /// Singular values of the parameter Jacobian and the layers' shares in them.
  ///
  /// - Throws: `LinearAlgebraError` if a weight is not finite.
  public func parameterJacobian() throws -> ParameterJacobian {
    try ParameterJacobian(weights: network.originalWeights, inputRoot: measures.inputRoot)
  }

  /// The largest eigenvalues of the Hessian of J by all weights, falling.
  ///
  /// Exact for two layers of any width: hidden directions that are never reached all add the same
  /// eigenvalues, so that only as many of them are kept as can matter. Shape [hessian mode].
  ///
  /// - Throws: `LinearAlgebraError` if a weight is not finite.
  /// - Complexity: O(P³) with P weights after that reduction.
  public func hessianSpectrum() throws -> [Double] {
    let modes = Self.hessianModes
    let weights = network.originalWeights
    let reduced = try weights.reduced(to: weights.hiddenBasis())
    let missing = weights.depth == 2 ? weights.layers[0].rows - reduced.layers[0].rows : 0
    let values = try curvature(of: reduced.padded(by: min(missing, modes))).matrix()
      .symmetricEigen().values
    return Array(values.prefix(modes))
  }

  /// The largest eigenvalue of the Hessian of J by all weights.
  ///
  /// - Throws: `LinearAlgebraError` if a weight is not finite.
  public func sharpness() throws -> Double {
    let weights = network.originalWeights
    let reduced = try weights.reduced(to: weights.hiddenBasis())
    let missing = weights.depth == 2 ? weights.layers[0].rows - reduced.layers[0].rows : 0
    return try curvature(of: reduced.padded(by: min(missing, 1))).largestEigenvalue()
  }

  /// Norm of the gradient of J by each layer, shape [layer].
  public var gradientNorms: [Double] {
    curvature(of: network.originalWeights).gradients.map(\.norm)
  }

  /// Numerical rank of each layer, shape [layer].
  ///
  /// - Throws: `LinearAlgebraError` if a weight is not finite.
  public func ranks() throws -> [Double] {
    try network.weights.layers.map { layer in
      let factors = try layer.singularValueDecomposition()
      return Double(factors.rank(threshold: factors.roundingThreshold))
    }
  }

  /// Share of each mode's right singular vector in the first layer, vᵢᵀ·W₁ᵀW₁·vᵢ/‖W₁‖², shape [output].
  ///
  /// It is 1 for a single mode with which all hidden units are aligned, NaN while the layer is zero.
  ///
  /// - Source: Atanasov, Bordelon & Pehlevan 2021, arXiv:2111.00034.
  public var alignments: [Double] {
    let weights = network.originalWeights.layers[0]
    let modes = measures.problem.modes
    let turned = weights * modes.right
    let total = weights.squaredNorm
    let shares = modes.values.indices.map { i in
      turned.column(i).reduce(0) { $0 + $1 * $1 } / total
    }
    let outputs = measures.problem.correlations.outputs
    return shares + Array(repeating: 0, count: outputs - shares.count)
  }

  /// Squared error of each training sample, shape [sample]; their sum over N is the loss.
  public var sampleLosses: [Double] {
    let errors = measures.inputs.times(product, right: .transposed) - measures.targets
    return (0..<errors.rows).map { i in errors.row(i).reduce(0) { $0 + $1 * $1 } }
  }

  /// The loss on training inputs of which only the leading principal components are kept.
  ///
  /// Entry k − 1 keeps k of them; shape [input]. The last is the loss.
  public var lowRankLosses: [Double] {
    let correlations = measures.problem.correlations
    let basis = measures.inputEigen
    let gap = (product - correlations.fit) * basis.vectors
    let fit = correlations.fit * basis.vectors
    func weighted(_ map: Matrix<Double>, _ j: Int) -> Double {
      max(basis.values[j], 0) * (0..<map.rows).reduce(0) { $0 + map[$1, j] * map[$1, j] }
    }
    let kept = basis.values.indices.map { weighted(gap, $0) }
    let dropped = basis.values.indices.map { weighted(fit, $0) }
    return basis.values.indices.map { k in
      correlations.fitLoss + kept[...k].reduce(0, +) + dropped[(k + 1)...].reduce(0, +)
    }
  }

  private func curvature(of weights: LinearWeights) -> Curvature {
    Curvature(
      weights: weights, correlations: measures.problem.correlations,
      rule: StepRule(rates: weights.layers.map { _ in 1 }))
  }
}

extension LinearWeights {
  /// The same map with more hidden units in the first hidden layer, none of them connected.
  fileprivate func padded(by count: Int) -> LinearWeights {
    guard count > 0, depth == 2 else { return self }
    let (first, second) = (layers[0], layers[1])
    return LinearWeights([
      Matrix(
        rows: first.rows + count, columns: first.columns,
        elements: first.elements + Array(repeating: 0, count: count * first.columns)),
      second.joined(right: Matrix(rows: second.rows, columns: count)),
    ])
  }
}
