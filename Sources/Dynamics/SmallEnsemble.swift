import DynKernels
import LearningProblems
import LinearAlgebra

/// Many runs of two inputs, two outputs and two hidden directions, eight of them side by side.
///
/// Every run takes the very bits that it takes alone in a ``StatisticsDescent``. Runs may differ in
/// data, start and rates, but share update order and decays. None is stopped when it diverges.
public struct SmallEnsemble: Sendable {
  /// Number of steps taken.
  public private(set) var iteration = 0
  /// Number of runs.
  public let count: Int
  private let rule: StepRule
  private let padded: Int
  /// Eigenvectors of Σxx of each run.
  private let inputBases: [Matrix<Double>]
  private let variances: [Double]
  private let fits: [Double]
  private let rates: [Double]
  private var first: [Double]
  private var second: [Double]
  private var entries: [Double]

  /// The runs of descents at their start, or nil if one is of another size or rule.
  public init?(_ descents: [StatisticsDescent]) {
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
      guard own.rule.order == rule.order, own.rule.decay == rule.decay,
        own.rule.weightDecay == rule.weightDecay
      else { return nil }
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
    count = descents.count
    self.rule = rule
    self.padded = padded
    inputBases = descents.map(\.inputBasis)
    (self.variances, self.fits, self.rates) = (variances, fits, rates)
    (self.first, self.second, self.entries) = (first, second, entries)
  }

  /// Takes steps of all runs until the given iteration.
  public mutating func advance(to last: Int) {
    guard last > iteration else { return }
    let (steps, from) = (Int64(last - iteration), Int64(iteration))
    let rule = rule
    variances.withUnsafeBufferPointer { variances in
      fits.withUnsafeBufferPointer { fits in
        rates.withUnsafeBufferPointer { rates in
          var problem = dyn_ensemble(
            runs: Int64(variances.count / 2), variances: variances.baseAddress,
            fit: fits.baseAddress, rates: rates.baseAddress,
            weight_decay: (rule.weightDecay[0], rule.weightDecay[1]), decay: rule.decay,
            is_sequential: rule.order == .sequential ? 1 : 0)
          dyn_ensemble_steps(&problem, &first, &second, &entries, from, steps)
        }
      }
    }
    iteration = last
  }

  /// The map of a run, in the basis of the data; shape [output, input].
  public func product(ofRun run: Int) -> Matrix<Double> {
    Matrix(rows: 2, columns: 2, elements: (0..<4).map { entries[$0 * padded + run] })
      .times(inputBases[run], right: .transposed)
  }
}
