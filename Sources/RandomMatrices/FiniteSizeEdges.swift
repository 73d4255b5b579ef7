import Foundation

/// Where the extreme eigenvalues of a sample covariance of finite size lie.
///
/// The largest eigenvalue of XᵀX/n, X of n rows and d columns of independent unit normals, is
/// centred below the edge (1+√γ)² and fluctuates on the scale n^(−2/3) with the Tracy–Widom law.
///
/// - Source: I. M. Johnstone, Ann. Statist. 29 (2001) 295.
public struct FiniteSizeEdge: Equatable, Sendable {
  /// Centring μ of the law.
  public let centre: Double
  /// Scale σ of the law.
  public let scale: Double

  /// The edge for `samples` rows and `inputs` columns.
  public init(inputs: Int, samples: Int) {
    precondition(inputs > 0 && samples > 1, "no edge for \(inputs) inputs, \(samples) samples")
    let (a, b) = (Double(samples - 1).squareRoot(), Double(inputs).squareRoot())
    centre = (a + b) * (a + b) / Double(samples)
    scale = (a + b) * cbrt(1 / a + 1 / b) / Double(samples)
  }

  /// Mean of the largest eigenvalue; −1.2065 is the mean of the Tracy–Widom law for β = 1.
  public var mean: Double { centre - 1.206_533_574_5 * scale }

  /// Standard deviation of the largest eigenvalue; 1.268 is that of the Tracy–Widom law for β = 1.
  public var standardDeviation: Double { 1.268_034 * scale }
}

/// Laws of extreme singular values that have a closed form.
public enum ExtremeSingularValues {
  /// The probability that n times the smallest eigenvalue of WWᵀ is at most `x`.
  ///
  /// W is n × n with independent unit normals and n is large: 1 − exp(−x/2 − √x).
  ///
  /// - Source: A. Edelman, SIAM J. Matrix Anal. Appl. 9 (1988) 543.
  public static func hardEdgeCumulative(_ x: Double) -> Double {
    x <= 0 ? 0 : -expm1(-x / 2 - x.squareRoot())
  }

  /// The limit of the largest squared singular value of a product of square Gaussian layers.
  ///
  /// (K+1)^(K+1)/K^K for K layers whose entries have variance 1/n.
  ///
  /// - Source: Burda, Janik & Waclaw, Phys. Rev. E 81 (2010) 041132.
  public static func largestSquareOfProduct(layers: Int) -> Double {
    precondition(layers > 0, "a product of \(layers) layers has no spectrum")
    let k = Double(layers)
    return (k + 1) * pow((k + 1) / k, k)
  }
}
