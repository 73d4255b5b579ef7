import Foundation
import LinearAlgebra
import Networks
import Scenarios

/// What turns the gradient of a network into a step, in the order of operations of PyTorch.
///
/// - Source: Kingma & Ba 2015, arXiv:1412.6980 (Adam); Loshchilov & Hutter 2019, arXiv:1711.05101
///   (weight decay outside of the moments); momentum as `torch.optim.SGD` has it, v ← μ·v + g.
public struct Optimiser<Scalar: DenseScalar>: Equatable, Sendable {
  /// Which rule.
  public let rule: TrainingSection.Rule
  /// Learning rate of each layer at step 0, shape [layer].
  public let rates: [Double]
  /// γ of the factor 1/(1 + γk) on the rates at step k.
  public let decay: Double
  /// β of each layer: of β·w in the gradient, for adamw of −ηβ·w in the step.
  public let weightDecay: [Double]
  /// μ.
  public let momentum: Double
  /// β₁ and β₂.
  public let betas: [Double]
  /// What is added to the root of the second moment.
  public let epsilon: Double
  /// Velocity, or first moment of the gradient; empty for rules without.
  public internal(set) var first: [Scalar]
  /// Second moment of the gradient; empty for rules without.
  public internal(set) var second: [Scalar]
  private let layers: [Range<Int>]

  /// The rule of a training, for networks of the given shape.
  public init(_ training: TrainingSection, shape: any NetworkShape) {
    rule = training.rule
    layers = shape.layers
    rates = training.layerRates(depth: layers.count)
    decay = training.decay
    weightDecay = training.layerWeightDecay(depth: layers.count)
    momentum = training.momentum
    betas = training.betas
    epsilon = training.epsilon
    let zeros = [Scalar](repeating: 0, count: shape.parameterCount)
    let isAdaptive = rule == .adam || rule == .adamW
    first = isAdaptive || momentum > 0 ? zeros : []
    second = isAdaptive ? zeros : []
  }

  /// The rates of the step that starts from weights k, shape [layer].
  public func rates(at step: Int) -> [Double] {
    rates.map { decay == 0 ? $0 : $0 / (1 + decay * Double(step)) }
  }

  /// Takes the step from weights k to weights k + 1.
  ///
  /// - Parameter threads: no result depends on it.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func step(
    _ parameters: inout [Scalar], gradient: [Scalar], at step: Int, threads: Int = 1
  ) {
    let rates = rates(at: step)
    for (layer, range) in layers.enumerated() {
      switch rule {
      case .gradientDescent, .sgd:
        descend(
          &parameters, gradient, range, rate: Scalar(rates[layer]),
          weightDecay: Scalar(weightDecay[layer]), threads: threads)
      case .adam, .adamW:
        adapt(
          &parameters, gradient, range, rate: rates[layer], weightDecay: weightDecay[layer],
          step: Double(step + 1))
      }
    }
  }

  private mutating func descend(
    _ parameters: inout [Scalar], _ gradient: [Scalar], _ range: Range<Int>, rate: Scalar,
    weightDecay: Scalar, threads: Int
  ) {
    let momentum = Scalar(momentum)
    first.withUnsafeMutableBufferPointer { first in
      parameters.withUnsafeMutableBufferPointer { parameters in
        gradient.withUnsafeBufferPointer { gradient in
          guard let parameters = parameters.baseAddress, let gradient = gradient.baseAddress else {
            return
          }
          Scalar.descend(
            count: range.count, rate: rate, decay: weightDecay, momentum: momentum,
            gradient: gradient + range.lowerBound,
            velocity: momentum == 0 ? nil : first.baseAddress.map { $0 + range.lowerBound },
            parameters: parameters + range.lowerBound, threads: threads)
        }
      }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private mutating func adapt(
    _ parameters: inout [Scalar], _ gradient: [Scalar], _ range: Range<Int>, rate: Double,
    weightDecay: Double, step: Double
  ) {
    let size = Scalar(rate / (1 - pow(betas[0], step)))
    let root = Scalar((1 - pow(betas[1], step)).squareRoot())
    let (rest1, rest2, keep2) = (Scalar(1 - betas[0]), Scalar(1 - betas[1]), Scalar(betas[1]))
    let epsilon = Scalar(epsilon)
    let shrink = Scalar(1 - rate * weightDecay)
    let inside = rule == .adam ? Scalar(weightDecay) : 0
    for i in range {
      if rule == .adamW { parameters[i] *= shrink }
      var slope = gradient[i]
      if inside != 0 { slope += inside * parameters[i] }
      first[i] += rest1 * (slope - first[i])
      second[i] = keep2 * second[i] + rest2 * slope * slope
      parameters[i] -= size * first[i] / (second[i].squareRoot() / root + epsilon)
    }
  }
}
