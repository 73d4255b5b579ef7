import LinearAlgebra
import RandomStreams
import Scenarios

/// A network that composes two elements of a group: its shape and all its parameters.
///
/// Both forms bring what the two elements contribute to every hidden unit together by one operation:
/// their product, or their sum cut off below 0.
public struct CompositionNetwork<Scalar: DenseScalar>: Equatable, Sendable {
  /// Sizes.
  public let shape: CompositionShape
  /// All parameters, in the order that the shape gives.
  public var parameters: [Scalar]

  /// A network from its parameters.
  ///
  /// - Precondition: there are as many parameters as the shape has.
  public init(shape: CompositionShape, parameters: [Scalar]) {
    precondition(
      parameters.count == shape.parameterCount,
      "\(parameters.count) parameters for a network of \(shape.parameterCount)")
    self.shape = shape
    self.parameters = parameters
  }

  /// The same network in double precision.
  public var widened: CompositionNetwork<Double> {
    CompositionNetwork<Double>(shape: shape, parameters: parameters.map { Double($0) })
  }

  private func matrix(_ range: Range<Int>, columns: Int) -> Matrix<Scalar> {
    Matrix(rows: range.count / columns, columns: columns, elements: Array(parameters[range]))
  }

  /// W_x, shape [element, embedding].
  public var leftEmbedding: Matrix<Scalar> { matrix(shape.left, columns: shape.embedding) }
  /// W_y, shape [element, embedding].
  public var rightEmbedding: Matrix<Scalar> { matrix(shape.right, columns: shape.embedding) }
  /// W_U, shape [hidden, element].
  public var readout: Matrix<Scalar> { matrix(shape.readout, columns: shape.elements) }
  /// W of a relu network, shape [2·embedding, hidden].
  public var mixing: Matrix<Scalar>? {
    shape.form == .relu ? matrix(shape.mixing, columns: shape.hidden) : nil
  }

  /// What the left element contributes to every hidden unit, shape [element, hidden]: W_x, for relu
  /// networks times the upper half of W.
  public var leftContribution: Matrix<Scalar> {
    guard let mixing else { return leftEmbedding }
    return leftEmbedding * mixing.rows(0..<shape.embedding)
  }

  /// What the right element contributes to every hidden unit, shape [element, hidden].
  public var rightContribution: Matrix<Scalar> {
    guard let mixing else { return rightEmbedding }
    return rightEmbedding * mixing.rows(shape.embedding..<2 * shape.embedding)
  }

  /// What hidden units hand on for all pairs, shape [x · elements + y, hidden].
  public func hiddenOfAllPairs() -> Matrix<Scalar> {
    let (left, right) = (leftContribution, rightContribution)
    let (count, hidden, multiplies) = (shape.elements, shape.hidden, shape.form == .bilinear)
    return Matrix(rows: count * count, columns: hidden) { pair, unit in
      let (a, b) = (left[pair / count, unit], right[pair % count, unit])
      return multiplies ? a * b : max(a + b, 0)
    }
  }
}

extension CompositionNetwork<Float> {
  /// A network at its start: W_x, W_y, of relu networks W, then W_U, each PyTorch's standard normals
  /// over the root of the width that is summed over (for embeddings, their own width).
  public init(shape: CompositionShape, using stream: inout TorchStream) {
    var parameters: [Float] = []
    parameters.reserveCapacity(shape.parameterCount)
    for array in shape.arrays {
      let isEmbedding = array.layer <= 2
      let width = isEmbedding ? shape.embedding : array.sizes[0]
      let root = Float(Double(width).squareRoot())
      parameters += stream.normals(count: array.range.count, mean: 0, deviation: 1).map {
        $0 / root
      }
    }
    self.init(shape: shape, parameters: parameters)
  }
}
