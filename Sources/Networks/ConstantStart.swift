import LearningProblems
import LinearAlgebra

/// A start in which every weight of a layer has the same value, in the basis of the data.
///
/// All hidden units are equal and stay so: the network behaves as one of width one.
///
/// - Source: `fixed_init` of Olmin & Lindsten, arXiv:2407.09845.
public struct ConstantStart: Equatable, Sendable {
  /// The value of each layer's weights, shape [layer].
  public var values: [Double]

  /// A start with one value per layer.
  public init(values: [Double]) { self.values = values }

  /// The weights in the basis of the data.
  func weights(shapes: [LayerShape]) -> LinearWeights {
    LinearWeights(
      zip(values, shapes).map { Matrix(rows: $1.rows, columns: $1.columns, repeating: $0) })
  }
}
