import LearningProblems
import LinearAlgebra

/// The largest learning rates at which gradient descent stays at a minimum.
///
/// With simultaneous updates a deviation from the minimum shrinks exactly when k_max < 2, the
/// largest eigenvalue of √D·H·√D with the rates D and the second derivative H of J. At a minimum of
/// two layers that reaches the fit
///
///     k_max = eigmax(η₁·‖W₂‖²·Σxx + η₂·Σxx^½·W₁ᵀW₁·Σxx^½).
///
/// With sequential updates larger rates can be stable. A run beyond the bound leaves the minimum,
/// for a flatter one or for infinity. Rates that decay count as they are at the start.
///
/// - Source: derived in docs/theory/step-size.md.
public struct StepSizeBound: Equatable, Sendable {
  /// Which minimum the bound is about, and how its weights were found.
  public enum Minimum: Equatable, Sendable {
    /// The weights were given.
    case given
    /// A single layer: the curvature is the same everywhere.
    case everywhere
    /// The start is aligned with decoupled modes, whose conserved balances give the minimum exactly.
    case aligned
    /// The start is so small that the minimum is balanced, up to a few per cent.
    case smallStart
    /// Gradient descent of safe step size went there; whether it arrived. If not, the bound is the
    /// lesser of those where it stopped and at the balanced minimum, and only a guess.
    case approached(isReached: Bool)
  }

  /// k_max, largest eigenvalue of √D·H·√D at the given rates; unit 1.
  public let curvature: Double
  /// The largest factor on all rates that is stable; infinite where nothing moves.
  public let largestFactor: Double
  /// The largest stable rates of the given ratio, shape [layer].
  public let largestRates: [Double]
  /// Whether rates slightly above the bound are unstable, or the bound is merely safe.
  public let isTight: Bool
  /// The minimum.
  public let minimum: Minimum

  /// Whether the given rates stay at the minimum.
  public var isStable: Bool { largestFactor > 1 }

  /// The bound for the minimum that a run should reach.
  ///
  /// - Throws: `LinearAlgebraError` if a weight is not finite or a factorisation fails.
  public init(problem: LearningProblem) throws {
    let (weights, minimum) = try problem.expectedMinimum()
    let bound = try StepSizeBound.at(
      weights: weights, correlations: problem.correlations, rule: problem.rule, minimum: minimum)
    if minimum == .approached(isReached: false), let balanced = try problem.balancedMinimum() {
      let other = try StepSizeBound.at(
        weights: balanced, correlations: problem.correlations, rule: problem.rule, minimum: minimum)
      self = other.largestFactor < bound.largestFactor ? other : bound
    } else {
      self = bound
    }
  }

  /// The bound at given weights in the basis of the data, which should be those of a minimum.
  ///
  /// Where J curves down, the weights are no minimum; those directions are left out of account.
  ///
  /// - Throws: `LinearAlgebraError` if a weight is not finite or a factorisation fails.
  /// - Complexity: O(input³ + output³) for two layers that reach the fit, otherwise about a hundred
  ///   gradients; sequential updates cost up to a second more.
  public static func at(
    weights: LinearWeights, correlations: Correlations, rule: StepRule
  ) throws -> StepSizeBound {
    try at(weights: weights, correlations: correlations, rule: rule, minimum: .given)
  }

  private static func at(
    weights: LinearWeights, correlations: Correlations, rule: StepRule, minimum: Minimum
  ) throws -> StepSizeBound {
    let reduced = try weights.reduced(to: weights.hiddenBasis())
    var curvature = Curvature(weights: reduced, correlations: correlations, rule: rule)
    if minimum == .approached(isReached: true) { curvature.neglectedResidual = 5e-3 }
    let top = try curvature.largestEigenvalue()
    let simultaneous = top > 0 ? 2 / top : .infinity
    var (factor, isTight) = (simultaneous, true)
    if rule.order == .sequential, rule.rates.filter({ $0 > 0 }).count > 1, top > 0 {
      (factor, isTight) = try curvature.largestSequentialFactor()
      // The bound by blocks can lie below that of simultaneous updates only by rounding.
      factor = max(factor, isTight ? 0 : simultaneous * (1 - 1e-9))
    }
    return StepSizeBound(
      curvature: top, largestFactor: factor,
      largestRates: rule.rates.map { $0 == 0 ? 0 : $0 * factor }, isTight: isTight,
      minimum: minimum)
  }

  private init(
    curvature: Double, largestFactor: Double, largestRates: [Double], isTight: Bool,
    minimum: Minimum
  ) {
    self.curvature = curvature
    self.largestFactor = largestFactor
    self.largestRates = largestRates
    self.isTight = isTight
    self.minimum = minimum
  }
}

extension Curvature {
  /// Whether the residual is too small to matter for the curvature.
  var reachesFit: Bool {
    let scale = (before[layers.count] * correlations.input).norm + correlations.inputOutput.norm
    return residual.norm <= neglectedResidual * scale
  }

  /// Whether the curvature is that of two layers at a minimum that reaches the fit.
  var hasClosedForm: Bool {
    layers.count == 2 && reachesFit && rule.weightDecay.allSatisfy { $0 == 0 }
      && rule.inputRates == nil
  }

  /// The largest eigenvalue of √D·H·√D.
  func largestEigenvalue() throws -> Double {
    guard hasClosedForm else {
      return try Dynamics.largestEigenvalue(dimension: dimension, times: times)
    }
    let root = try correlations.input.symmetricRoot()
    let first = layers[0] * root
    var sum = rule.rates[1] * first.times(first, left: .transposed)
    let second = try layers[1].times(layers[1], right: .transposed).symmetricEigen().values[0]
    sum.add(correlations.input, scale: rule.rates[0] * second)
    return try sum.symmetricEigen().values[0]
  }
}

extension Matrix<Double> {
  /// The symmetric root of a symmetric matrix; eigenvalues below 0 count as 0.
  func symmetricRoot() throws -> Matrix {
    let eigen = try symmetricEigen()
    var scaled = eigen.vectors
    for i in 0..<rows { for j in 0..<rows { scaled[i, j] *= max(0, eigen.values[j]).squareRoot() } }
    return scaled.times(eigen.vectors, right: .transposed)
  }
}
