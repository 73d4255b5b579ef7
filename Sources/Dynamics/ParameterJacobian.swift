import LearningProblems
import LinearAlgebra

/// The derivative of all training predictions by all weights, seen through its singular values.
///
/// The neural tangent kernel J·Jᵀ/N of a linear network has the same eigenvalues (but for zeros)
/// as the sum over layers of (Σ^½·RᵢᵀRᵢ·Σ^½) ⊗ (Lᵢ·Lᵢᵀ), with Σ = Σxx, Rᵢ the map from the input to
/// layer i and Lᵢ the map from layer i to the output. Each direction's share of a layer is that
/// layer's part of its eigenvalue, which is the squared norm of the layer's part of the right
/// singular vector of J.
///
/// - Source: derived here; the kernel is that of Jacot, Gabriel & Hongler 2018, arXiv:1806.07572.
public struct ParameterJacobian: Equatable, Sendable {
  /// Squared singular values of J/√N, falling, shape [direction] with input · output directions.
  public let spectrum: [Double]
  /// Share of each layer in each direction, shape [direction, layer]; rows sum to 1, or are zero
  /// where the singular value is.
  public let layerShares: Matrix<Double>

  /// The Jacobian at weights in the basis of the data.
  ///
  /// - Parameters:
  ///   - weights: the weights.
  ///   - inputRoot: Σxx^½, shape [input, input].
  /// - Throws: `LinearAlgebraError` if a weight is not finite.
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
    let kernels = layers.indices.map { l in
      let inner = right[l].times(right[l], left: .transposed)
      let outer = left[l].times(left[l], right: .transposed)
      return Matrix(rows: size, columns: size) { i, j in
        inner[i / outputs, j / outputs] * outer[i % outputs, j % outputs]
      }
    }
    let eigen = try kernels.dropFirst().reduce(kernels[0], +).symmetricEigen()
    let floor = Double(size) * .ulpOfOne * (eigen.values.first ?? 0)
    spectrum = eigen.values.map { $0 > floor ? $0 : 0 }
    let images = kernels.map { $0 * eigen.vectors }
    let values = spectrum
    layerShares = Matrix(rows: size, columns: layers.count) { direction, layer in
      guard values[direction] > 0 else { return 0 }
      let part = (0..<size).reduce(0) {
        $0 + eigen.vectors[$1, direction] * images[layer][$1, direction]
      }
      return part / eigen.values[direction]
    }
  }
}
