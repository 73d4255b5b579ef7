import LinearAlgebra

/// How much of what an output weighs in a layer varies with its own task.
///
/// Each distinct map of an output, of norm ν, has a direction; c is the share of the variance along
/// it that one task makes, of the variance that all tasks make, and κ = Σν·c/Σν.
public struct TaskCapture: Equatable, Sendable {
  /// κ with the share of the output's own task.
  public let own: Double
  /// κ with the share of whichever task has the largest, which also counts the wrong task.
  public let largest: Double

  /// The captures of an output; NaN if no direction has a length and varies.
  ///
  /// - Parameters:
  ///   - norms: ν, shape [map]; maps without length are left out.
  ///   - variances: variance along each direction on the inputs of each task, shape [map, task].
  ///   - task: the output's own.
  public init(norms: [Double], variances: Matrix<Double>, task: Int) {
    var (total, ownSum, largestSum) = (0.0, 0.0, 0.0)
    for (map, norm) in norms.enumerated() where norm > 0 {
      let row = variances.row(map)
      let sum = row.reduce(0, +)
      guard sum > 0 else { continue }
      total += norm
      ownSum += norm * row[task] / sum
      largestSum += norm * (row.max() ?? 0) / sum
    }
    own = total > 0 ? ownSum / total : .nan
    largest = total > 0 ? largestSum / total : .nan
  }
}
