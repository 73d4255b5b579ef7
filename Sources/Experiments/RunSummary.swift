import Dynamics
import LearningProblems
import LinearAlgebra
import Scenarios

/// What a run of a linear network came to, in numbers.
public struct RunSummary: Sendable {
  /// Why it stopped.
  public let reason: StopReason
  /// Steps that were asked for.
  public let iterations: Int
  /// Steps at which the targets change, if they do.
  public let stages: [Int]
  /// The learning problem, of the first targets.
  public let problem: LearningProblem
  /// The run's own space.
  public let space: WeightSpace
  /// How the steps were computed, such as `statistics + width 50→2 + modes`.
  public let engine: String
  /// The largest stable step size at the minimum that the run should reach.
  public let stepSize: StepSizeBound
  /// The observation at the start.
  public let start: LinearObservation
  /// The observation at the end.
  public let end: LinearObservation
  /// Half-learning step of each mode.
  public let halfLearning: [Int?]
  /// Seconds that training took, recording included.
  public let seconds: Double
  /// What theory says about it, once theory was asked.
  public var theory: TheoryReport?
  /// Where the risk turns, once theory was asked.
  public var riskTurns: RiskTurns?
  /// Files written, in the order in which they were.
  public var files: [String]
  /// Digest of the run file, if one was kept.
  public var digest: String?

  /// One mode of the fit: its spectrum, and how far it came.
  public struct Mode: Equatable, Sendable {
    /// Variance of the inputs along it, λ.
    public let variance: Double
    /// Singular value of the fit, S.
    public let singularValue: Double
    /// Input–output strength s = S·λ, which has a meaning only for uncoupled modes.
    public let strength: Double
    /// Strength at the start.
    public let start: Double
    /// Strength at the end.
    public let final: Double
    /// First step at which the strength was at least half of the singular value.
    public let halfLearning: Int?
  }

  /// The modes of the fit.
  public var modes: [Mode] {
    let modes = problem.modes
    return modes.values.indices.map { i in
      Mode(
        variance: modes.variances[i], singularValue: modes.values[i],
        strength: modes.strengths[i], start: start.modeStrengths[i],
        final: end.modeStrengths[i], halfLearning: halfLearning[i])
    }
  }

  /// How strongly the modes are coupled: 0 when each evolves alone.
  public var coupling: Double { problem.correlations.couplingOfModes }

  /// Whether the modes evolve together, so that their strengths s have no meaning.
  public var isCoupled: Bool { coupling > 1e-9 }

  /// Why it stopped, as the word that the run file uses.
  public var status: String { reason.status.rawValue }

  /// The summary as one JSON object.
  public var json: JSON {
    func matrix(_ matrix: Matrix<Double>) -> JSON {
      .array((0..<matrix.rows).map { .array(matrix.row($0).map(JSON.number)) })
    }
    let modesList = modes.map { mode in
      JSON.object([
        ("input_variance", .number(mode.variance)),
        ("singular_value", .number(mode.singularValue)),
        ("strength", isCoupled ? .null : .number(mode.strength)),
        ("start", .number(mode.start)), ("final", .number(mode.final)),
        ("half_learning", mode.halfLearning.map { .number(Double($0)) } ?? .null),
      ])
    }
    return .object([
      ("status", .string(status)), ("engine", .string(engine)),
      ("iterations", .number(Double(iterations))),
      ("last_iteration", .number(Double(end.iteration))), ("time", .number(end.time)),
      ("initial_loss", .number(start.loss)), ("final_loss", .number(end.loss)),
      ("initial_risk", .number(start.risk)), ("final_risk", .number(end.risk)),
      ("fit_loss", .number(end.measures.problem.correlations.fitLoss)),
      ("initial_product", matrix(start.product)),
      ("initial_product_synaptic", matrix(start.coordinates)),
      ("final_product", matrix(end.product)), ("final_product_synaptic", matrix(end.coordinates)),
      ("fit", matrix(end.measures.problem.correlations.fit)),
      ("fit_synaptic", matrix(end.measures.fitCoordinates)),
      ("stages", .array(stages.map { .number(Double($0)) })),
      ("largest_stable_rates", .array(stepSize.largestRates.map(JSON.number))),
      ("curvature", .number(stepSize.curvature)), ("coupling_of_modes", .number(coupling)),
      ("modes", .array(modesList)),
      ("theory", theory?.json ?? .null), ("risk", riskTurns?.json ?? .null),
      ("training_seconds", .number(seconds)), ("digest", digest.map(JSON.string) ?? .null),
      ("files", .array(files.map(JSON.string))),
    ])
  }
}
