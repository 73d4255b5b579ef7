import Analysis
import Foundation
import LearningProblems
import LinearAlgebra
import Networks

/// What theory says of the similarity of linear networks of N layers.
///
/// Balanced layers that have learned one fit hand on images of the same rows, so that r² = 1. A new
/// network of wide layers keeps all angles between rows: beside it, with M = S^(l/N)·Vᵀ, r² is
/// ‖MΣxx‖_*/√(tr(MΣxxMᵀ)·trΣxx), and between two new networks it is 1.
///
/// - Source: derived in docs/spectra.md.
struct LinearSimilarity {
  /// Of each hidden layer, of a trained network and a wide new one; not centred.
  let mixed: [Double]

  /// Of the fit of the rows of the first network.
  init(_ run: DissectedRun) throws {
    let rows = try run.rows(ofNetwork: 0)
    let depth = run.shape.depth
    let correlations = try Correlations(
      inputs: rows.inputs, targets: rows.targets, reduction: .mean)
    let fit = try correlations.fit.singularValueDecomposition()
    mixed = try (1..<depth).map { layer in
      let map = Matrix(rows: fit.values.count, columns: fit.right.rows) {
        pow(fit.values[$0], Double(layer) / Double(depth)) * fit.right[$1, $0]
      }
      let products = map * correlations.input
      let sum = try products.singularValues().reduce(0, +)
      let square = products.times(map, right: .transposed).trace * correlations.input.trace
      return square > 0 ? sum / square.squareRoot() : .nan
    }
  }

  /// In a sentence.
  var note: String {
    "Exact for balanced layers that have learned the fit, without biases: r² = 1 between two of them; "
      + "beside new networks whose layers are wide and independent r² = "
      + "\(mixed.map(brief).joined(separator: ", ")), and 1 between those."
  }
}
