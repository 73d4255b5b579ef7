import LinearAlgebra

/// How sums over samples enter the objective.
public enum Reduction: String, CaseIterable, Sendable {
  /// Sums over the samples, N = 1.
  case sum
  /// Means over the samples, N = number of samples.
  case mean

  /// The divisor N for a set of `samples` rows.
  public func divisor(samples: Int) -> Double { self == .sum ? 1 : Double(max(samples, 1)) }
}

/// All that gradient descent on the squared error sees of a training set.
///
/// The objective is J = ½·Σ‖y − ŷ‖²/N; the reported loss of a linear map W is 2J =
/// ``fitLoss`` + tr (W−Ŵ)·Σxx·(W−Ŵ)ᵀ.
public struct Correlations: Equatable, Sendable {
  /// Σxx = XᵀX/N, shape [input, input].
  public var input: Matrix<Double>
  /// Σyx = YᵀX/N, shape [output, input].
  public var inputOutput: Matrix<Double>
  /// tr YᵀY/N, the loss of the zero map.
  public var targetSquare: Double
  /// The least-squares map of least norm Ŵ = Σyx·Σxx⁺, shape [output, input].
  public var fit: Matrix<Double>
  /// The loss of ``fit``.
  public var fitLoss: Double

  /// Number of inputs d.
  public var inputs: Int { input.rows }
  /// Number of outputs.
  public var outputs: Int { inputOutput.rows }

  /// The correlations of given samples, with the fit from the singular values of X.
  ///
  /// - Parameters:
  ///   - inputs: X, shape [sample, input].
  ///   - targets: Y, shape [sample, output].
  ///   - reduction: whether N is 1 or the number of samples.
  /// - Throws: `LinearAlgebraError` if an entry is not finite.
  /// - Complexity: O(sample · input²).
  public init(inputs: Matrix<Double>, targets: Matrix<Double>, reduction: Reduction) throws {
    precondition(
      inputs.rows == targets.rows,
      "inputs \(inputs.shape) and targets \(targets.shape) have different numbers of rows")
    let scale = 1 / reduction.divisor(samples: inputs.rows)
    input = scale * inputs.times(inputs, left: .transposed)
    inputOutput = scale * targets.times(inputs, left: .transposed)
    targetSquare = scale * targets.squaredNorm
    let inverse = try inputs.singularValueDecomposition().pseudoInverse
    fit = targets.times(inverse, left: .transposed, right: .transposed)
    fitLoss = scale * (targets - inputs.times(fit, right: .transposed)).squaredNorm
  }

  /// Correlations that are given and not measured on samples.
  ///
  /// - Parameters:
  ///   - input: Σxx, shape [input, input], symmetric with eigenvalues ≥ 0.
  ///   - inputOutput: Σyx, shape [output, input].
  ///   - targetSquare: tr YᵀY/N; by default the value that makes the loss of the fit zero.
  /// - Throws: `LinearAlgebraError` if an entry is not finite.
  public init(
    input: Matrix<Double>, inputOutput: Matrix<Double>, targetSquare: Double? = nil
  ) throws {
    precondition(
      input.rows == input.columns && inputOutput.columns == input.rows,
      "Σxx is \(input.shape) but Σyx is \(inputOutput.shape)")
    self.input = input
    self.inputOutput = inputOutput
    let inverse = try input.singularValueDecomposition().pseudoInverse
    fit = inputOutput * inverse
    let explained = fit.timesElementwise(inputOutput).elements.reduce(0, +)
    self.targetSquare = targetSquare ?? explained
    fitLoss = max(0, self.targetSquare - explained)
  }

  /// Correlations read back from a file, all of them given.
  public init(
    input: Matrix<Double>, inputOutput: Matrix<Double>, targetSquare: Double,
    fit: Matrix<Double>, fitLoss: Double
  ) {
    self.input = input
    self.inputOutput = inputOutput
    self.targetSquare = targetSquare
    self.fit = fit
    self.fitLoss = fitLoss
  }

  /// The loss 2J of a linear map, shape [output, input], without cancellation near the fit.
  public func loss(of map: Matrix<Double>) -> Double {
    fitLoss + input.form(of: map, minus: fit)
  }

  /// How far the modes of the fit are from evolving alone: ‖ŴᵀŴ·Σxx − Σxx·ŴᵀŴ‖ over the product
  /// of the norms.
  ///
  /// 0 exactly when every right singular vector of the fit with a non-zero singular value is an
  /// eigenvector of Σxx; at most 2.
  public var couplingOfModes: Double {
    let square = fit.times(fit, left: .transposed)
    let scale = square.norm * input.norm
    guard scale > 0 else { return 0 }
    return (square * input - input * square).norm / scale
  }
}
