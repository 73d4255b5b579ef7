import LinearAlgebra

/// The weights of a linear network, first layer first: W = W_N ⋯ W₂·W₁.
public struct LinearWeights: Equatable, Sendable {
  /// One matrix per layer; layer l has shape [width of l, width of l−1].
  public var layers: [Matrix<Double>]

  /// Weights of at least one layer, each fitting onto the one before.
  public init(_ layers: [Matrix<Double>]) {
    precondition(!layers.isEmpty, "a network needs at least one layer")
    for (first, second) in zip(layers, layers.dropFirst()) {
      precondition(
        second.columns == first.rows,
        "a layer of shape \(second.shape) cannot follow one of shape \(first.shape)")
    }
    self.layers = layers
  }

  /// Number of layers N.
  public var depth: Int { layers.count }

  /// The map of the whole network W, shape [output, input].
  public var product: Matrix<Double> {
    layers.dropFirst().reduce(layers[0]) { $1 * $0 }
  }

  /// Frobenius norm of every layer, shape [layer].
  public var norms: [Double] { layers.map(\.norm) }

  /// Whether every weight is finite.
  public var isFinite: Bool { layers.allSatisfy(\.isFinite) }

  /// The balance Λ between each layer and the next, shape [hidden, hidden] each.
  ///
  /// Λ = (η₁·W₂ᵀW₂ − η₂·W₁W₁ᵀ)/√(η₁η₂) is conserved by gradient flow with a rate per layer; with
  /// one rate zero the divisor is the other rate. Empty for a single layer.
  ///
  /// - Parameter rates: η, shape [layer], at the start (their ratio is what matters).
  /// - Source: derived in docs/conventions.md; with equal rates the balance of Fukumizu 1998.
  public func balances(rates: [Double]) -> [Matrix<Double>] {
    (0..<(depth - 1)).map { l in
      let (first, second) = (rates[l], rates[l + 1])
      let mean = (first * second).squareRoot()
      let divisor = mean > 0 ? mean : max(first, second)
      var balance = layers[l + 1].times(layers[l + 1], left: .transposed)
      let other = layers[l].times(layers[l], right: .transposed)
      for i in balance.elements.indices {
        balance.elements[i] = first * balance.elements[i] - second * other.elements[i]
        if divisor > 0 { balance.elements[i] /= divisor }
      }
      return balance
    }
  }

  /// Largest norm of the difference between a balance Λ and an earlier one; 0 for a single layer.
  ///
  /// - Parameters:
  ///   - earlier: ``balances(rates:)`` of weights of the same shapes.
  ///   - rates: η, shape [layer].
  public func balanceGap(to earlier: [Matrix<Double>], rates: [Double]) -> Double {
    // A call of BLAS and its room cost more than the sums of few hidden units.
    guard layers.allSatisfy({ $0.rows <= 16 && $0.columns <= 16 }) else {
      return zip(balances(rates: rates), earlier).map { ($0 - $1).norm }.max() ?? 0
    }
    var largest = 0.0
    for l in 0..<(depth - 1) {
      let (first, second) = (rates[l], rates[l + 1])
      let mean = (first * second).squareRoot()
      let divisor = mean > 0 ? mean : max(first, second)
      let (below, above) = (layers[l], layers[l + 1])
      var sum = 0.0
      for i in 0..<below.rows {
        for j in 0..<below.rows {
          var (up, down) = (0.0, 0.0)
          for k in 0..<above.rows { up += above[k, i] * above[k, j] }
          for k in 0..<below.columns { down += below[i, k] * below[j, k] }
          var balance = first * up - second * down
          if divisor > 0 { balance /= divisor }
          let gap = balance - earlier[l][i, j]
          sum += gap * gap
        }
      }
      largest = max(largest, sum.squareRoot())
    }
    return largest
  }

  /// An orthonormal basis of the hidden directions that gradient descent can reach from here.
  ///
  /// Every gradient of a two-layer network keeps W₁ and W₂ᵀ inside the span of their columns, so
  /// the network is equivalent, exactly and for ever, to one whose hidden width is that of the
  /// basis. Shape [hidden, input + output]; nil where that is no reduction.
  ///
  /// - Throws: `LinearAlgebraError` if a weight is not finite.
  /// - Complexity: O(hidden · (input + output)²).
  public func hiddenBasis() throws -> Matrix<Double>? {
    guard depth == 2, layers[0].rows > layers[0].columns + layers[1].rows else { return nil }
    return try layers[0].joined(right: layers[1].transposed).qrDecomposition().orthogonal
  }

  /// The equivalent network whose hidden directions are the columns of a basis; nil changes nothing.
  public func reduced(to basis: Matrix<Double>?) -> LinearWeights {
    guard let basis else { return self }
    return LinearWeights([basis.times(layers[0], left: .transposed), layers[1] * basis])
  }

  /// The same network in the basis of the modes: W̄₁ = W₁·V and W̄_N = Uᵀ·W_N.
  public func rotated(into modes: Modes) -> LinearWeights {
    var rotated = layers
    rotated[0] = rotated[0] * modes.right
    rotated[depth - 1] = modes.left.times(rotated[depth - 1], left: .transposed)
    return LinearWeights(rotated)
  }

  /// The network whose form in the basis of the modes this is: W₁ = W̄₁·Vᵀ and W_N = U·W̄_N.
  public func rotated(outOf modes: Modes) -> LinearWeights {
    var rotated = layers
    rotated[0] = rotated[0].times(modes.right, right: .transposed)
    rotated[depth - 1] = modes.left * rotated[depth - 1]
    return LinearWeights(rotated)
  }
}
