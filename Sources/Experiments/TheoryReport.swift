import Dynamics
import LearningProblems
import Recording
import Scenarios
import Theory

/// What theory says about a run, and how far the run is from it.
public struct TheoryReport: Sendable {
  /// What one solution says about the problem.
  public struct Verdict: Equatable, Sendable {
    /// Id of the solution.
    public let id: String
    /// Its verdict in words.
    public let words: String
    /// Whether it is approximate, so that it can be asked for.
    public let isApproximate: Bool
  }

  /// The verdict of every solution, if all were asked.
  public let verdicts: [Verdict]
  /// The theories that were laid over the run, gaps measured.
  public let overlays: [Overlay]
  /// Predicted half-learning step of each mode, by the first overlay that predicts strengths.
  public let halfLearning: [Int?]

  /// Theories evaluated where a run is, or will be, recorded; gaps not measured.
  public struct Prepared: Sendable {
    /// What all theories say about the problem.
    public let theories: Theories
    /// The chosen ones.
    public let overlays: [Overlay]
    let iterations: [Int]

    /// Evaluates theories at recorded iterations.
    ///
    /// - Throws: ``TheoryChoiceError``, `TheoryError` or `IntegrationError`.
    public init(
      _ choice: TheoryChoice, of problem: LearningProblem, at iterations: [Int]
    ) throws {
      theories = try Theories(problem, choice: choice)
      overlays =
        choice == .only(GradientFlowOverlay.id)
        ? [try GradientFlowOverlay.overlay(problem, at: iterations)]
        : try theories.overlays(at: iterations)
      self.iterations = iterations
    }

    /// Evaluates theories where a scenario records, before it is run.
    ///
    /// - Throws: ``TheoryChoiceError``, `TheoryError` or `IntegrationError`.
    public init(
      _ choice: TheoryChoice, of problem: LearningProblem, recorded: [Int], scenario: Scenario
    ) throws {
      try self.init(
        choice, of: problem, at: RunComparison.compared(of: recorded, scenario: scenario))
    }
  }

  /// Lays theories over a run file and measures the gaps; the run is not trained again.
  ///
  /// Theories are evaluated at the recorded iterations, or at some seven hundred of them where there
  /// are more than two thousand, and only as long as the targets stay what they were at first.
  ///
  /// - Parameter prepared: the theories, if they were evaluated at the recorded iterations before.
  /// - Throws: ``TheoryChoiceError``, `TheoryError`, `IntegrationError`, `RecordingError` or
  ///   `HDF5Error`.
  public static func lay(
    _ choice: TheoryChoice, over path: String, prepared: Prepared? = nil
  ) throws -> TheoryReport {
    let run = try RunFile(path: path)
    let comparison = try RunComparison(run)
    let laid: Prepared
    if let prepared, prepared.iterations == comparison.iterations {
      laid = prepared
    } else {
      laid = try Prepared(choice, of: run.problem, at: comparison.iterations)
    }
    let theories = laid.theories
    var overlays = laid.overlays
    let known = Dictionary(
      theories.chosen.map { (type(of: $0).id, Theories.stepSizeError(of: $0)) },
      uniquingKeysWith: { first, _ in first })
    for i in overlays.indices {
      overlays[i].gaps = try comparison.gaps(
        to: overlays[i], stepSize: known[overlays[i].id] ?? .nan)
    }
    try run.close()
    if !overlays.isEmpty { try RunFile.add(overlays, to: path) }
    return TheoryReport(
      verdicts: theories.assessments.map { assessment in
        var isApproximate = false
        if case .approximate = assessment.verdict { isApproximate = true }
        return Verdict(
          id: assessment.id, words: assessment.verdict.words, isApproximate: isApproximate)
      },
      overlays: overlays,
      halfLearning: try theories.halfLearning(through: comparison.iterations.last ?? 0))
  }

  /// The report as JSON.
  public var json: JSON {
    .object([
      (
        "overlays",
        .array(
          overlays.map { overlay in
            .object([
              ("id", .string(overlay.id)), ("verdict", .string(overlay.verdict)),
              ("warnings", .array(overlay.warnings.map(JSON.string))),
              ("gaps", .array(overlay.gaps.map(\.json))),
            ])
          })
      ),
      ("verdicts", .object(verdicts.map { ($0.id, .string($0.words)) })),
      (
        "predicted_half_learning",
        .array(halfLearning.map { $0.map { .number(Double($0)) } ?? .null })
      ),
    ])
  }
}

extension Overlay.Gap {
  /// The gap as JSON.
  public var json: JSON {
    .object([
      ("quantity", .string(quantity)), ("absolute", .number(absolute)),
      ("relative", .number(relative)), ("iteration", .number(Double(iteration))),
      ("step_size", .number(stepSize)),
    ])
  }
}

extension Theories {
  /// Predicted half-learning step of each mode, by the first chosen solution with strengths.
  ///
  /// A mode that is not half learned by the last iteration has none.
  ///
  /// - Throws: `TheoryError`.
  func halfLearning(through last: Int) throws -> [Int?] {
    guard let solution = chosen.first(where: { type(of: $0).curves.contains(.modeStrength) })
    else { return [] }
    return try Self.halfLearning(of: solution, problem, through: last)
  }

  /// The same where nothing else is asked of theory, so that fewer solutions are assessed.
  ///
  /// - Throws: ``TheoryChoiceError`` or `TheoryError`.
  static func halfLearning(
    _ problem: LearningProblem, choice: TheoryChoice, through last: Int
  ) throws -> [Int?] {
    guard choice == .automatic else {
      return try Theories(problem, choice: choice).halfLearning(through: last)
    }
    // The first exact solution with strengths is among the simplest, whatever the others are.
    let first = Catalogue.solutions.lazy.filter {
      $0.curves.contains(.modeStrength) && mayBeChosen($0.id, for: problem)
    }.map { Catalogue.assess(problem, by: $0) }.first { $0.verdict == .exact }
    guard let solution = first?.solution else { return [] }
    return try halfLearning(of: solution, problem, through: last)
  }

  private static func halfLearning(
    of solution: any ExactSolution, _ problem: LearningProblem, through last: Int
  ) throws -> [Int?] {
    guard type(of: solution).clock == .time || last <= 1_000_000 else { return [] }
    func strengths(_ iterations: [Int]) throws -> [[Double]] {
      try solution.modeStrengths(
        at: type(of: solution).moments(atIterations: iterations, rule: problem.rule))
    }
    let schedule = HalfLearning.looks(through: last)
    let coarse = try strengths(schedule)
    return try problem.modes.values.enumerated().map { mode, value in
      func isHalf(_ strengths: [Double]) -> Bool { value > 0 && strengths[mode] >= value / 2 }
      guard let found = coarse.firstIndex(where: isHalf) else { return nil }
      guard found > 0 else { return schedule[0] }
      var (low, high) = (schedule[found - 1], schedule[found])
      while high - low > 1 {
        let middle = (low + high) / 2
        if isHalf(try strengths([middle])[0]) { high = middle } else { low = middle }
      }
      return high
    }
  }
}
