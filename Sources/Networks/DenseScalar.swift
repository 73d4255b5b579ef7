import DynKernels
import LinearAlgebra

/// A number that dense networks compute with: `Double` or `Float`.
///
/// The operations of one layer on a block of rows; arrays of a block are [unit][row], with a number
/// of rows that is a multiple of 16.
public protocol DenseScalar: MatrixScalar {
  /// Makes W·in + b, cut off below 0 if `rectifies`.
  static func layerForward(
    outputs: Int, inputs: Int, rows: Int, weights: UnsafePointer<Self>,
    biases: UnsafePointer<Self>?, from input: UnsafePointer<Self>,
    to output: UnsafeMutablePointer<Self>, rectifies: Bool)
  /// Makes Wᵀ·above, 0 where `gate` is not above 0.
  static func layerBackward(
    outputs: Int, inputs: Int, rows: Int, weights: UnsafePointer<Self>,
    from above: UnsafePointer<Self>, gate: UnsafePointer<Self>?,
    to below: UnsafeMutablePointer<Self>)
  /// Adds above·inᵀ to weights and the sums of `above` to biases.
  static func layerGradient(
    outputs: Int, inputs: Int, rows: Int, above: UnsafePointer<Self>, input: UnsafePointer<Self>,
    weights: UnsafeMutablePointer<Self>, biases: UnsafeMutablePointer<Self>?)
  /// Sum of the squared errors of the first `filled` rows; makes errors · `scale`, 0 in the rest.
  static func squaredErrors(
    units: Int, rows: Int, filled: Int, outputs: UnsafePointer<Self>, targets: UnsafePointer<Self>,
    scale: Self, gradient: UnsafeMutablePointer<Self>
  ) -> Double
}

/// Entries of weights from which on matrix products are faster than the kernels.
private let largeLayer = 4096

extension Float: DenseScalar {
  /// `dyn_dense_forward_f32`, or a matrix product for a large layer.
  public static func layerForward(
    outputs: Int, inputs: Int, rows: Int, weights: UnsafePointer<Float>,
    biases: UnsafePointer<Float>?, from input: UnsafePointer<Float>,
    to output: UnsafeMutablePointer<Float>, rectifies: Bool
  ) {
    guard outputs * inputs >= largeLayer else {
      return dyn_dense_forward_f32(
        Int64(outputs), Int64(inputs), Int64(rows), weights, biases, input, output,
        rectifies ? 1 : 0)
    }
    spread(biases, outputs: outputs, rows: rows, to: output)
    multiplyAdd(
      transposeLeft: false, transposeRight: false, rows: outputs, columns: rows, inner: inputs,
      alpha: 1, left: weights, leftStride: inputs, right: input, rightStride: rows, beta: 1,
      result: output, resultStride: rows)
    guard rectifies else { return }
    for i in 0..<outputs * rows { output[i] = output[i] > 0 ? output[i] : 0 }
  }

  /// `dyn_dense_backward_f32`, or a matrix product for a large layer.
  public static func layerBackward(
    outputs: Int, inputs: Int, rows: Int, weights: UnsafePointer<Float>,
    from above: UnsafePointer<Float>, gate: UnsafePointer<Float>?,
    to below: UnsafeMutablePointer<Float>
  ) {
    guard outputs * inputs >= largeLayer else {
      return dyn_dense_backward_f32(
        Int64(outputs), Int64(inputs), Int64(rows), weights, above, gate, below)
    }
    multiplyAdd(
      transposeLeft: true, transposeRight: false, rows: inputs, columns: rows, inner: outputs,
      alpha: 1, left: weights, leftStride: inputs, right: above, rightStride: rows, beta: 0,
      result: below, resultStride: rows)
    guard let gate else { return }
    for i in 0..<inputs * rows { below[i] = gate[i] > 0 ? below[i] : 0 }
  }

  /// `dyn_dense_gradient_f32`, or a matrix product for a large layer.
  public static func layerGradient(
    outputs: Int, inputs: Int, rows: Int, above: UnsafePointer<Float>, input: UnsafePointer<Float>,
    weights: UnsafeMutablePointer<Float>, biases: UnsafeMutablePointer<Float>?
  ) {
    guard outputs * inputs >= largeLayer else {
      return dyn_dense_gradient_f32(
        Int64(outputs), Int64(inputs), Int64(rows), above, input, weights, biases)
    }
    multiplyAdd(
      transposeLeft: false, transposeRight: true, rows: outputs, columns: inputs, inner: rows,
      alpha: 1, left: above, leftStride: rows, right: input, rightStride: rows, beta: 1,
      result: weights, resultStride: inputs)
    // A layer without inputs has only the sums of its biases.
    dyn_dense_gradient_f32(Int64(outputs), 0, Int64(rows), above, input, weights, biases)
  }

  /// `dyn_dense_squared_f32`.
  public static func squaredErrors(
    units: Int, rows: Int, filled: Int, outputs: UnsafePointer<Float>,
    targets: UnsafePointer<Float>, scale: Float, gradient: UnsafeMutablePointer<Float>
  ) -> Double {
    dyn_dense_squared_f32(
      Int64(units), Int64(rows), Int64(filled), outputs, targets, scale, gradient)
  }
}

extension Double: DenseScalar {
  /// `dyn_dense_forward_f64`, or a matrix product for a large layer.
  public static func layerForward(
    outputs: Int, inputs: Int, rows: Int, weights: UnsafePointer<Double>,
    biases: UnsafePointer<Double>?, from input: UnsafePointer<Double>,
    to output: UnsafeMutablePointer<Double>, rectifies: Bool
  ) {
    guard outputs * inputs >= largeLayer else {
      return dyn_dense_forward_f64(
        Int64(outputs), Int64(inputs), Int64(rows), weights, biases, input, output,
        rectifies ? 1 : 0)
    }
    spread(biases, outputs: outputs, rows: rows, to: output)
    multiplyAdd(
      transposeLeft: false, transposeRight: false, rows: outputs, columns: rows, inner: inputs,
      alpha: 1, left: weights, leftStride: inputs, right: input, rightStride: rows, beta: 1,
      result: output, resultStride: rows)
    guard rectifies else { return }
    for i in 0..<outputs * rows { output[i] = output[i] > 0 ? output[i] : 0 }
  }

  /// `dyn_dense_backward_f64`, or a matrix product for a large layer.
  public static func layerBackward(
    outputs: Int, inputs: Int, rows: Int, weights: UnsafePointer<Double>,
    from above: UnsafePointer<Double>, gate: UnsafePointer<Double>?,
    to below: UnsafeMutablePointer<Double>
  ) {
    guard outputs * inputs >= largeLayer else {
      return dyn_dense_backward_f64(
        Int64(outputs), Int64(inputs), Int64(rows), weights, above, gate, below)
    }
    multiplyAdd(
      transposeLeft: true, transposeRight: false, rows: inputs, columns: rows, inner: outputs,
      alpha: 1, left: weights, leftStride: inputs, right: above, rightStride: rows, beta: 0,
      result: below, resultStride: rows)
    guard let gate else { return }
    for i in 0..<inputs * rows { below[i] = gate[i] > 0 ? below[i] : 0 }
  }

  /// `dyn_dense_gradient_f64`, or a matrix product for a large layer.
  public static func layerGradient(
    outputs: Int, inputs: Int, rows: Int, above: UnsafePointer<Double>,
    input: UnsafePointer<Double>,
    weights: UnsafeMutablePointer<Double>, biases: UnsafeMutablePointer<Double>?
  ) {
    guard outputs * inputs >= largeLayer else {
      return dyn_dense_gradient_f64(
        Int64(outputs), Int64(inputs), Int64(rows), above, input, weights, biases)
    }
    multiplyAdd(
      transposeLeft: false, transposeRight: true, rows: outputs, columns: inputs, inner: rows,
      alpha: 1, left: above, leftStride: rows, right: input, rightStride: rows, beta: 1,
      result: weights, resultStride: inputs)
    // A layer without inputs has only the sums of its biases.
    dyn_dense_gradient_f64(Int64(outputs), 0, Int64(rows), above, input, weights, biases)
  }

  /// `dyn_dense_squared_f64`.
  public static func squaredErrors(
    units: Int, rows: Int, filled: Int, outputs: UnsafePointer<Double>,
    targets: UnsafePointer<Double>, scale: Double, gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    dyn_dense_squared_f64(
      Int64(units), Int64(rows), Int64(filled), outputs, targets, scale, gradient)
  }
}

extension DenseScalar {
  /// The bias of every unit for all rows, or zeros.
  fileprivate static func spread(
    _ biases: UnsafePointer<Self>?, outputs: Int, rows: Int, to output: UnsafeMutablePointer<Self>
  ) {
    for unit in 0..<outputs {
      (output + unit * rows).update(repeating: biases?[unit] ?? 0, count: rows)
    }
  }
}
