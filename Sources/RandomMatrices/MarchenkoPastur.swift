import Foundation

/// The limiting spectrum of a sample covariance XᵀX/n of n rows of d independent unit normals.
///
/// With the ratio γ = d/n the density is √((l₊−l)(l−l₋))/(2πγl) on l± = (1±√γ)², and a fraction
/// (1−1/γ)₊ of the eigenvalues is zero.
///
/// - Source: V. A. Marchenko & L. A. Pastur, Math. USSR Sb. 1 (1967) 457.
public struct MarchenkoPastur: Equatable, Sendable {
  /// γ = d/n, the number of inputs over the number of samples, > 0.
  public let ratio: Double
  /// Smallest non-zero eigenvalue l₋ = (1−√γ)².
  public var lowerEdge: Double { (1 - ratio.squareRoot()) * (1 - ratio.squareRoot()) }
  /// Largest eigenvalue l₊ = (1+√γ)².
  public var upperEdge: Double { (1 + ratio.squareRoot()) * (1 + ratio.squareRoot()) }
  /// Fraction of eigenvalues that are exactly zero, (1−1/γ)₊.
  public var atomAtZero: Double { max(0, 1 - 1 / ratio) }
  let nodes: [Node]

  struct Node: Equatable { let eigenvalue, weight: Double }

  /// The spectrum of a given ratio.
  ///
  /// - Precondition: the ratio is finite and > 0.
  public init(ratio: Double) {
    precondition(ratio > 0 && ratio.isFinite, "a ratio of inputs to samples cannot be \(ratio)")
    self.ratio = ratio
    // l = 1 + γ + 2√γ·cos θ with double-exponential nodes in θ: they resolve integrands that
    // change only next to an edge (late times, γ = 1) as well as smooth ones.
    let root = ratio.squareRoot()
    let step = 1.0 / 64
    var nodes: [Node] = []
    for j in -288...288 {
      let x = Double(j) * step
      let e = exp(-Double.pi * sinh(abs(x)))
      let nearer = Double.pi * e / (1 + e)
      let weight = step * Double.pi * Double.pi * cosh(x) * e / ((1 + e) * (1 + e))
      let sine = sin(nearer)
      // sin²θ is the same at both ends; l is formed from the edge that is nearer.
      let shift = 4 * root * sin(nearer / 2) * sin(nearer / 2)
      let eigenvalue = x < 0 ? (1 + root) * (1 + root) - shift : (1 - root) * (1 - root) + shift
      guard eigenvalue > 0, weight > 0 else { continue }
      nodes.append(
        Node(eigenvalue: eigenvalue, weight: weight * 2 * sine * sine / (Double.pi * eigenvalue)))
    }
    self.nodes = nodes
  }

  /// The density of non-zero eigenvalues at `eigenvalue`; 0 outside the edges.
  public func density(at eigenvalue: Double) -> Double {
    let product = (upperEdge - eigenvalue) * (eigenvalue - lowerEdge)
    guard product > 0, eigenvalue > 0 else { return 0 }
    return product.squareRoot() / (2 * Double.pi * ratio * eigenvalue)
  }

  /// The integral of a function over the non-zero eigenvalues, ∫ f(l)·ρ(l) dl.
  ///
  /// The total mass is min(1, 1/γ). Add ``atomAtZero``·f(0) for all eigenvalues.
  public func integral(of function: (Double) -> Double) -> Double {
    var (sum, carry) = (0.0, 0.0)
    for node in nodes {
      let term = node.weight * function(node.eigenvalue) - carry
      let total = sum + term
      carry = (total - sum) - term
      sum = total
    }
    return sum
  }

  /// The fraction of eigenvalues, zeros included, that are at most `eigenvalue`.
  public func cumulative(_ eigenvalue: Double) -> Double {
    guard eigenvalue >= 0 else { return 0 }
    guard eigenvalue > lowerEdge else { return atomAtZero }
    guard eigenvalue < upperEdge else { return 1 }
    // Midpoints in θ of the part below the eigenvalue; the integrand is smooth there.
    let root = ratio.squareRoot()
    let cosine = (eigenvalue - 1 - ratio) / (2 * root)
    let start = acos(min(1, max(-1, cosine)))
    let count = 400
    let width = (Double.pi - start) / Double(count)
    var sum = 0.0
    for k in 0..<count {
      let angle = start + (Double(k) + 0.5) * width
      let value = 1 + ratio + 2 * root * cos(angle)
      if value > 0 { sum += 2 * sin(angle) * sin(angle) / (Double.pi * value) * width }
    }
    return atomAtZero + sum
  }

  /// The mean of 1/l over the non-zero eigenvalues, weighted with the full density.
  ///
  /// 1/(1−γ) below γ = 1 and 1/(γ(γ−1)) above; infinite at γ = 1.
  public var inverseMoment: Double {
    ratio < 1 ? 1 / (1 - ratio) : ratio > 1 ? 1 / (ratio * (ratio - 1)) : .infinity
  }
}
