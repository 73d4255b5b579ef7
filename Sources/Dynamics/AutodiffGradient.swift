import Autodiff
import LinearAlgebra

/// Gradients by reverse-mode differentiation of J, with a pass over all samples.
public struct AutodiffGradient: GradientRule {
  private var tape = Tape()
  private var layers: [Variable] = []
  private let objective: Variable

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
    var output = tape.constant(inputs)
    for width in widths {
      let layer = tape.variable(Matrix(rows: width, columns: output.columns))
      layers.append(layer)
      output = tape.product(output, layer, right: .transposed)
    }
    let error = tape.difference(output, tape.constant(targets))
    objective = tape.multiple(of: tape.squaredNorm(of: error), by: 0.5 / divisor)
  }

  /// Records J at the weights and propagates backwards.
  public mutating func evaluate(at weights: [Matrix<Double>]) -> Double {
    for (layer, value) in zip(layers, weights) { tape.set(layer, to: value) }
    let value = tape.value(of: objective)
    tape.backpropagate(from: objective)
    return 2 * value[0, 0]
  }

  /// Adds a multiple of the derivative of J.
  public mutating func add(
    gradientOf layer: Int, scale: Double, to matrix: inout Matrix<Double>
  ) {
    tape.addGradient(withRespectTo: layers[layer], scale: scale, to: &matrix)
  }
}
