import LearningProblems
import LinearAlgebra

/// Descents of small runs that take their steps side by side, each with the bits that it takes alone.
///
/// Runs may differ in data, start and rates.
public protocol DescentEnsemble: Sendable {
  /// Number of steps taken.
  var iteration: Int { get }
  /// Number of runs.
  var count: Int { get }
  /// Whether it is known that no step will change any run again.
  var isFrozen: Bool { get }
  /// Takes steps of all runs until the given iteration, on so many threads.
  mutating func advance(to last: Int, threads: Int)
  /// Whether a run's loss was too large on the way, so that only alone it stops where it should.
  func hasDiverged(_ run: Int) -> Bool
  /// A run as a descent of its own, where it stands.
  func descent(ofRun run: Int) -> AnyLinearDescent
  /// Replaces two matrices by the map of a run, in the basis of the modes and in that of the data.
  func readProducts(
    ofRun run: Int, synaptic: inout Matrix<Double>, product: inout Matrix<Double>)
}

extension AnyLinearDescent {
  /// Descents side by side; nil if they are of kinds, or of rules, that do not go together.
  ///
  /// - Parameter descents: at their start.
  public static func sideBySide(_ descents: [AnyLinearDescent]) -> (any DescentEnsemble)? {
    let modes = descents.compactMap { $0.base as? ModesDescent }
    if modes.count == descents.count { return ModesEnsemble(modes) }
    let small = descents.compactMap { $0.base as? StatisticsDescent }
    return small.count == descents.count ? SmallEnsemble(small) : nil
  }

  /// Whether it can go side by side with others at all.
  public var goesSideBySide: Bool {
    switch base {
    case let modes as ModesDescent: modes.modeCount <= ModesEnsemble.mostModes
    case let small as StatisticsDescent: small.twoByTwo != nil
    default: false
    }
  }
}

extension StepRule {
  /// Whether rules differ in nothing but their rates.
  func hasKindOfUpdate(of other: StepRule) -> Bool {
    order == other.order && decay == other.decay && weightDecay == other.weightDecay
  }
}
