import LinearAlgebra
import RandomStreams
import Scenarios

extension FactorData {
  /// Draws inputs from the factors, and the inputs themselves as targets.
  ///
  /// The teacher is the projector on the span of the loadings: the map that reproduces inputs
  /// free of noise, of which the test set consists.
  ///
  /// Order of the draws: the loadings, the factors of the training samples, their noise (also at
  /// noise 0), the factors of the test samples.
  ///
  /// - Throws: `LinearAlgebraError` if a factorisation fails.
  public func draw(using stream: inout NumPyStream) throws -> Samples {
    var loadings = Matrix<Double>(rows: inputs, columns: factors)
    for i in loadings.elements.indices {
      loadings.elements[i] = self.loadings == .uniform ? stream.uniform() : stream.normal()
    }
    let clean = drawFactors(rows: samples, using: &stream).times(loadings, right: .transposed)
    let x = clean + noise * stream.normals(rows: samples, columns: inputs)
    let testInputs = drawFactors(rows: resolvedTestSamples, using: &stream)
      .times(loadings, right: .transposed)
    let span = try loadings.qrDecomposition().orthogonal
    return Samples(
      inputs: x, targets: x, testInputs: testInputs, teacher: span.times(span, right: .transposed),
      noise: [0, 0], count: samples)
  }

  /// Normal factors of the given variances, shape [row, factor].
  private func drawFactors(rows: Int, using stream: inout NumPyStream) -> Matrix<Double> {
    stream.normals(rows: rows, columns: factors)
      * .diagonal(factorVariances.map { $0.squareRoot() })
  }
}
