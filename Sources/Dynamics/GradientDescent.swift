import LearningProblems
import LinearAlgebra
import Networks

/// Gradient descent on a linear network, one literal step after the other.
public struct GradientDescent<Gradient: GradientRule>: LinearDescent {
  /// The network with the weights after ``iteration`` steps.
  public private(set) var network: LinearNetwork
  /// Number of steps taken.
  public private(set) var iteration: Int
  private let rule: StepRule
  private var gradient: Gradient
  /// Gradients that replace the one before from an iteration on, in order.
  private var later: ArraySlice<(from: Int, gradient: Gradient)>
  private let largestLoss: Double
  /// Factors on the first layer's rate, in the coordinates of the weights; shape [input, input].
  private let inputFactors: Matrix<Double>?

  /// A descent that starts at the network's weights.
  ///
  /// - Parameters:
  ///   - network: the network in the space in which it is trained.
  ///   - rule: rates per layer, decay, update order.
  ///   - gradient: gradients in the coordinates of the network's weights.
  ///   - later: gradients that replace the one before from an iteration on, by rising iteration.
  ///   - iteration: number of steps that led to the network's weights.
  ///   - largestLoss: the loss above which the descent counts as diverged.
  public init(
    network: LinearNetwork, rule: StepRule, gradient: Gradient,
    later: [(from: Int, gradient: Gradient)] = [], iteration: Int = 0, largestLoss: Double
  ) {
    precondition(
      rule.rates.count == network.weights.depth,
      "\(rule.rates.count) rates for \(network.weights.depth) layers")
    self.network = network
    self.rule = rule
    self.gradient = gradient
    self.later = later[...]
    self.iteration = iteration
    self.largestLoss = largestLoss
    inputFactors = rule.inputRates.map { factors in
      let diagonal = Matrix.diagonal(factors)
      guard network.space == .synaptic else { return diagonal }
      return network.modes.right.times(diagonal, left: .transposed).times(network.modes.right)
    }
  }

  /// Takes steps until the given iteration, or until the loss is not finite or too large.
  ///
  /// - Returns: whether the descent diverged; ``iteration`` is then that of the offending weights.
  public mutating func advance(to last: Int) -> Bool {
    var layers = network.weights.layers
    defer { network.weights.layers = layers }
    while iteration < last {
      changeStage()
      let factor = rule.factor(at: iteration)
      var loss = gradient.evaluate(at: layers)
      guard loss.isFinite, loss <= largestLoss else { return true }
      for l in layers.indices {
        if rule.order == .sequential, l > 0 { loss = gradient.evaluate(at: layers) }
        let rate = rule.rates[l] * factor
        guard rate != 0 else { continue }
        step(layer: l, of: &layers, rate: rate)
      }
      iteration += 1
    }
    return false
  }

  /// Moves one layer down its gradient as last evaluated, weight decay included.
  private mutating func step(layer l: Int, of layers: inout [Matrix<Double>], rate: Double) {
    let decay = rule.weightDecay[l]
    if l == 0, let inputFactors {
      var slope = decay * layers[0]
      gradient.add(gradientOf: 0, scale: 1, to: &slope)
      layers[0].setProduct(slope, inputFactors, scale: -rate, keep: 1)
      return
    }
    if decay != 0 {
      let kept = 1 - rate * decay
      for i in layers[l].elements.indices { layers[l].elements[i] *= kept }
    }
    gradient.add(gradientOf: l, scale: -rate, to: &layers[l])
  }

  /// The loss 2J of the weights as they are now.
  public mutating func loss() -> Double {
    changeStage()
    return gradient.evaluate(at: network.weights.layers)
  }

  /// Takes up the gradients that hold from this iteration on.
  private mutating func changeStage() {
    while let next = later.first, next.from <= iteration {
      gradient = next.gradient
      later.removeFirst()
    }
  }
}

extension GradientDescent: CheckpointableState {
  private static var kind: String { "literal" }

  /// The weights of every layer in the coordinates of the descent, `W1`, `W2`, ….
  public var state: DescentState {
    let layers = network.weights.layers
    return DescentState(
      kind: Self.kind, iteration: iteration,
      matrices: Dictionary(
        uniqueKeysWithValues: layers.enumerated().map { ("W\($0 + 1)", $1) }))
  }

  /// Takes a state up, in a descent that has not gone beyond it.
  ///
  /// - Throws: ``DescentStateError``.
  public mutating func restore(_ state: DescentState) throws {
    guard state.kind == Self.kind else {
      throw DescentStateError.wrongKind(expected: Self.kind, found: state.kind)
    }
    guard state.iteration >= iteration else {
      throw DescentStateError.notRestorable(kind: state.kind, iteration: state.iteration)
    }
    var layers = network.weights.layers
    for l in layers.indices {
      layers[l] = try state.matrix(
        "W\(l + 1)", rows: layers[l].rows, columns: layers[l].columns)
    }
    network.weights.layers = layers
    iteration = state.iteration
  }
}
