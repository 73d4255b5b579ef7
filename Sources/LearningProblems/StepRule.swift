import Foundation

/// In which order the layers of a network take their steps.
public enum UpdateOrder: String, CaseIterable, Sendable {
  /// All layers at once, from the same weights: gradient descent.
  case simultaneous
  /// First layer first; each later layer sees the new weights of the earlier ones.
  case sequential
}

/// The rule of a gradient step: a rate per layer, its decay, the order of updates.
public struct StepRule: Equatable, Sendable {
  /// Learning rate of each layer at step 0, shape [layer], each ≥ 0; 0 freezes the layer.
  public var rates: [Double]
  /// γ of the factor 1/(1 + γk) on every rate at step k; 0 keeps the rates.
  public var decay: Double
  /// Weight decay per layer β, the gradient's extra term β·W, shape [layer].
  public var weightDecay: [Double]
  /// Factors on the rate of the first layer for each input, shape [input]; nil for equal rates.
  ///
  /// The gradient of W₁ is multiplied by diag(factors) from the right, in the basis of the data.
  public var inputRates: [Double]?
  /// Order of the updates.
  public var order: UpdateOrder

  /// A rule with the given rates; everything else off by default.
  public init(
    rates: [Double], decay: Double = 0, weightDecay: [Double]? = nil,
    inputRates: [Double]? = nil, order: UpdateOrder = .simultaneous
  ) {
    self.rates = rates
    self.decay = decay
    self.weightDecay = weightDecay ?? rates.map { _ in 0 }
    self.inputRates = inputRates
    self.order = order
  }

  /// The factor 1/(1 + γk) on the rates of the step from weights k to weights k + 1.
  public func factor(at step: Int) -> Double { decay == 0 ? 1 : 1 / (1 + decay * Double(step)) }

  /// The rates of the step from weights k to weights k + 1, shape [layer].
  public func rates(at step: Int) -> [Double] {
    let factor = factor(at: step)
    return rates.map { $0 * factor }
  }

  /// Time that the first step takes: the geometric mean of the rates that are not zero.
  ///
  /// For two layers it is √(η₁η₂), or the other rate when one is zero; 0 when all are. For any
  /// number, gradient descent with rates η_l on W_l is gradient descent with their geometric mean
  /// η on W_l·√(η/η_l), layers of rate zero set apart.
  public var timeStep: Double {
    let moving = rates.filter { $0 > 0 }
    if let first = moving.first, moving.allSatisfy({ $0 == first }) { return first }
    switch moving.count {
    case 0: return 0
    case 1: return moving[0]
    case 2: return (moving[0] * moving[1]).squareRoot()
    default:
      return moving.reduce(1) { $0 * pow($1, 1 / Double(moving.count)) }
    }
  }

  /// The ratio of rates c = (η₁/η₂)^¼ of two moving layers, 1 if they are not two.
  ///
  /// Gradient descent with (η₁, η₂) on (W₁, W₂) is gradient descent with √(η₁η₂) on
  /// (W₁/c, c·W₂), exactly, at every step.
  public var rateRatio: Double {
    guard rates.count == 2, rates[0] > 0, rates[1] > 0, rates[0] != rates[1] else { return 1 }
    return (rates[0] / rates[1]).squareRoot().squareRoot()
  }

  /// Times t_k = Σ_{j<k} √(η₁,ⱼη₂,ⱼ) at ascending iterations.
  ///
  /// - Complexity: O(number of iterations) with constant rates, O(last iteration) with decay.
  public func times(at iterations: [Int]) -> [Double] {
    var clock = TrainingClock(self)
    return iterations.map { clock.time(at: $0) }
  }
}

/// Reads the time t_k of ascending iterations k, summing decaying rates as it goes.
public struct TrainingClock: Equatable, Sendable {
  private let rule: StepRule
  private var next = 0
  private var sum = 0.0
  private var carry = 0.0

  /// A clock at iteration 0.
  public init(_ rule: StepRule) { self.rule = rule }

  /// Time at an iteration, which must not be less than that of the call before.
  ///
  /// - Complexity: O(1) with constant rates, otherwise O(iterations since the call before).
  public mutating func time(at iteration: Int) -> Double {
    guard rule.decay != 0 else { return rule.timeStep * Double(iteration) }
    precondition(next <= iteration, "iteration \(iteration) lies before \(next)")
    while next < iteration {  // compensated summation: a million terms lose no digits
      let term = rule.factor(at: next) - carry
      let total = sum + term
      carry = (total - sum) - term
      sum = total
      next += 1
    }
    return rule.timeStep * sum
  }
}
