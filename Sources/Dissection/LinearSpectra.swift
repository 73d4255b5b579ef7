import Analysis
import Foundation
import LearningProblems
import LinearAlgebra
import Networks
import Recording

/// What theory says of the spectra of a linear network of N layers that has learned its fit.
///
/// With Ŵ = U·diag(S)·Vᵀ and balanced layers, layer l hands on an orthogonal image of S^(l/N)·Vᵀx, so
/// that its covariance has the eigenvalues of S^(l/N)·VᵀΣxxV·S^(l/N), and WᵀW/n of each layer of n
/// units has S^(2/N)/n.
///
/// - Source: Saxe, McClelland & Ganguli 2014, arXiv:1312.6120, for balanced layers; the covariances
///   follow by inserting W_l…W₁ = R·S^(l/N)·Vᵀ.
struct LinearSpectra {
  /// Eigenvalues of E[φφᵀ] of each hidden layer, falling, as many as it has units.
  let hidden: [[Double]]
  /// Eigenvalues of WᵀW/n of each layer, falling, min(n, d) of them.
  let weights: [[Double]]
  private let hasBiases: Bool

  /// Of the fit of some rows.
  init(_ run: DissectedRun, inputs: Matrix<Double>, targets: Matrix<Double>) throws {
    let shape = run.shape
    let correlations = try Correlations(inputs: inputs, targets: targets, reduction: .mean)
    let fit = try correlations.fit.singularValueDecomposition()
    let turned = fit.right.times(correlations.input * fit.right, left: .transposed)
    func padded(_ values: [Double], _ count: Int) -> [Double] {
      Array((values + Array(repeating: 0, count: max(0, count - values.count))).prefix(count))
    }
    hidden = try (1..<max(shape.depth, 1)).map { layer in
      let powers = fit.values.map { pow($0, Double(layer) / Double(shape.depth)) }
      let covariance = Matrix(rows: turned.rows, columns: turned.columns) {
        powers[$0] * turned[$0, $1] * powers[$1]
      }
      return padded(
        try covariance.symmetricEigen().values.map { max($0, 0) }, shape.widths[layer])
    }
    weights = (1...shape.depth).map { layer in
      padded(
        fit.values.map { pow($0, 2 / Double(shape.depth)) / Double(shape.widths[layer]) },
        min(shape.widths[layer], shape.widths[layer - 1]))
    }
    hasBiases = shape.hasBiases
  }

  /// What the run file keeps.
  var arrays: [AnalysisRecord.Entry] {
    hidden.enumerated().map { index, values in
      AnalysisRecord.Entry(
        "hidden_\(index + 1)_analytic",
        "eigenvalues of a balanced network that has learned the fit",
        axes: [.eigenvalue(ofHidden: index + 1)], shape: [values.count], values: values)
    }
      + weights.enumerated().map { index, values in
        AnalysisRecord.Entry(
          "weights_\(index + 1)_analytic",
          "eigenvalues of WᵀW/n of a balanced network that has learned the fit",
          axes: [.eigenvalue(ofWeights: index + 1)], shape: [values.count], values: values)
      }
  }

  /// How far the networks are from it, in a sentence.
  func note(_ trained: [NetworkSpectra]) -> String {
    func gap(_ found: [Double], _ expected: [Double]) -> Double {
      let scale = expected.first ?? 0
      return (zip(found, expected).map { abs($0 - $1) }.max() ?? 0) / (scale > 0 ? scale : 1)
    }
    let gaps = trained.map { spectra in
      (
        zip(spectra.hidden, hidden).map(gap).max() ?? 0,
        zip(spectra.weights, weights).map(gap).max() ?? 0
      )
    }
    let activations =
      hidden.isEmpty ? "" : "activations are off by \(brief(Spread(gaps.map(\.0)).mean)), "
    return "Exact for balanced layers that have learned the fit"
      + (hasBiases ? " without biases" : "")
      + ": \(activations)weights by \(brief(Spread(gaps.map(\.1)).mean)) of the largest eigenvalue."
  }
}
