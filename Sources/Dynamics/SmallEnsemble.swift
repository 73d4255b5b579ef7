import DynKernels
import LearningProblems
import LinearAlgebra

/// Many runs of two inputs, two outputs and two hidden directions, eight of them side by side.
///
/// Every run takes the very bits that it takes alone in a ``StatisticsDescent``, whatever the number
/// of threads. Runs may differ in data, start and rates, but share update order and decays. None is
/// stopped when it diverges, which is noted.
public struct SmallEnsemble: DescentEnsemble {
  /// Runs that a thread takes at a time: enough to be worth a thread, few enough for the first cache.
  private static let batchSize = 64

  /// Number of steps taken.
  public private(set) var iteration = 0
  /// Number of runs.
  public let count: Int
  private let descents: [StatisticsDescent]
  private var batches: [RunBatch]

  /// The runs of descents at their start, or nil if one is of another size or rule.
  public init?(_ descents: [StatisticsDescent]) {
    let batches = stride(from: 0, to: descents.count, by: Self.batchSize).map {
      RunBatch(Array(descents[$0..<min($0 + Self.batchSize, descents.count)]))
    }
    self.batches = batches.compactMap(\.self)
    self.descents = descents
    count = descents.count
    guard self.batches.count == batches.count, let first = self.batches.first,
      self.batches.allSatisfy({ $0.rule.hasKindOfUpdate(of: first.rule) })
    else { return nil }
  }

  /// Takes steps of all runs until the given iteration, on so many threads.
  public mutating func advance(to last: Int, threads: Int = 1) {
    guard last > iteration else { return }
    concurrently(&batches, threads: threads) { _, batch in batch.advance(to: last) }
    iteration = last
  }

  /// Not known.
  public var isFrozen: Bool { false }

  /// Whether a run's loss was too large before one of the steps.
  public func hasDiverged(_ run: Int) -> Bool {
    batches[run / Self.batchSize].exceeded[run % Self.batchSize] != 0
  }

  /// A run as a descent of its own, where it stands.
  public func descent(ofRun run: Int) -> AnyLinearDescent {
    AnyLinearDescent(
      batches[run / Self.batchSize].moved(descents[run], run: run % Self.batchSize))
  }

  /// The map of a run, in the basis of the data; shape [output, input].
  public func product(ofRun run: Int) -> Matrix<Double> { descent(ofRun: run).product }

  /// Replaces two matrices by the map of a run.
  public func readProducts(
    ofRun run: Int, synaptic: inout Matrix<Double>, product: inout Matrix<Double>
  ) {
    let descent = descent(ofRun: run)
    (synaptic, product) = (descent.synapticProduct, descent.product)
  }
}

/// Runs whose numbers lie side by side in the arrays of a kernel.
private struct RunBatch: Sendable {
  private(set) var iteration = 0
  let rule: StepRule
  private let padded: Int
  private let variances: [Double]
  private let fits: [Double]
  private let rates: [Double]
  /// The excess loss above which each run has diverged; empty if it is infinite for all.
  private let largest: [Double]
  /// Which runs were above it; not zero for those that were.
  private(set) var exceeded: [Int64]
  private var first: [Double]
  private var second: [Double]
  private var entries: [Double]

  /// The runs of descents at their start, or nil if one is of another size or rule.
  init?(_ descents: [StatisticsDescent]) {
    let starts = descents.map(\.twoByTwo)
    guard let rule = descents.first?.problem.rule else { return nil }
    let padded = (descents.count + 7) / 8 * 8
    var variances = [Double](repeating: 0, count: 2 * padded)
    var fits = [Double](repeating: 0, count: 4 * padded)
    var rates = variances
    var (first, second, entries) = (fits, fits, fits)
    for (run, start) in starts.enumerated() {
      guard let start, descents[run].iteration == 0 else { return nil }
      let own = descents[run].problem
      guard own.rule.hasKindOfUpdate(of: rule) else { return nil }
      for k in 0..<2 {
        variances[k * padded + run] = own.variances[k]
        rates[k * padded + run] = own.rule.rates[k]
      }
      for k in 0..<4 {
        fits[k * padded + run] = own.fit.elements[k]
        first[k * padded + run] = start.firstPadded[k]
        second[k * padded + run] = start.secondPadded[k]
        entries[k * padded + run] = start.entries[k]
      }
    }
    self.rule = rule
    self.padded = padded
    let limits = descents.map(\.problem.largestExcess)
    largest =
      limits.contains { $0 < .infinity }
      ? limits + [Double](repeating: .infinity, count: padded - limits.count) : []
    exceeded = [Int64](repeating: 0, count: padded)
    (self.variances, self.fits, self.rates) = (variances, fits, rates)
    (self.first, self.second, self.entries) = (first, second, entries)
  }

  /// Takes steps of all runs until the given iteration.
  mutating func advance(to last: Int) {
    guard last > iteration else { return }
    let (steps, from) = (Int64(last - iteration), Int64(iteration))
    let rule = rule
    variances.withUnsafeBufferPointer { variances in
      fits.withUnsafeBufferPointer { fits in
        rates.withUnsafeBufferPointer { rates in
          largest.withUnsafeBufferPointer { largest in
            var problem = dyn_ensemble(
              runs: Int64(variances.count / 2), variances: variances.baseAddress,
              fit: fits.baseAddress, rates: rates.baseAddress,
              weight_decay: (rule.weightDecay[0], rule.weightDecay[1]), decay: rule.decay,
              is_sequential: rule.order == .sequential ? 1 : 0,
              largest_excess: largest.isEmpty ? nil : largest.baseAddress)
            dyn_ensemble_steps(&problem, &first, &second, &entries, &exceeded, from, steps)
          }
        }
      }
    }
    iteration = last
  }

  /// A descent at its start, moved to where the run of a number stands.
  func moved(_ descent: StatisticsDescent, run: Int) -> StatisticsDescent {
    func own(_ values: [Double]) -> [Double] { (0..<4).map { values[$0 * padded + run] } }
    return descent.moved(
      to: iteration, first: own(first), second: own(second), entries: own(entries))
  }
}
