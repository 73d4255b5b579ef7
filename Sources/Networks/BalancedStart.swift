import Foundation
import LearningProblems
import LinearAlgebra
import RandomStreams
import Scenarios

/// A start that is balanced between its layers, in directions that have nothing to do with the data.
///
/// W₁ = R₁·D₁·Vᵀ, W_l = R_l·D_l·R_{l−1}ᵀ, W_N = U·D_N·R_{N−1}ᵀ with Haar-distributed U, V and R_l.
/// Each mode has a strength σᵢ, the product of its entries in all D_l, and the entries are such that
/// (η₁·W₂ᵀW₂ − η₂·W₁W₁ᵀ)/√(η₁η₂) = λI, and likewise for the further layers with λ = 0.
///
/// - Source: Fukumizu 1998; for λ ≠ 0 Dominé et al. 2024, arXiv:2409.14623.
public struct BalancedStart: Equatable, Sendable {
  /// The singular values σᵢ of the product, shape [mode], each ≥ 0.
  public var strengths: [Double]
  /// U, shape [output, output].
  public var left: Matrix<Double>
  /// V, shape [input, input].
  public var right: Matrix<Double>

  /// A start with given singular vectors and values.
  public init(strengths: [Double], left: Matrix<Double>, right: Matrix<Double>) {
    self.strengths = strengths
    self.left = left
    self.right = right
  }

  /// A start drawn from NumPy's stream: U, V, then strengths |N(0, 1)|·scale.
  ///
  /// What is drawn later, the R_l, does not change the product.
  ///
  /// - Parameters:
  ///   - modes: number of strengths, at most the smallest width of the network.
  ///   - scale: product of the scales of all layers.
  /// - Throws: `LinearAlgebraError` or `RandomStreamError` if a factorisation fails.
  public init(
    modes: Int, scale: Double, inputs: Int, outputs: Int, using stream: inout NumPyStream
  ) throws {
    left = try haarOrthogonal(outputs, using: &stream)
    right = try haarOrthogonal(inputs, using: &stream)
    strengths = stream.normals(count: modes).map { abs($0 * scale) }
  }

  /// The diagonals of two layers of hidden width `hidden` with the given balance.
  ///
  /// Each hidden direction carries λ, with or without a mode. For λ > 0 the second layer carries it
  /// and needs as many outputs as hidden units; for λ < 0 the first, and as many inputs.
  ///
  /// - Throws: `ScenarioError` if λ ≠ 0 and the sizes do not allow it, or a rate is zero.
  func diagonals(balance: Double, rule: StepRule, hidden: Int) throws -> DiagonalStart {
    try checkSizes(balance: balance, hidden: hidden)
    guard balance == 0 || rule.rates.allSatisfy({ $0 > 0 }) else {
      throw ScenarioError(
        key: "network.balance",
        problem: "network.balance is \(balance), but a layer has the learning rate 0",
        remedy: "let both layers train, or leave the balance at 0")
    }
    let ratio = rule.rateRatio
    var first = [Double](repeating: 0, count: min(hidden, right.rows))
    var second = [Double](repeating: 0, count: min(hidden, left.rows))
    for i in 0..<hidden {
      let strength = i < strengths.count ? strengths[i] : 0
      // In weights scaled to equal rates.
      let (a, b) = DiagonalStart.pair(strength: strength, balance: balance)
      if i < first.count { first[i] = a * ratio }
      if i < second.count { second[i] = b / ratio }
    }
    return DiagonalStart(first: first, second: second)
  }

  /// The diagonals of layers of the given shapes with balance 0.
  ///
  /// Entries are σ^(1/N)·√(η_l/η) with the geometric mean η of the rates; layers count as trained
  /// at equal rates if one of them has the rate 0.
  func diagonals(rule: StepRule, shapes: [LayerShape]) -> DiagonalStart {
    let moves = rule.rates.allSatisfy { $0 > 0 }
    return DiagonalStart(
      diagonals: zip(shapes, rule.rates).map { shape, rate in
        let weight = moves ? (rate / rule.timeStep).squareRoot() : 1
        return (0..<shape.diagonal).map { i in
          i < strengths.count ? weight * pow(strengths[i], 1 / Double(shapes.count)) : 0
        }
      })
  }

  /// Weights that are diagonal between R's turned to the directions U and V.
  func turned(_ weights: LinearWeights) -> LinearWeights {
    var layers = weights.layers
    layers[0] = layers[0].times(right, right: .transposed)
    layers[layers.count - 1] = left * layers[layers.count - 1]
    return LinearWeights(layers)
  }

  private func checkSizes(balance: Double, hidden: Int) throws {
    let (carrier, available) = balance > 0 ? ("outputs", left.rows) : ("inputs", right.rows)
    guard balance == 0 || available >= hidden else {
      throw ScenarioError(
        key: "network.balance",
        problem: "network.balance is \(balance), which \(hidden) hidden units and \(available) "
          + "\(carrier) cannot have",
        remedy: "choose a hidden width of at most \(available), or the balance 0")
    }
  }
}
