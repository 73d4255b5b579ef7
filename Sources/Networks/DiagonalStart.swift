import Foundation
import LearningProblems
import LinearAlgebra
import RandomStreams
import Scenarios

/// A start that is diagonal in the basis of the modes, but for rotations of the hidden layers.
///
///     W̄₁ = R₁·D₁,  W̄_l = R_l·D_l·R_{l−1}ᵀ,  W̄_N = D_N·R_{N−1}ᵀ
///
/// The D_l are zero but for their diagonals and the R_l are orthogonal. The product does not depend
/// on the R_l, so they need not be drawn unless the single layers matter. A single layer is D₁.
///
/// - Source: `diagonal_init` of Olmin & Lindsten, arXiv:2407.09845, for two layers.
public struct DiagonalStart: Equatable, Sendable {
  /// Diagonal of each D_l, shape [layer][min(width of l, width of l−1)].
  public var diagonals: [[Double]]

  /// A start with given diagonals, first layer first.
  public init(diagonals: [[Double]]) { self.diagonals = diagonals }

  /// A start of two layers with given diagonals.
  public init(first: [Double], second: [Double]) { self.init(diagonals: [first, second]) }

  /// A start whose diagonals are Float32 normal draws of the given scales, widened.
  ///
  /// - Parameters:
  ///   - scales: standard deviation of each layer.
  ///   - shapes: shape of each layer.
  ///   - stream: PyTorch's stream; the first layer draws first.
  init(drawing scales: [Double], shapes: [LayerShape], using stream: inout TorchStream) {
    diagonals = []
    for (scale, shape) in zip(scales, shapes) {
      let drawn = stream.normals(count: shape.diagonal, mean: 0, deviation: scale)
      diagonals.append(drawn.map(Double.init))
    }
  }

  /// A start whose diagonals are constant.
  init(constant scales: [Double], shapes: [LayerShape]) {
    diagonals = zip(scales, shapes).map { Array(repeating: $0, count: $1.diagonal) }
  }

  /// A start of two layers whose modes have given strengths and one balance.
  ///
  /// With b² − a² = λ and ab = u in weights scaled to equal rates; where one layer has the rate 0,
  /// λ is the square of its own entries, with a minus sign for the first layer.
  ///
  /// - Parameters:
  ///   - strengths: u, one for all modes or one for each; modes without one start at 0.
  ///   - balance: λ, not 0 where a layer has the rate 0.
  init(strengths: [Double], balance: Double, rule: StepRule, shapes: [LayerShape]) {
    let modes = shapes.map(\.diagonal).min() ?? 0
    let given =
      strengths.count == 1 ? Array(repeating: strengths[0], count: modes) : strengths
    diagonals = shapes.map { Array(repeating: 0, count: $0.diagonal) }
    for (i, strength) in given.prefix(modes).enumerated() {
      let (a, b): (Double, Double)
      if rule.rates[0] > 0, rule.rates[1] > 0 {
        (a, b) = Self.pair(strength: strength, balance: balance)
      } else {
        let frozen = abs(balance).squareRoot()
        (a, b) = balance > 0 ? (strength / frozen, frozen) : (frozen, strength / frozen)
      }
      diagonals[0][i] = a * rule.rateRatio
      diagonals[1][i] = b / rule.rateRatio
    }
  }

  /// Entries a and b with ab = u and b² − a² = λ; the larger one is well determined.
  static func pair(strength: Double, balance: Double) -> (first: Double, second: Double) {
    let root = hypot(balance, 2 * strength)
    let larger = ((abs(balance) + root) / 2).squareRoot()
    let smaller = larger > 0 ? strength / larger : 0
    return balance >= 0 ? (smaller, larger) : (larger, smaller)
  }

  /// The start with the absolute values of all diagonals.
  public var unsigned: DiagonalStart {
    DiagonalStart(diagonals: diagonals.map { $0.map(abs) })
  }

  /// The weights in the basis of the modes.
  ///
  /// - Parameter rotations: R_l for every hidden layer, shape [hidden, hidden] each; empty for
  ///   identities.
  public func synapticWeights(
    inputs: Int, hidden: Int, outputs: Int, rotations: [Matrix<Double>] = []
  ) -> LinearWeights {
    let last = diagonals.count - 1
    precondition(
      rotations.isEmpty || rotations.count == last,
      "\(rotations.count) rotations for \(last) hidden layers")
    let layers = diagonals.enumerated().map { l, diagonal in
      var layer = Matrix.diagonal(
        diagonal, rows: l == last ? outputs : hidden, columns: l == 0 ? inputs : hidden)
      guard !rotations.isEmpty else { return layer }
      if l < last { layer = rotations[l] * layer }
      return l > 0 ? layer.times(rotations[l - 1], right: .transposed) : layer
    }
    return LinearWeights(layers)
  }
}
