import LinearAlgebra

/// A way to compute the gradients of J = ½·Σ‖y − ŷ‖²/N for the layers of a linear network.
public protocol GradientRule: Sendable {
  /// Computes the loss 2J and all gradients at the given weights, and returns the loss.
  ///
  /// - Parameter layers: first layer first; layer l has shape [width of l, width of l−1].
  mutating func evaluate(at layers: [Matrix<Double>]) -> Double

  /// Adds `scale` times the gradient of a layer, as last evaluated, to a matrix of its shape.
  mutating func add(gradientOf layer: Int, scale: Double, to matrix: inout Matrix<Double>)
}
