/// A rank-one signal in a rectangular matrix of noise: where its singular value and vectors end up.
///
/// The matrix is s·u·vᵀ + Z with Z of shape [output, input] and independent entries of variance
/// 1/inputs, in the limit of large sizes at fixed A = outputs/inputs. Several signals of different
/// strength behave independently.
///
/// - Source: F. Benaych-Georges & R. R. Nadakuditi, J. Multivariate Anal. 111 (2012) 120, in the
///   notation of Lampinen & Ganguli 2019, arXiv:1809.10374; the transition is that of Baik,
///   Ben Arous & Péché 2005.
public struct SpikedMatrix: Equatable, Sendable {
  /// Strength s of the signal in units of the noise, ≥ 0.
  public let strength: Double
  /// A = outputs/inputs, > 0.
  public let aspect: Double

  /// A signal of a given strength in a matrix of a given aspect.
  public init(strength: Double, aspect: Double) {
    precondition(strength >= 0 && aspect > 0, "no spike has strength \(strength), A = \(aspect)")
    self.strength = strength
    self.aspect = aspect
  }

  /// The strength A^¼ below which the signal is lost in the noise.
  public var threshold: Double { aspect.squareRoot().squareRoot() }

  /// Whether the signal stands out of the noise.
  public var isVisible: Bool { strength > threshold }

  /// Largest singular value that noise alone has, 1 + √A.
  public var bulkEdge: Double { 1 + aspect.squareRoot() }

  /// The singular value at which the signal appears; ``bulkEdge`` when it is lost.
  public var singularValue: Double {
    guard isVisible else { return bulkEdge }
    let square = strength * strength
    return ((1 + square) * (aspect + square)).squareRoot() / strength
  }

  /// |u·û|, the overlap on the side of the outputs; 0 when the signal is lost.
  public var leftOverlap: Double {
    guard isVisible else { return 0 }
    let square = strength * strength
    return max(0, 1 - aspect * (1 + square) / (square * (square + aspect))).squareRoot()
  }

  /// |v·v̂|, the overlap on the side of the inputs; 0 when the signal is lost.
  public var rightOverlap: Double {
    guard isVisible else { return 0 }
    let square = strength * strength
    return max(0, 1 - (aspect + square) / (square * (square + 1))).squareRoot()
  }
}
