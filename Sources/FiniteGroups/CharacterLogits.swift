import Foundation

/// The mean cross-entropy of logits f(xyz⁻¹) over all pairs x, y with the class z = xy.
///
/// It is log Σ_g exp f(g) − f(e), the same for every pair.
///
/// - Parameter function: f, shape [element], the identity first; a character or a sum of them.
public func characterCrossEntropy(_ function: [Double]) -> Double {
  guard let top = function.max() else { return 0 }
  let total = function.reduce(0) { $0 + exp($1 - top) }
  return log(total) + top - function[0]
}

/// The share of pairs whose largest logit f(xyz⁻¹) is that of z = xy, ties shared evenly.
public func characterAccuracy(_ function: [Double]) -> Double {
  guard let top = function.max() else { return 0 }
  // Characters are sums of cosines: equal ones differ by rounding.
  let isTop = function.map { $0 > top - 1e-9 * max(1, abs(top)) }
  return isTop[0] ? 1 / Double(isTop.count(where: \.self)) : 0
}

/// A point of a scan over convex mixtures of characters.
public struct CharacterMixture: Equatable, Sendable {
  /// The weight of each character, summing to 1.
  public let weights: [Double]
  /// Cross-entropy of the mixture as logits.
  public let crossEntropy: Double

  /// All mixtures of some characters in steps of 1/steps, the first weight rising slowest.
  ///
  /// - Precondition: there is a character, and `steps >= 1`.
  public static func scan(_ characters: [[Double]], steps: Int) -> [CharacterMixture] {
    precondition(!characters.isEmpty && steps >= 1, "there is nothing to mix")
    var mixtures: [CharacterMixture] = []
    func descend(_ parts: [Int]) {
      let left = steps - parts.reduce(0, +)
      guard parts.count == characters.count - 1 else {
        for part in 0...left { descend(parts + [part]) }
        return
      }
      let weights = (parts + [left]).map { Double($0) / Double(steps) }
      let mixed = characters[0].indices.map { element in
        zip(weights, characters).reduce(0) { $0 + $1.0 * $1.1[element] }
      }
      mixtures.append(
        CharacterMixture(weights: weights, crossEntropy: characterCrossEntropy(mixed)))
    }
    descend([])
    return mixtures
  }
}
