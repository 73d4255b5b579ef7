import DynKernels
import LinearAlgebra

/// A number that dense networks compute with: `Double` or `Float`.
public protocol DenseScalar: MatrixScalar {
  /// The operations of a small layer in these numbers.
  static var kernels: DenseKernels<Self> { get }
  /// The operations of a composition network in these numbers.
  static var composition: CompositionKernels<Self> { get }
}

extension Float: DenseScalar {
  /// The kernels in single precision.
  public static let kernels = DenseKernels<Float>(
    forward: dyn_dense_forward_f32, backward: dyn_dense_backward_f32,
    gradient: dyn_dense_gradient_f32, squared: dyn_dense_squared_f32)
  /// The kernels of composition networks in single precision.
  public static let composition = CompositionKernels<Float>(
    hidden: dyn_composition_hidden_f32, losses: dyn_composition_losses_f32,
    backward: dyn_composition_backward_f32)
}

extension Double: DenseScalar {
  /// The kernels in double precision.
  public static let kernels = DenseKernels<Double>(
    forward: dyn_dense_forward_f64, backward: dyn_dense_backward_f64,
    gradient: dyn_dense_gradient_f64, squared: dyn_dense_squared_f64)
  /// The kernels of composition networks in double precision.
  public static let composition = CompositionKernels<Double>(
    hidden: dyn_composition_hidden_f64, losses: dyn_composition_losses_f64,
    backward: dyn_composition_backward_f64)
}

/// Operations of one layer on a block of rows, as `DynKernels.h` describes them.
///
/// Arrays of a block are [unit][row], with a number of rows that is a multiple of 16; sizes are
/// outputs, inputs and rows of the layer.
public struct DenseKernels<Scalar>: Sendable {
  typealias Input = UnsafePointer<Scalar>
  typealias Output = UnsafeMutablePointer<Scalar>

  /// W·in + b, cut off below 0 on request.
  let forward: @Sendable (Int64, Int64, Int64, Input?, Input?, Input?, Output?, Int32) -> Void
  /// Wᵀ·above, 0 where the gate is not above 0.
  let backward: @Sendable (Int64, Int64, Int64, Input?, Input?, Input?, Output?) -> Void
  /// Adds above·inᵀ to weights and the sums of `above` to biases.
  let gradient: @Sendable (Int64, Int64, Int64, Input?, Input?, Output?, Output?) -> Void
  /// Sum of squared errors, and the errors times a number.
  let squared: @Sendable (Int64, Int64, Int64, Input?, Input?, Scalar, Output?) -> Double
}

/// Entries of weights from which on matrix products are faster than the kernels.
private let largeLayer = 4096

extension DenseScalar {
  /// Makes W·in + b, cut off below 0 if `rectifies`.
  @specialized(where Self == Float)
  @specialized(where Self == Double)
  static func layerForward(
    outputs: Int, inputs: Int, rows: Int, weights: UnsafePointer<Self>,
    biases: UnsafePointer<Self>?, from input: UnsafePointer<Self>,
    to output: UnsafeMutablePointer<Self>, rectifies: Bool
  ) {
    guard outputs * inputs >= largeLayer else {
      return kernels.forward(
        Int64(outputs), Int64(inputs), Int64(rows), weights, biases, input, output,
        rectifies ? 1 : 0)
    }
    for unit in 0..<outputs {
      (output + unit * rows).update(repeating: biases?[unit] ?? 0, count: rows)
    }
    multiplyAdd(
      transposeLeft: false, transposeRight: false, rows: outputs, columns: rows, inner: inputs,
      alpha: 1, left: weights, leftStride: inputs, right: input, rightStride: rows, beta: 1,
      result: output, resultStride: rows)
    guard rectifies else { return }
    for i in 0..<outputs * rows { output[i] = output[i] > 0 ? output[i] : 0 }
  }

  /// Makes Wᵀ·above, 0 where `gate` is not above 0.
  @specialized(where Self == Float)
  @specialized(where Self == Double)
  static func layerBackward(
    outputs: Int, inputs: Int, rows: Int, weights: UnsafePointer<Self>,
    from above: UnsafePointer<Self>, gate: UnsafePointer<Self>?,
    to below: UnsafeMutablePointer<Self>
  ) {
    guard outputs * inputs >= largeLayer else {
      return kernels.backward(
        Int64(outputs), Int64(inputs), Int64(rows), weights, above, gate, below)
    }
    multiplyAdd(
      transposeLeft: true, transposeRight: false, rows: inputs, columns: rows, inner: outputs,
      alpha: 1, left: weights, leftStride: inputs, right: above, rightStride: rows, beta: 0,
      result: below, resultStride: rows)
    guard let gate else { return }
    for i in 0..<inputs * rows { below[i] = gate[i] > 0 ? below[i] : 0 }
  }

  /// Adds above·inᵀ to weights and the sums of `above` to biases.
  @specialized(where Self == Float)
  @specialized(where Self == Double)
  static func layerGradient(
    outputs: Int, inputs: Int, rows: Int, above: UnsafePointer<Self>, input: UnsafePointer<Self>,
    weights: UnsafeMutablePointer<Self>, biases: UnsafeMutablePointer<Self>?
  ) {
    let isLarge = outputs * inputs >= largeLayer
    if isLarge {
      multiplyAdd(
        transposeLeft: false, transposeRight: true, rows: outputs, columns: inputs, inner: rows,
        alpha: 1, left: above, leftStride: rows, right: input, rightStride: rows, beta: 1,
        result: weights, resultStride: inputs)
    }
    // A layer without inputs has only the sums of its biases.
    kernels.gradient(
      Int64(outputs), isLarge ? 0 : Int64(inputs), Int64(rows), above, input, weights, biases)
  }

  /// Sum of the squared errors of the first `filled` rows; makes errors · `scale`, 0 in the rest.
  @specialized(where Self == Float)
  @specialized(where Self == Double)
  public static func squaredErrors(
    units: Int, rows: Int, filled: Int, outputs: UnsafePointer<Self>, targets: UnsafePointer<Self>,
    scale: Self, gradient: UnsafeMutablePointer<Self>
  ) -> Double {
    kernels.squared(
      Int64(units), Int64(rows), Int64(filled), outputs, targets, scale, gradient)
  }

  /// Sum of the absolute errors of the first `filled` rows; makes their signs · `scale`, 0 in the
  /// rest and where there is no error.
  @specialized(where Self == Float)
  @specialized(where Self == Double)
  public static func absoluteErrors(
    units: Int, rows: Int, filled: Int, outputs: UnsafePointer<Self>, targets: UnsafePointer<Self>,
    scale: Self, gradient: UnsafeMutablePointer<Self>
  ) -> Double {
    var total = 0.0
    for unit in 0..<units {
      for row in unit * rows..<(unit + 1) * rows {
        let error = row < unit * rows + filled ? outputs[row] - targets[row] : 0
        gradient[row] = error > 0 ? scale : error < 0 ? -scale : 0
        total += Double(abs(error))
      }
    }
    return total
  }
}
