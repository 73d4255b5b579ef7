import DynKernels
import LearningProblems
import LinearAlgebra
import Networks

/// Gradient descent on two aligned layers, two numbers for each mode of the fit.
///
///     a⁺ = a − η₁·λ·b·(ab − S),  b⁺ = b − η₂·λ·a·(ab − S)
///
/// Exact for aligned starts on decoupled modes; perturbations across modes, which rounding makes in
/// a descent on whole matrices, do not exist here. So it stands for that descent only where the
/// step size is stable. Modes that a step leaves as they were at constant rates rest from then on.
///
/// - Source: docs/engines.md; Saxe, McClelland & Ganguli 2014, arXiv:1312.6120, in continuous time.
public struct ModesDescent: LinearDescent {
  /// Number of steps taken.
  public private(set) var iteration: Int
  private let start: AlignedModesStart
  let rule: StepRule
  let modes: Modes
  private let fitLoss: Double
  let largestExcess: Double
  let freezes: Bool
  /// λ and S, padded to a multiple of 8.
  let variances: [Double]
  let targets: [Double]
  private(set) var first: [Double]
  private(set) var second: [Double]
  private var groupIsFrozen: [UInt8]

  /// A descent from an aligned start; rates as of ``StatisticsDescent``, weight decay none.
  init(
    _ start: AlignedModesStart, correlations: Correlations, rule: StepRule, iteration: Int = 0,
    largestLoss: Double, freezes: Bool = true
  ) {
    precondition(
      rule.weightDecay.allSatisfy { $0 == 0 } && rule.inputRates == nil,
      "modes have neither weight decay nor rates for single inputs")
    let modes = start.reduction.reduced.modes
    let count = start.first.count
    let padding = [Double](repeating: 0, count: (8 - count % 8) % 8)
    self.start = start
    self.iteration = iteration
    self.rule = rule
    self.modes = modes
    self.freezes = freezes && rule.decay == 0
    fitLoss = correlations.fitLoss
    largestExcess = largestLoss - correlations.fitLoss
    variances = modes.variances + padding
    targets = modes.values + padding
    first = start.first + padding
    second = start.second + padding
    groupIsFrozen = [UInt8](repeating: 0, count: first.count / 8)
  }

  /// Number of modes.
  var modeCount: Int { start.first.count }

  /// The descent at another iteration, with the numbers of its modes there.
  func moved(
    to iteration: Int, first: ArraySlice<Double>, second: ArraySlice<Double>
  ) -> ModesDescent {
    var moved = self
    moved.iteration = iteration
    moved.first.replaceSubrange(0..<modeCount, with: first)
    moved.second.replaceSubrange(0..<modeCount, with: second)
    return moved
  }

  /// Whether no step will ever change the weights again.
  public var isFrozen: Bool { groupIsFrozen.allSatisfy { $0 != 0 } }

  /// Takes steps until the given iteration, or until the loss is not finite or too large.
  public mutating func advance(to last: Int) -> Bool {
    while iteration < last {
      if isFrozen {
        iteration = last
        return false
      }
      let block = iteration | (StatisticsDescent.probeInterval - 1)
      let count = min(last, block + 1) - iteration
      guard excess <= largestExcess else { return true }
      let freezesHere = freezes && iteration + count == block + 1
      if count == 1 {
        take(1, freezes: freezesHere)
        iteration += 1
        continue
      }
      let before = (first, second)
      take(count, freezes: freezesHere)
      if excess <= largestExcess {
        iteration += count
        continue
      }
      // Somewhere in the block it became too large: find out where, step by step.
      (first, second) = before
      while excess <= largestExcess, iteration < last {
        take(1, freezes: false)
        iteration += 1
      }
      return iteration < last
    }
    return false
  }

  private mutating func take(_ count: Int, freezes: Bool) {
    let rule = rule
    variances.withUnsafeBufferPointer { variances in
      targets.withUnsafeBufferPointer { targets in
        var problem = dyn_modes(
          count: Int64(variances.count), variances: variances.baseAddress,
          targets: targets.baseAddress, rates: (rule.rates[0], rule.rates[1]), own_rates: nil,
          weight_decay: (0, 0), decay: rule.decay,
          is_sequential: rule.order == .sequential ? 1 : 0)
        dyn_modes_steps(
          &problem, &first, &second, &groupIsFrozen, Int64(iteration), Int64(count),
          freezes ? 1 : 0)
      }
    }
  }

  /// Σ λᵢ·(aᵢbᵢ − Sᵢ)².
  private var excess: Double {
    var sum = 0.0
    for i in first.indices {
      let gap = first[i] * second[i] - targets[i]
      sum += gap * gap * variances[i]
    }
    return sum
  }

  /// The loss 2J of the weights as they are now.
  public func loss() -> Double { fitLoss + excess }

  /// The map of the network in the basis of the modes, shape [output, input].
  public var synapticProduct: Matrix<Double> {
    .diagonal(
      start.first.indices.map { first[$0] * second[$0] }, rows: modes.left.rows,
      columns: modes.right.rows)
  }

  /// The map of the network, in the basis of the data; shape [output, input].
  public var product: Matrix<Double> { modes.map(withCoordinates: synapticProduct) }

  /// The network as it stands, of the reduced width.
  public var reducedNetwork: LinearNetwork {
    var network = start.reduction.reduced
    var weights = network.space == .synaptic ? network.weights : network.synapticWeights
    for i in start.first.indices {
      let (a, b) = (first[i] - start.first[i], second[i] - start.second[i])
      for k in 0..<start.directions.rows {
        weights.layers[0][k, i] += a * start.directions[k, i]
        weights.layers[1][i, k] += b * start.directions[k, i]
      }
    }
    network.weights = network.space == .synaptic ? weights : weights.rotated(outOf: modes)
    return network
  }

  /// The network as it stands, expanded to its whole width.
  public var network: LinearNetwork { start.reduction.expanded(reducedNetwork) }
}

extension ModesDescent: CheckpointableState {
  private static var kind: String { "modes" }

  /// Both numbers of every mode, padded, and which groups of them rest.
  public var state: DescentState {
    func row(_ values: [Double]) -> Matrix<Double> {
      Matrix(rows: 1, columns: values.count, elements: values)
    }
    return DescentState(
      kind: Self.kind, iteration: iteration,
      matrices: [
        "first": row(first), "second": row(second), "frozen": row(groupIsFrozen.map(Double.init)),
      ])
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
    func row(_ name: String, _ count: Int) throws -> [Double] {
      try state.matrix(name, rows: 1, columns: count).elements
    }
    let (a, b) = (try row("first", first.count), try row("second", second.count))
    let frozen = try row("frozen", groupIsFrozen.count)
    (first, second, groupIsFrozen) = (a, b, frozen.map { $0 != 0 ? 1 : 0 })
    iteration = state.iteration
  }
}
