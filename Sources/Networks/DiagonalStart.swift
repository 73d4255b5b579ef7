import LearningProblems
import LinearAlgebra
import RandomStreams
import Scenarios

/// A start that is diagonal in the basis of the modes: W̄₁ = R·D₁ and W̄₂ = D₂·Rᵀ.
///
/// D₁ and D₂ are zero but for their diagonals a and b, and R is orthogonal. W₂·W₁ does not depend
/// on R, so R need not be drawn unless the single layers matter.
///
/// - Source: `diagonal_init` of Olmin & Lindsten, arXiv:2407.09845.
public struct DiagonalStart: Equatable, Sendable {
  /// Diagonal of the first layer a, shape [min(hidden, input)].
  public var first: [Double]
  /// Diagonal of the second layer b, shape [min(output, hidden)].
  public var second: [Double]

  /// A start with given diagonals.
  public init(first: [Double], second: [Double]) {
    self.first = first
    self.second = second
  }

  /// A start whose diagonals are Float32 normal draws of the given scales, widened.
  ///
  /// - Parameters:
  ///   - scales: standard deviation of each layer.
  ///   - stream: PyTorch's stream; the first layer draws first.
  public init(
    drawing scales: [Double], inputs: Int, hidden: Int, outputs: Int,
    using stream: inout TorchStream
  ) {
    let first = stream.normals(count: min(hidden, inputs), mean: 0, deviation: scales[0])
    let second = stream.normals(count: min(outputs, hidden), mean: 0, deviation: scales[1])
    self.init(first: first.map(Double.init), second: second.map(Double.init))
  }

  /// A start whose diagonals are constant.
  public init(constant scales: [Double], inputs: Int, hidden: Int, outputs: Int) {
    self.init(
      first: Array(repeating: scales[0], count: min(hidden, inputs)),
      second: Array(repeating: scales[1], count: min(outputs, hidden)))
  }

  /// The weights in the basis of the modes.
  ///
  /// - Parameter rotation: R, shape [hidden, hidden]; nil for the identity.
  public func synapticWeights(
    inputs: Int, hidden: Int, outputs: Int, rotation: Matrix<Double>? = nil
  ) -> LinearWeights {
    let one = Matrix.diagonal(first, rows: hidden, columns: inputs)
    let two = Matrix.diagonal(second, rows: outputs, columns: hidden)
    guard let rotation else { return LinearWeights([one, two]) }
    return LinearWeights([rotation * one, two.times(rotation, right: .transposed)])
  }
}
