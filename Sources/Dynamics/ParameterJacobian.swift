import LearningProblems
import LinearAlgebra
import Networks

/// The derivative of all training predictions by all parameters, seen through its singular values.
///
/// Its square J·Jᵀ/N is the neural tangent kernel, a sum of one kernel for each layer. Each
/// direction's share of a layer is that layer's part of its eigenvalue, which is the squared norm of
/// the layer's part of the right singular vector of J.
///
/// - Source: Jacot, Gabriel & Hongler 2018, arXiv:1806.07572; the shares as in Heckel & Yilmaz,
///   arXiv:2007.10099.
public struct ParameterJacobian: Equatable, Sendable {
  /// Squared singular values of J/√N, falling, shape [direction].
  public let spectrum: [Double]
  /// Share of each layer in each direction, shape [direction, layer]; rows sum to 1, or are zero
  /// where the singular value is.
  public let layerShares: Matrix<Double>
  /// The part of each layer in the kernel, shape [direction, direction] in any basis.
  private let kernels: [Matrix<Double>]

  /// The Jacobian whose layers have these parts in the kernel; all NaN if one is not finite.
  ///
  /// - Throws: `LinearAlgebraError` if a factorisation fails.
  /// - Complexity: O(directions³).
  private init(kernels: [Matrix<Double>]) throws {
    self.kernels = kernels
    let size = kernels[0].rows
    guard kernels.allSatisfy({ $0.elements.allSatisfy(\.isFinite) }) else {
      spectrum = Array(repeating: .nan, count: size)
      layerShares = Matrix(rows: size, columns: kernels.count) { _, _ in .nan }
      return
    }
    let eigen = try kernels.dropFirst().reduce(kernels[0], +).symmetricEigen()
    let values = Self.cleaned(eigen.values)
    let images = kernels.map { $0 * eigen.vectors }
    spectrum = values
    layerShares = Matrix(rows: size, columns: kernels.count) { direction, layer in
      guard values[direction] > 0 else { return 0 }
      let part = (0..<size).reduce(0) {
        $0 + eigen.vectors[$1, direction] * images[layer][$1, direction]
      }
      return part / eigen.values[direction]
    }
  }

  /// Squared singular values of each layer's part of J/√N, falling, shape [layer, direction]; all NaN
  /// where one of the kernel is.
  ///
  /// - Throws: `LinearAlgebraError` if a factorisation fails.
  /// - Complexity: O(layers · directions³).
  public func layerSpectra() throws -> Matrix<Double> {
    guard spectrum.allSatisfy(\.isFinite) else {
      return Matrix(rows: kernels.count, columns: spectrum.count) { _, _ in .nan }
    }
    return Matrix(try kernels.map { Self.cleaned(try $0.symmetricEigen().values) })
  }

  /// Eigenvalues without those that are zero but for rounding.
  private static func cleaned(_ values: [Double]) -> [Double] {
    let floor = Double(values.count) * .ulpOfOne * (values.first ?? 0)
    return values.map { $0 > floor ? $0 : 0 }
  }
}

extension ParameterJacobian {
  /// The Jacobian of a linear network at weights in the basis of the data, of input · output
  /// directions.
  ///
  /// The kernel of the samples has the same eigenvalues (but for zeros) as the sum over layers of
  /// (Σ^½·RᵢᵀRᵢ·Σ^½) ⊗ (Lᵢ·Lᵢᵀ), with Σ = Σxx, Rᵢ the map from the input to layer i and Lᵢ the map
  /// from layer i to the output (derived here).
  ///
  /// - Parameters:
  ///   - weights: the weights.
  ///   - inputRoot: Σxx^½, shape [input, input].
  /// - Throws: `LinearAlgebraError` if a factorisation fails.
  /// - Complexity: O((input · output)³).
  public init(weights: LinearWeights, inputRoot: Matrix<Double>) throws {
    let layers = weights.layers
    let (inputs, outputs) = (inputRoot.rows, layers[layers.count - 1].rows)
    var right: [Matrix<Double>] = []  // Rᵢ·Σ^½
    var map = inputRoot
    for layer in layers {
      right.append(map)
      map = layer * map
    }
    var left: [Matrix<Double>] = []  // Lᵢ, collected from the last layer backwards
    map = .identity(outputs)
    for layer in layers.reversed() {
      left.append(map)
      map = map * layer
    }
    left.reverse()

    let size = inputs * outputs
    try self.init(
      kernels: layers.indices.map { l in
        let inner = right[l].times(right[l], left: .transposed)
        let outer = left[l].times(left[l], right: .transposed)
        return Matrix(rows: size, columns: size) { i, j in
          inner[i / outputs, j / outputs] * outer[i % outputs, j % outputs]
        }
      })
  }

  /// The Jacobian of a dense network at some samples, of sample · output directions.
  ///
  /// The derivative of an output by the parameters of layer l is δ·(φ_{l−1}, 1)ᵀ, with φ_{l−1} what
  /// the layer is handed and δ the derivative by what it makes before it is cut off; so the layer's
  /// part of the kernel is the product, entry by entry, of two Gram matrices (derived here).
  ///
  /// - Parameters:
  ///   - network: weights and biases.
  ///   - inputs: the samples, shape [sample, input].
  ///   - divisor: N.
  /// - Throws: `LinearAlgebraError` if a factorisation fails.
  /// - Complexity: O((sample · output)³), independent of the widths but for the Gram matrices.
  public init(network: DenseNetwork<Double>, inputs: Matrix<Double>, divisor: Double) throws {
    let shape = network.shape
    let activations = network.activations(of: inputs)
    let (samples, outputs) = (inputs.rows, shape.outputs)
    let size = samples * outputs
    try self.init(
      kernels: (1...shape.depth).map { layer in
        let handed = activations[layer - 1]
        let inner = handed.times(handed, right: .transposed)
        var slopes = Matrix<Double>(rows: size, columns: shape.widths[layer])
        for output in 0..<outputs {
          let covector = (0..<outputs).map { $0 == output ? 1.0 : 0 }
          let pulled = network.pullback(of: covector, at: inputs, to: layer)
          for sample in 0..<samples {
            for unit in 0..<shape.widths[layer]
            where !shape.rectifies(layer) || activations[layer][sample, unit] > 0 {
              slopes[sample * outputs + output, unit] = pulled[sample, unit]
            }
          }
        }
        let outer = slopes.times(slopes, right: .transposed)
        let bias = shape.hasBiases ? 1.0 : 0
        return Matrix(rows: size, columns: size) { i, j in
          (inner[i / outputs, j / outputs] + bias) * outer[i, j] / divisor
        }
      })
  }
}
