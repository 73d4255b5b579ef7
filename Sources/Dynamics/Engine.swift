import Datasets
import LearningProblems
import LinearAlgebra
import Networks
import Scenarios

/// How the steps of a linear network are computed, chosen for a problem.
///
/// All ways lead to the same weights but for rounding.
public struct Engine: Sendable {
  /// The way.
  public enum Kind: String, Sendable {
    /// A pass over all samples for each gradient.
    case literal
    /// Correlations instead of samples, the least hidden width.
    case statistics
    /// Two numbers for each mode.
    case modes
  }

  /// The way.
  public let kind: Kind
  /// The hidden width; left alone by the literal way, but for what is measured.
  public let reduction: WidthReduction
  /// The descent at its start; nil for the literal way, which wants samples.
  let descent: AnyLinearDescent?

  /// The name as summaries show it, such as `statistics + width 50→2 + modes`.
  public var name: String {
    guard kind != .literal else { return kind.rawValue }
    let (from, to) = reduction.widths
    let width = from == to ? [] : ["width \(from)→\(to)"]
    return (["statistics"] + width + (kind == .modes ? ["modes"] : [])).joined(separator: " + ")
  }

  /// The way that a scenario asks for, by default the fastest that applies.
  ///
  /// - Parameters:
  ///   - training: what is asked for.
  ///   - problem: the problem, whose initial weights may have any equivalent hidden width.
  ///   - network: the network at its start.
  ///   - hiddenBasis: `network.weights.hiddenBasis()`.
  /// - Throws: `ScenarioError` if what is asked for does not apply; `LinearAlgebraError`.
  init(
    _ training: TrainingSection, problem: LearningProblem, network: LinearNetwork,
    hiddenBasis: Matrix<Double>?
  ) throws {
    func literal() -> Engine {
      Engine(
        kind: .literal, reduction: WidthReduction(network, along: hiddenBasis), descent: nil)
    }
    let asked = training.engine
    guard asked != .literal else {
      self = literal()
      return
    }
    if let reason = training.needsSamples(depth: network.weights.depth) {
      guard asked == .auto else { throw ScenarioError.engine(asked, because: reason) }
      self = literal()
      return
    }

    let reduction = try WidthReduction(network, hiddenBasis: hiddenBasis)
    let (correlations, rule) = (problem.correlations, problem.rule)
    let largestLoss = problem.largestLoss
    if asked != .statistics {
      do throws(EngineObstacle) {
        let aligned = try AlignedModesStart(reduction, stepsOf: problem)
        self.init(
          kind: .modes, reduction: reduction,
          descent: AnyLinearDescent(
            ModesDescent(
              aligned, correlations: correlations, rule: rule, largestLoss: largestLoss)))
        return
      } catch {
        guard asked == .auto else { throw ScenarioError.engine(asked, because: error.reason) }
      }
    }
    self.init(
      kind: .statistics, reduction: reduction,
      descent: AnyLinearDescent(
        try StatisticsDescent(
          reduction, correlations: correlations, rule: rule, largestLoss: largestLoss)))
  }

  private init(kind: Kind, reduction: WidthReduction, descent: AnyLinearDescent?) {
    (self.kind, self.reduction, self.descent) = (kind, reduction, descent)
  }
}

/// Why a way of computing steps does not apply.
struct EngineObstacle: Error {
  /// The reason, as the end of a sentence.
  let reason: String
}

extension AlignedModesStart {
  /// The start, if its modes evolve alone and stay so.
  ///
  /// Beyond the stable step size rounding drives whole matrices out of alignment, and there they
  /// reach other weights than modes that know nothing of each other.
  init(_ reduction: WidthReduction, stepsOf problem: LearningProblem) throws(EngineObstacle) {
    guard problem.rule.weightDecay.allSatisfy({ $0 == 0 }) else {
      throw EngineObstacle(reason: "there is weight decay")
    }
    try self.init(reduction)
    let bound: StepSizeBound
    do {
      bound = try StepSizeBound(problem: problem)
    } catch {
      throw EngineObstacle(reason: "the stable step size is not known (\(error))")
    }
    guard bound.isStable else {
      throw EngineObstacle(reason: "the learning rates are above what is stable")
    }
  }
}

extension TrainingSection {
  /// Why steps have to go over the samples, as the end of a sentence; nil if they need not.
  public func needsSamples(depth: Int) -> String? {
    if depth != 2 { return "the network has \(depth) layer\(depth == 1 ? "" : "s"), not 2" }
    if !stages.isEmpty { return "the targets change midway" }
    if !inputRates.isEmpty { return "there are rates for single inputs" }
    return nil
  }
}

extension ScenarioError {
  fileprivate static func engine(
    _ asked: TrainingSection.Engine, because reason: String
  ) -> ScenarioError {
    ScenarioError(
      key: "training.engine",
      problem: "The engine \(asked.rawValue) does not apply, because \(reason)",
      remedy: "leave training.engine at auto")
  }
}

extension LearningProblem {
  /// The loss above which a descent from the start counts as diverged.
  var largestLoss: Double {
    1e6 * max(correlations.loss(of: initialWeights.product), correlations.targetSquare)
  }
}
