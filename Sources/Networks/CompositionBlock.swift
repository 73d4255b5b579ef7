/// A block of pairs on its way through a composition network and back.
///
/// Rows of the hidden layer and of the logits are filled up with zeros to multiples of
/// ``CompositionKernels/lanes``.
public struct CompositionBlock<Scalar: DenseScalar>: Sendable {
  private let shape: CompositionShape
  private let width: Int
  private let stride: Int
  private var hidden: [Scalar]
  private var logits: [Scalar]
  private var slopes: [Scalar]

  /// Room for so many pairs.
  public init(_ shape: CompositionShape, rows: Int) {
    self.shape = shape
    width = CompositionKernels<Scalar>.padded(shape.hidden)
    stride = CompositionKernels<Scalar>.padded(shape.elements)
    hidden = Array(repeating: 0, count: rows * width)
    logits = Array(repeating: 0, count: rows * stride)
    slopes = hidden
  }

  /// Sums of gradients over pairs.
  public struct Sums: Sendable {
    /// With respect to what left elements contribute, [element][padded hidden].
    public var left: [Scalar]
    /// With respect to what right elements contribute, likewise.
    public var right: [Scalar]
    /// With respect to the readout, [hidden][element].
    public var readout: [Scalar]

    /// No gradients.
    public init(_ shape: CompositionShape) {
      let width = CompositionKernels<Scalar>.padded(shape.hidden)
      left = Array(repeating: 0, count: shape.elements * width)
      right = left
      readout = Array(repeating: 0, count: shape.hidden * shape.elements)
    }

    /// Becomes no gradients.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public mutating func clear() {
      for i in left.indices { (left[i], right[i]) = (0, 0) }
      for i in readout.indices { readout[i] = 0 }
    }
  }

  /// Losses of some pairs, and the gradients that they add.
  ///
  /// - Parameters:
  ///   - pairs: left and right element of each row.
  ///   - labels: class of each row.
  ///   - rows: number of rows, at most those that there is room for.
  ///   - left: what left elements contribute, [element][padded hidden].
  ///   - right: what right elements contribute, likewise.
  ///   - readout: [hidden][element].
  ///   - scale: what the gradient of every row is multiplied by.
  ///   - sums: what gradients are added to; nil for losses alone.
  /// - Returns: the sum of the cross-entropies, and the number of rows of the right class.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func evaluate(
    pairs: UnsafePointer<Int32>, labels: UnsafePointer<Int32>, rows: Int,
    left: UnsafePointer<Scalar>, right: UnsafePointer<Scalar>, readout: UnsafePointer<Scalar>,
    scale: Scalar, adding sums: inout Sums?
  ) -> (loss: Double, correct: Int) {
    let kernels = Scalar.composition
    let (width, stride, units, classes) = (width, stride, shape.hidden, shape.elements)
    let rectifies: Int32 = shape.form == .relu ? 1 : 0
    var correct: Int64 = 0
    var loss = 0.0
    hidden.withUnsafeMutableBufferPointer { hidden in
      logits.withUnsafeMutableBufferPointer { logits in
        slopes.withUnsafeMutableBufferPointer { slopes in
          guard let h = hidden.baseAddress, let l = logits.baseAddress, let s = slopes.baseAddress
          else { return }
          kernels.hidden(Int64(width), Int64(rows), pairs, left, right, h, rectifies)
          Scalar.multiplyAdd(
            transposeLeft: false, transposeRight: false, rows: rows, columns: classes,
            inner: units, alpha: 1, left: h, leftStride: width, right: readout,
            rightStride: classes, beta: 0, result: l, resultStride: stride)
          loss = kernels.losses(
            Int64(classes), Int64(stride), Int64(rows), labels, scale, l, &correct)
          guard var own = sums else { return }
          // Out of its place, so that it is changed without a copy.
          sums = nil
          Scalar.multiplyAdd(
            transposeLeft: false, transposeRight: true, rows: rows, columns: units,
            inner: classes, alpha: 1, left: l, leftStride: stride, right: readout,
            rightStride: classes, beta: 0, result: s, resultStride: width)
          own.readout.withUnsafeMutableBufferPointer { readoutSums in
            guard let sum = readoutSums.baseAddress else { return }
            Scalar.multiplyAdd(
              transposeLeft: true, transposeRight: false, rows: units, columns: classes,
              inner: rows, alpha: 1, left: h, leftStride: width, right: l, rightStride: stride,
              beta: 1, result: sum, resultStride: classes)
          }
          own.left.withUnsafeMutableBufferPointer { leftSums in
            own.right.withUnsafeMutableBufferPointer { rightSums in
              kernels.backward(
                Int64(width), Int64(rows), pairs, left, right, h, s, leftSums.baseAddress,
                rightSums.baseAddress, rectifies)
            }
          }
          sums = own
        }
      }
    }
    return (loss, Int(correct))
  }
}
