import LearningProblems

/// Every solution, in the order of the regimes: one layer, two layers, deep, limits, finite steps.
public enum Catalogue {
  /// All solutions.
  public static let solutions: [any ExactSolution.Type] = [
    DepthOneFlow.self, DepthOneDescent.self, BalancedModes.self, AlignedModes.self,
    MatrixRiccati.self, WidthOne.self, ScalarChain.self, DeepBalancedModes.self, DeepModes.self,
    Lazy.self, SmallInitialization.self, Generalization.self, GeneralizationLimit.self,
    NoisyTeacher.self, DiscreteModes.self, HessianSpectrum.self, SingleOutput.self, ModeRisk.self,
    FeatureRisk.self, Overlaps.self,
  ]

  /// The solution with an id, or `nil`.
  public static func solution(id: String) -> (any ExactSolution.Type)? {
    solutions.first { $0.id == id }
  }

  /// What one solution says about a problem.
  public struct Assessment: Sendable {
    /// Id of the solution.
    public let id: String
    /// The solution, unless the problem is of another kind.
    public let solution: (any ExactSolution)?
    /// The conclusion.
    public let verdict: Validity.Verdict
  }

  /// Every solution's verdict on a problem, in the order of ``solutions``.
  public static func assess(_ problem: LearningProblem) -> [Assessment] {
    solutions.map { assess(problem, by: $0) }
  }

  /// One solution's verdict on a problem.
  public static func assess(
    _ problem: LearningProblem, by type: any ExactSolution.Type
  ) -> Assessment {
    do throws(TheoryError) {
      let solution = try type.init(problem)
      return Assessment(id: type.id, solution: solution, verdict: solution.validity.verdict)
    } catch .doesNotApply(_, let reason) {
      return Assessment(id: type.id, solution: nil, verdict: .doesNotApply(reason: reason))
    } catch {
      return Assessment(
        id: type.id, solution: nil, verdict: .doesNotApply(reason: error.description))
    }
  }
}
