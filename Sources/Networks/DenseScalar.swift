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
    gradient: dyn_dense_gradient_f32, squared: dyn_dense_squared_f32,
    cut: dyn_dense_cut_f32,
    add: dyn_dense_add_f32, descend: dyn_dense_descend_f32)
  /// The kernels of composition networks in single precision.
  public static let composition = CompositionKernels<Float>(
    hidden: dyn_composition_hidden_f32, losses: dyn_composition_losses_f32,
    backward: dyn_composition_backward_f32)
}

extension Double: DenseScalar {
  /// The kernels in double precision.
  public static let kernels = DenseKernels<Double>(
    forward: dyn_dense_forward_f64, backward: dyn_dense_backward_f64,
    gradient: dyn_dense_gradient_f64, squared: dyn_dense_squared_f64,
    cut: dyn_dense_cut_f64,
    add: dyn_dense_add_f64, descend: dyn_dense_descend_f64)
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
  /// Sets numbers to 0 where those of a gate are not above 0.
  let cut: @Sendable (Int64, Input?, Output?) -> Void
  /// Adds numbers to others.
  let add: @Sendable (Int64, Input?, Output?) -> Void
  /// A step of gradient descent with momentum.
  let descend: @Sendable (Int64, Scalar, Scalar, Scalar, Input?, Output?, Output?) -> Void
}

/// Entries of weights from which on matrix products are faster than the kernels.
private let largeLayer = 4096
/// Rows from which on they are, however few the weights; only convolutions have as many.
private let manyRows = 1024

/// Whether a layer is worth matrix products.
private func isLarge(_ outputs: Int, _ inputs: Int, _ rows: Int) -> Bool {
  outputs * inputs >= largeLayer || rows >= manyRows
}

extension DenseScalar {
  /// Makes W·in + b, cut off below 0 if `rectifies`.
  @specialized(where Self == Float)
  @specialized(where Self == Double)
  static func layerForward(
    outputs: Int, inputs: Int, rows: Int, weights: UnsafePointer<Self>,
    biases: UnsafePointer<Self>?, from input: UnsafePointer<Self>,
    to output: UnsafeMutablePointer<Self>, rectifies: Bool, threads: Int = 1
  ) {
    guard isLarge(outputs, inputs, rows) else {
      return kernels.forward(
        Int64(outputs), Int64(inputs), Int64(rows), weights, biases, input, output,
        rectifies ? 1 : 0)
    }
    inTiles(rows: outputs, columns: rows, threads: threads) { units, part in
      if let biases {
        for unit in units {
          (output + unit * rows + part.lowerBound).update(
            repeating: biases[unit], count: part.count)
        }
      }
      multiplyAdd(
        transposeLeft: false, transposeRight: false, rows: units.count, columns: part.count,
        inner: inputs, alpha: 1, left: weights + units.lowerBound * inputs, leftStride: inputs,
        right: input + part.lowerBound, rightStride: rows, beta: biases == nil ? 0 : 1,
        result: output + units.lowerBound * rows + part.lowerBound, resultStride: rows)
      guard rectifies else { return }
      for unit in units {
        let line = output + unit * rows + part.lowerBound
        kernels.cut(Int64(part.count), line, line)
      }
    }
  }

  /// Makes Wᵀ·above, 0 where `gate` is not above 0.
  @specialized(where Self == Float)
  @specialized(where Self == Double)
  static func layerBackward(
    outputs: Int, inputs: Int, rows: Int, weights: UnsafePointer<Self>,
    from above: UnsafePointer<Self>, gate: UnsafePointer<Self>?,
    to below: UnsafeMutablePointer<Self>, threads: Int = 1
  ) {
    guard isLarge(outputs, inputs, rows) else {
      return kernels.backward(
        Int64(outputs), Int64(inputs), Int64(rows), weights, above, gate, below)
    }
    inTiles(rows: inputs, columns: rows, threads: threads) { units, part in
      multiplyAdd(
        transposeLeft: true, transposeRight: false, rows: units.count, columns: part.count,
        inner: outputs, alpha: 1, left: weights + units.lowerBound, leftStride: inputs,
        right: above + part.lowerBound, rightStride: rows, beta: 0,
        result: below + units.lowerBound * rows + part.lowerBound, resultStride: rows)
      guard let gate else { return }
      for unit in units {
        let start = unit * rows + part.lowerBound
        kernels.cut(Int64(part.count), gate + start, below + start)
      }
    }
  }

  /// Makes above·inᵀ of weights and the sums of `above` of biases, or adds them to what is there.
  @specialized(where Self == Float)
  @specialized(where Self == Double)
  static func layerGradient(
    outputs: Int, inputs: Int, rows: Int, above: UnsafePointer<Self>, input: UnsafePointer<Self>,
    weights: UnsafeMutablePointer<Self>, biases: UnsafeMutablePointer<Self>?, adds: Bool,
    threads: Int = 1
  ) {
    let isLarge = isLarge(outputs, inputs, rows)
    if !adds {
      biases?.update(repeating: 0, count: outputs)
      if !isLarge { weights.update(repeating: 0, count: outputs * inputs) }
    }
    if isLarge {
      inTiles(rows: outputs, columns: inputs, threads: threads) { units, part in
        multiplyAdd(
          transposeLeft: false, transposeRight: true, rows: units.count, columns: part.count,
          inner: rows, alpha: 1, left: above + units.lowerBound * rows, leftStride: rows,
          right: input + part.lowerBound * rows, rightStride: rows, beta: adds ? 1 : 0,
          result: weights + units.lowerBound * inputs + part.lowerBound, resultStride: inputs)
      }
    }
    // A layer without inputs has only the sums of its biases.
    guard !isLarge || biases != nil else { return }
    kernels.gradient(
      Int64(outputs), isLarge ? 0 : Int64(inputs), Int64(rows), above, input, weights, biases)
  }

  /// Sets numbers to 0 where those of `gate` are not above 0.
  @specialized(where Self == Float)
  @specialized(where Self == Double)
  static func cutOff(
    _ numbers: UnsafeMutablePointer<Self>, where gate: UnsafePointer<Self>, count: Int, threads: Int
  ) {
    inParts(of: count, atLeast: 1 << 15, threads: threads) { part in
      kernels.cut(Int64(part.count), gate + part.lowerBound, numbers + part.lowerBound)
    }
  }

  /// Takes a step of gradient descent: v ← momentum·v + g + decay·w, w ← w − rate·v.
  ///
  /// - Parameter velocity: v; nil for a step without.
  @specialized(where Self == Float)
  @specialized(where Self == Double)
  public static func descend(
    count: Int, rate: Self, decay: Self, momentum: Self, gradient: UnsafePointer<Self>,
    velocity: UnsafeMutablePointer<Self>?, parameters: UnsafeMutablePointer<Self>, threads: Int
  ) {
    inParts(of: count, atLeast: 1 << 15, threads: threads) { part in
      let start = part.lowerBound
      kernels.descend(
        Int64(part.count), rate, decay, momentum, gradient + start, velocity.map { $0 + start },
        parameters + start)
    }
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
