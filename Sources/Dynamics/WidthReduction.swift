import LearningProblems
import LinearAlgebra
import Networks

/// A network of two layers as one of the least hidden width that moves in the same way.
///
/// Gradient descent adds multiples of W₂ᵀ's columns to W₁'s and the other way round, in any order
/// and at any rates, so that both stay in the span of their columns: in an orthonormal basis B of
/// it, W₁ = B·w₁ and W₂ = w₂·Bᵀ for ever. The span has at most input + output dimensions, fewer
/// where columns depend on each other. Nothing about it is approximate but for rounding.
///
/// - Source: derived in docs/engines.md.
public struct WidthReduction: Equatable, Sendable {
  /// The whole network at the start.
  public let whole: LinearNetwork
  /// B, shape [hidden, reduced hidden]; nil where nothing is gained.
  public let basis: Matrix<Double>?
  /// The reduced network at the start, in the same space.
  public let reduced: LinearNetwork

  /// The reduction of a network; none unless it has two layers.
  ///
  /// - Parameter hiddenBasis: `network.weights.hiddenBasis()`.
  /// - Throws: `LinearAlgebraError` if a weight is not finite.
  /// - Complexity: O(hidden · (input + output)²).
  public init(_ network: LinearNetwork, hiddenBasis: Matrix<Double>?) throws {
    whole = network
    let weights = network.weights.reduced(to: hiddenBasis)
    guard weights.depth == 2, let turn = try weights.spanOfHidden() else {
      basis = hiddenBasis
      reduced = LinearNetwork(weights: weights, space: network.space, modes: network.modes)
      return
    }
    basis = hiddenBasis.map { $0 * turn } ?? turn
    reduced = LinearNetwork(
      weights: weights.reduced(to: turn), space: network.space, modes: network.modes)
  }

  /// A network in a basis that is known to hold all that moves; nil keeps it as it is.
  public init(_ network: LinearNetwork, along basis: Matrix<Double>?) {
    whole = network
    self.basis = basis
    reduced = LinearNetwork(
      weights: network.weights.reduced(to: basis), space: network.space, modes: network.modes)
  }

  /// Hidden width before and after.
  public var widths: (from: Int, to: Int) {
    (whole.weights.layers[0].rows, reduced.weights.layers[0].rows)
  }

  /// The whole network that a later reduced network stands for.
  ///
  /// What lies outside of the basis, if only by rounding, stays as it was at the start.
  public func expanded(_ later: LinearNetwork) -> LinearNetwork {
    guard let basis else { return later }
    var network = whole
    let start = reduced.weights.layers
    let changes = zip(later.weights.layers, start).map { $0 - $1 }
    network.weights.layers[0].setProduct(basis, changes[0], keep: 1)
    network.weights.layers[1].setProduct(changes[1], basis, right: .transposed, keep: 1)
    return network
  }
}

extension LinearWeights {
  /// An orthonormal basis of the span of W₁'s and W₂ᵀ's columns; nil if it is the whole space.
  ///
  /// Columns count by their directions, however small they are. Shape [hidden, dimension].
  fileprivate func spanOfHidden() throws -> Matrix<Double>? {
    let hidden = layers[0].rows
    var columns = layers[0].joined(right: layers[1].transposed)
    let norms = (0..<columns.columns).map { j in
      (0..<hidden).reduce(0) { $0 + columns[$1, j] * columns[$1, j] }.squareRoot()
    }
    for j in norms.indices where norms[j] > 0 {
      for i in 0..<hidden { columns[i, j] /= norms[j] }
    }
    let factors = try columns.singularValueDecomposition()
    let largest = factors.values.first ?? 0
    let threshold = 8 * Double(max(hidden, columns.columns)) * .ulpOfOne * largest
    let rank = max(1, factors.values.filter { $0 > threshold }.count)
    return rank < hidden ? factors.left.columns(0..<rank) : nil
  }
}
