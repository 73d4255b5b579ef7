import LearningProblems
import LinearAlgebra
import Networks

/// A start of two layers in which every mode of the fit evolves alone, entry by entry.
///
/// W̄₁ = Σ aᵢ·uᵢ·eᵢᵀ and W̄₂ = Σ bᵢ·eᵢ·uᵢᵀ with orthonormal hidden directions uᵢ, and G diagonal.
/// Then aᵢ and bᵢ are all that moves.
struct AlignedModesStart: Sendable {
  /// The reduction of the hidden width.
  let reduction: WidthReduction
  /// aᵢ, shape [mode].
  let first: [Double]
  /// bᵢ, shape [mode].
  let second: [Double]
  /// uᵢ in columns, shape [reduced hidden, mode]; zero for a mode that cannot move.
  let directions: Matrix<Double>

  private static let unaligned = EngineObstacle(reason: "the start is not aligned with the modes")

  /// The start, or why modes do not evolve alone from there.
  ///
  /// Everything that is dropped is below 10⁻¹² of what is kept.
  init(_ reduction: WidthReduction) throws(EngineObstacle) {
    let tolerance = 1e-12
    let modes = reduction.reduced.modes
    let metric = modes.metric
    let largest = metric.diagonal.max() ?? 0
    for i in 0..<metric.rows {
      for j in 0..<metric.columns where i != j {
        let least = min(metric[i, i], metric[j, j])
        guard abs(metric[i, j]) <= max(tolerance * least, 1e-15 * largest) else {
          throw EngineObstacle(reason: "the modes are coupled")
        }
      }
    }

    let weights = reduction.reduced.synapticWeights
    // What rotating to the modes leaves of zeros is no start.
    let floor = reduction.reduced.space == .original ? 1e-14 : 0
    let columns = weights.layers[0].clearingColumns(below: floor)
    let rows = weights.layers[1].transposed.clearingColumns(below: floor)
    let all = columns.joined(right: rows)
    let gram = all.times(all, left: .transposed)
    let inputs = columns.columns
    for i in 0..<all.columns {
      for j in 0..<i where i != j + inputs || j >= rows.columns {
        guard abs(gram[i, j]) <= tolerance * (gram[i, i] * gram[j, j]).squareRoot() else {
          throw Self.unaligned
        }
      }
    }

    let count = min(inputs, rows.columns)
    var first = [Double](repeating: 0, count: count)
    var second = first
    var directions = Matrix<Double>(rows: columns.rows, columns: count)
    for i in 0..<count {
      let (a, b) = (gram[i, i].squareRoot(), gram[inputs + i, inputs + i].squareRoot())
      guard max(a, b) > 0 else { continue }
      // The longer of the two gives the direction, the other has to lie along it.
      let (long, short, length) = a >= b ? (columns, rows, a) : (rows, columns, b)
      var along = 0.0
      for k in 0..<long.rows {
        directions[k, i] = long[k, i] / length
        along += short[k, i] * directions[k, i]
      }
      var rest = 0.0
      for k in 0..<long.rows {
        let gap = short[k, i] - along * directions[k, i]
        rest += gap * gap
      }
      guard rest.squareRoot() <= tolerance * min(a, b) else { throw Self.unaligned }
      (first[i], second[i]) = a >= b ? (a, along) : (along, b)
    }
    self.reduction = reduction
    self.first = first
    self.second = second
    self.directions = directions
  }
}

extension Matrix<Double> {
  /// The matrix with zeros in the columns that are shorter than so much of its norm.
  fileprivate func clearingColumns(below share: Double) -> Matrix {
    var cleared = self
    let largest = share * norm
    for j in 0..<columns {
      let length = (0..<rows).reduce(0) { $0 + self[$1, j] * self[$1, j] }.squareRoot()
      if length <= largest { for i in 0..<rows { cleared[i, j] = 0 } }
    }
    return cleared
  }
}
