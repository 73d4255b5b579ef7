import LearningProblems
import LinearAlgebra
import Networks

/// Gradient descent on two linear layers that sees the correlations instead of the samples.
///
/// It works where the inputs are uncorrelated, with W₁ in the eigenbasis of Σxx, and with as few
/// hidden units as move: the weights are those of ``GradientDescent`` but for rounding. Loss and
/// excess loss are sums of squares about the fit, without cancellation. A step that changes no bit
/// of the weights at constant rates is the last one that is computed.
///
/// - Source: derived in docs/engines.md.
public struct StatisticsDescent: LinearDescent {
  /// Number of steps taken.
  public private(set) var iteration: Int
  /// Whether no step will ever change the weights again.
  public private(set) var isFrozen = false
  /// The reduction of the hidden width.
  public let reduction: WidthReduction
  let problem: StatisticsProblem
  let fitLoss: Double
  private let freezes: Bool
  /// Eigenvectors of Σxx, shape [input, eigenvector].
  let inputBasis: Matrix<Double>
  /// Columns of W₁ that never move, because their inputs do not vary; [reduced hidden, input].
  private let passive: Matrix<Double>
  private let stepsAtStart: any StatisticsSteps
  private(set) var steps: any StatisticsSteps

  /// A descent from a reduced start.
  ///
  /// - Parameters:
  ///   - reduction: the network at its start.
  ///   - correlations: Σxx, the fit and its loss.
  ///   - rule: rates, decays, update order; rates for single inputs are not possible.
  ///   - iteration: number of steps that led to the weights.
  ///   - largestLoss: the loss above which the descent counts as diverged.
  ///   - freezes: whether steps are left out once they change nothing.
  /// - Throws: `LinearAlgebraError` if Σxx cannot be diagonalised.
  public init(
    _ reduction: WidthReduction, correlations: Correlations, rule: StepRule, iteration: Int = 0,
    largestLoss: Double, freezes: Bool = true
  ) throws {
    precondition(
      reduction.reduced.weights.depth == 2 && rule.inputRates == nil,
      "statistics are for two layers with one rate each")
    let eigen = try correlations.input.symmetricEigen()
    let weights = reduction.reduced.originalWeights
    let first = weights.layers[0] * eigen.vectors
    let threshold = Double(eigen.values.count) * .ulpOfOne * (eigen.values.first ?? 0)
    let varying = max(1, eigen.values.filter { $0 > threshold }.count)
    let moving = rule.weightDecay[0] == 0 ? varying : eigen.values.count
    let variances = eigen.values.prefix(moving).enumerated().map { $0 < varying ? $1 : 0 }
    let fit = correlations.fit * eigen.vectors

    self.reduction = reduction
    self.iteration = iteration
    self.freezes = freezes && rule.decay == 0
    inputBasis = eigen.vectors
    fitLoss = correlations.fitLoss
    passive = first.columns(moving..<first.columns)
    problem = StatisticsProblem(
      variances: variances, fit: fit.columns(0..<moving), rule: rule,
      largestExcess: largestLoss - correlations.fitLoss)
    steps = problem.steps(first: first.columns(0..<moving), second: weights.layers[1])
    stepsAtStart = steps
  }

  /// Takes steps until the given iteration, or until the loss is not finite or too large.
  public mutating func advance(to last: Int) -> Bool {
    while iteration < last {
      if isFrozen {
        iteration = last
        return false
      }
      // One step in so many is looked at, the same ones however often a caller stops.
      let probe = iteration | (Self.probeInterval - 1)
      let isProbe = iteration == probe && freezes
      let before = isProbe ? steps : nil
      let count = isProbe ? 1 : min(last, freezes && iteration < probe ? probe : last) - iteration
      let taken = steps.take(count, from: iteration, trace: nil)
      iteration += taken
      if taken < count { return true }
      if let before { isFrozen = steps.hasWeights(of: before) }
    }
    return false
  }

  /// Steps between those that are checked for having changed nothing; a power of 2.
  static let probeInterval = 256

  /// Takes steps, tracing what is before each of them; never freezes.
  ///
  /// - Returns: how many steps were taken before the loss was too large.
  mutating func take(_ count: Int, trace: StepTrace?) -> Int {
    let taken = steps.take(count, from: iteration, trace: trace)
    iteration += taken
    return taken
  }

  /// The steps, if they are of the kind that ensembles take.
  var twoByTwo: TwoByTwoSteps? {
    guard let steps = steps as? TwoByTwoSteps, steps.isNarrow else { return nil }
    return steps
  }

  /// The descent at another iteration, with the numbers of its steps of two by two there.
  func moved(
    to iteration: Int, first: [Double], second: [Double], entries: [Double]
  ) -> StatisticsDescent {
    var moved = self
    guard var steps = twoByTwo else { return moved }
    steps.take(first: first, second: second, entries: entries)
    moved.steps = steps
    moved.iteration = iteration
    return moved
  }

  /// The eigenvectors along which W₁ moves, shape [input, moving].
  var movingBasis: Matrix<Double> { inputBasis.columns(0..<problem.variances.count) }

  /// The loss 2J of the weights as they are now.
  public func loss() -> Double { fitLoss + problem.excess(of: steps.product) }

  /// The map of the network, in the basis of the data; shape [output, input].
  public var product: Matrix<Double> {
    let moving = steps.product
    guard passive.columns > 0 else { return moving.times(inputBasis, right: .transposed) }
    return moving.joined(right: steps.second * passive).times(inputBasis, right: .transposed)
  }

  /// The network as it stands, of the reduced width.
  ///
  /// A layer that never moved is that of the start, bit by bit.
  public var reducedNetwork: LinearNetwork {
    var network = reduction.reduced
    var first = (steps.first - stepsAtStart.first).times(movingBasis, right: .transposed)
    var second = steps.second - stepsAtStart.second
    if network.space == .synaptic {
      first = first * network.modes.right
      second = network.modes.left.times(second, left: .transposed)
    }
    network.weights.layers[0].add(first)
    network.weights.layers[1].add(second)
    return network
  }

  /// The network as it stands, expanded to its whole width.
  public var network: LinearNetwork { reduction.expanded(reducedNetwork) }
}

extension StatisticsDescent: CheckpointableState {
  private static var kind: String { "statistics" }

  /// The moving parts of both layers in the descent's own coordinates, and whether they rest.
  public var state: DescentState {
    DescentState(
      kind: Self.kind, iteration: iteration,
      matrices: [
        "first": steps.first, "second": steps.second,
        "frozen": Matrix(rows: 1, columns: 1, repeating: isFrozen ? 1 : 0),
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
    let (first, second) = (steps.first, steps.second)
    steps = problem.steps(
      first: try state.matrix("first", rows: first.rows, columns: first.columns),
      second: try state.matrix("second", rows: second.rows, columns: second.columns))
    isFrozen = try state.matrix("frozen", rows: 1, columns: 1)[0, 0] != 0
    iteration = state.iteration
  }
}
