import LinearAlgebra

/// Gradients written by hand, with a pass over all samples at every evaluation.
///
/// The literal reference that every faster way is tested against.
public struct ManualGradient: GradientRule {
  private let divisor: Double
  private let targets: Matrix<Double>
  /// Inputs, then the output of each layer; shape [sample, width of l].
  private var activations: [Matrix<Double>]
  /// The error ŷ − y, pulled back to the output of each layer; shape [sample, width of l].
  private var errors: [Matrix<Double>]

  /// Gradients for samples in the coordinates of the weights.
  ///
  /// - Parameters:
  ///   - inputs: shape [sample, input].
  ///   - targets: shape [sample, output].
  ///   - widths: outputs of each layer, the last equal to the number of outputs.
  ///   - divisor: N.
  public init(
    inputs: Matrix<Double>, targets: Matrix<Double>, widths: [Int], divisor: Double
  ) {
    precondition(
      widths.last == targets.columns && inputs.rows == targets.rows,
      "layers of widths \(widths) do not map \(inputs.shape) inputs to \(targets.shape) targets")
    self.divisor = divisor
    self.targets = targets
    errors = widths.map { Matrix(rows: inputs.rows, columns: $0) }
    activations = [inputs] + errors
  }

  /// Runs the samples forward and the errors backward.
  ///
  /// - Complexity: O(sample · weights), in BLAS, without allocation.
  public mutating func evaluate(at layers: [Matrix<Double>]) -> Double {
    let last = layers.count - 1
    for l in layers.indices {
      activations[l + 1].setProduct(activations[l], layers[l], right: .transposed)
    }
    let loss = errors[last].setDifference(activations[last + 1], targets)
    for l in layers.indices.dropFirst().reversed() {
      errors[l - 1].setProduct(errors[l], layers[l])
    }
    return loss / divisor
  }

  /// Adds a multiple of errorsᵀ·activations.
  public mutating func add(
    gradientOf layer: Int, scale: Double, to matrix: inout Matrix<Double>
  ) {
    matrix.setProduct(
      errors[layer], activations[layer], left: .transposed, scale: scale / divisor, keep: 1)
  }
}

extension Matrix<Double> {
  /// Stores `a − b` and returns the sum of its squares.
  fileprivate mutating func setDifference(_ a: Matrix, _ b: Matrix) -> Double {
    elements.withUnsafeMutableBufferPointer { result in
      a.elements.withUnsafeBufferPointer { a in
        b.elements.withUnsafeBufferPointer { b in
          var sum = 0.0
          for i in result.indices {
            let difference = a[i] - b[i]
            result[i] = difference
            sum += difference * difference
          }
          return sum
        }
      }
    }
  }
}
