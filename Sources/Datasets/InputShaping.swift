import LinearAlgebra
import Scenarios

/// The map from drawn inputs to those of the samples, found on the training inputs.
///
/// First the spectrum, then mean 0 and deviation 1, then the leading principal components.
struct InputShaping {
  /// The map that gives the prescribed spectrum.
  private var spectrum: Matrix<Double>?
  /// Mean and standard deviation of each input; an input that never changes keeps its deviation.
  private var columns: [(mean: Double, deviation: Double)]?
  /// V_k·V_kᵀ, shape [input, input].
  private var projector: Matrix<Double>?

  /// The map for drawn training inputs.
  ///
  /// - Throws: `LinearAlgebraError` if a factorisation fails.
  init(of drawn: Matrix<Double>, for model: LinearModel) throws {
    spectrum = try model.spectrumMap(of: drawn)
    if model.isStandardised {
      let x = shaped(drawn)
      let count = Double(x.rows)
      columns = (0..<x.columns).map { j in
        let column = x.column(j)
        let mean = column.reduce(0, +) / count
        let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        return (mean, variance > 0 ? variance.squareRoot() : 1)
      }
    }
    if let kept = model.principalComponents {
      let leading = try shaped(drawn).singularValueDecomposition().right.columns(0..<kept)
      projector = leading.times(leading, right: .transposed)
    }
  }

  /// Inputs of any set, mapped; shape [row, input].
  func shaped(_ drawn: Matrix<Double>) -> Matrix<Double> {
    var x = spectrum.map { drawn * $0 } ?? drawn
    if let columns {
      for i in 0..<x.rows {
        for j in 0..<x.columns { x[i, j] = (x[i, j] - columns[j].mean) / columns[j].deviation }
      }
    }
    return projector.map { x * $0 } ?? x
  }
}
