import LearningProblems
import LinearAlgebra
import RandomStreams

/// A start whose weights are independent draws, in the basis of the data.
///
/// Weights are Float32 draws of a PyTorch generator that starts at the scenario's seed, widened;
/// layer by layer, row after row. (`torch.nn.Linear` draws weights of its own from the global
/// generator when a model is made. Those draws are replayed for dense networks only.)
enum IndependentStart: Equatable, Sendable {
  /// Normal with the layer's scale, as `torch.normal(0, scale, shape)`.
  case gaussian
  /// He et al. with a = √5, as PyTorch has it, times the layer's scale.
  ///
  /// `kaiming_normal_` in all layers but the last, standard deviation 1/√(3·columns);
  /// `kaiming_uniform_` in the last one, between ∓1/√columns.
  ///
  /// - Source: He, Zhang, Ren & Sun 2015, arXiv:1502.01852; layers as in Olmin & Lindsten,
  ///   arXiv:2407.09845.
  case kaiming
  /// Uniform between ∓ the layer's scale, as `uniform_(−scale, scale)`.
  ///
  /// Experiments on the step sizes of the two layers call it the tuned initialisation: the scales
  /// of the layers are tuned against each other, and with them how fast each one learns.
  case uniform

  /// Draws the weights in the basis of the data.
  ///
  /// - Parameter isUnsigned: whether the absolute values of all draws are taken.
  func weights(
    scales: [Double], shapes: [LayerShape], isUnsigned: Bool, using stream: inout TorchStream
  ) -> LinearWeights {
    let last = shapes.count - 1
    var layers: [Matrix<Double>] = []
    for (l, (scale, shape)) in zip(scales, shapes).enumerated() {
      let drawn = elements(of: shape, isLast: l == last, scale: scale, using: &stream)
      layers.append(
        Matrix(
          rows: shape.rows, columns: shape.columns,
          elements: drawn.map { isUnsigned ? abs(Double($0)) : Double($0) }))
    }
    return LinearWeights(layers)
  }

  /// Draws the weights of one layer, row after row.
  func elements(
    of shape: LayerShape, isLast: Bool, scale: Double, using stream: inout TorchStream
  ) -> [Float] {
    switch self {
    case .gaussian: return stream.normals(count: shape.count, mean: 0, deviation: scale)
    case .uniform: return stream.uniforms(from: -scale, to: scale, count: shape.count)
    case .kaiming:
      // The roots are taken one after the other, as PyTorch rounds them.
      let slope = 5.0.squareRoot()
      let gain = (2 / (1 + slope * slope)).squareRoot()
      let deviation = gain / Double(shape.columns).squareRoot()
      let bound = 3.0.squareRoot() * deviation
      let drawn =
        isLast
        ? stream.uniforms(from: -bound, to: bound, count: shape.count)
        : stream.normals(count: shape.count, mean: 0, deviation: deviation)
      return drawn.map { $0 * Float(scale) }
    }
  }
}
