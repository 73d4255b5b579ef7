import DynKernels
import LearningProblems
import LinearAlgebra

/// Many runs of few modes that evolve alone, the modes of all of them side by side.
///
/// Every run takes the very bits that it takes alone in a ``ModesDescent``. Runs may differ in data,
/// start and rates, but share update order and decay.
public struct ModesEnsemble: DescentEnsemble {
  /// Modes of a run beyond which it fills the lanes alone.
  static let mostModes = 8

  /// Number of steps taken.
  public private(set) var iteration = 0
  private let descents: [ModesDescent]
  /// Where the modes of each run begin, and where the last end.
  private let places: [Int]
  private let rule: StepRule
  private let freezes: Bool
  private let variances: [Double]
  private let targets: [Double]
  /// Rates of each mode, shape [2][mode].
  private let rates: [Double]
  private var first: [Double]
  private var second: [Double]
  private var groupIsFrozen: [UInt8]
  private var diverged: [Bool]

  /// The runs of descents at their start, or nil if one is of another rule or has many modes.
  public init?(_ descents: [ModesDescent]) {
    guard let rule = descents.first?.rule,
      descents.allSatisfy({
        $0.iteration == 0 && $0.modeCount <= Self.mostModes && $0.rule.hasKindOfUpdate(of: rule)
          && $0.freezes == descents[0].freezes
      })
    else { return nil }
    var places = [0]
    for descent in descents { places.append(places[places.count - 1] + descent.modeCount) }
    let padded = (places[descents.count] + 7) / 8 * 8
    var variances = [Double](repeating: 0, count: padded)
    var rates = [Double](repeating: 0, count: 2 * padded)
    var (targets, first, second) = (variances, variances, variances)
    for (run, descent) in descents.enumerated() {
      for mode in 0..<descent.modeCount {
        let place = places[run] + mode
        variances[place] = descent.variances[mode]
        targets[place] = descent.targets[mode]
        first[place] = descent.first[mode]
        second[place] = descent.second[mode]
        for layer in 0..<2 { rates[layer * padded + place] = descent.rule.rates[layer] }
      }
    }
    (self.descents, self.places, self.rule, freezes) = (descents, places, rule, descents[0].freezes)
    (self.variances, self.targets, self.rates) = (variances, targets, rates)
    (self.first, self.second) = (first, second)
    groupIsFrozen = [UInt8](repeating: 0, count: padded / 8)
    diverged = descents.map { _ in false }
  }

  /// Number of runs.
  public var count: Int { descents.count }

  /// Whether no step will ever change a run again.
  public var isFrozen: Bool { groupIsFrozen.allSatisfy { $0 != 0 } }

  /// Whether a run's loss was too large on the way.
  public func hasDiverged(_ run: Int) -> Bool { diverged[run] }

  /// Takes steps of all runs until the given iteration; on one thread, as they are few.
  public mutating func advance(to last: Int, threads: Int = 1) {
    while iteration < last {
      if isFrozen {
        iteration = last
        return
      }
      // The same blocks as of a run alone, at whose ends losses are looked at.
      let end = (iteration | (StatisticsDescent.probeInterval - 1)) + 1
      let steps = min(last, end) - iteration
      take(steps, freezes: freezes && iteration + steps == end)
      iteration += steps
      for run in descents.indices where !(excess(ofRun: run) <= descents[run].largestExcess) {
        diverged[run] = true
      }
    }
  }

  private mutating func take(_ steps: Int, freezes: Bool) {
    let rule = rule
    variances.withUnsafeBufferPointer { variances in
      targets.withUnsafeBufferPointer { targets in
        rates.withUnsafeBufferPointer { rates in
          var problem = dyn_modes(
            count: Int64(variances.count), variances: variances.baseAddress,
            targets: targets.baseAddress, rates: (0, 0), own_rates: rates.baseAddress,
            weight_decay: (0, 0), decay: rule.decay,
            is_sequential: rule.order == .sequential ? 1 : 0)
          dyn_modes_steps(
            &problem, &first, &second, &groupIsFrozen, Int64(iteration), Int64(steps),
            freezes ? 1 : 0)
        }
      }
    }
  }

  private func excess(ofRun run: Int) -> Double {
    var sum = 0.0
    for i in places[run]..<places[run + 1] {
      let gap = first[i] * second[i] - targets[i]
      sum += gap * gap * variances[i]
    }
    return sum
  }

  /// A run as a descent of its own, where it stands.
  public func descent(ofRun run: Int) -> AnyLinearDescent {
    let own = places[run]..<places[run + 1]
    return AnyLinearDescent(
      descents[run].moved(to: iteration, first: first[own], second: second[own]))
  }

  /// Replaces two matrices by the map of a run.
  public func readProducts(
    ofRun run: Int, synaptic: inout Matrix<Double>, product: inout Matrix<Double>
  ) {
    for (mode, i) in (places[run]..<places[run + 1]).enumerated() {
      synaptic[mode, mode] = first[i] * second[i]
    }
    descents[run].modes.setMap(withCoordinates: synaptic, in: &product)
  }
}
