import DynKernels
import LearningProblems
import LinearAlgebra

/// Two layers where the inputs are uncorrelated, and the steps that gradient descent takes there.
///
/// The gradient of J by W is Σ = (W − Ŵ)·Λ with Λ diagonal, so that samples are not needed.
protocol StatisticsSteps: Sendable {
  /// The first layer, shape [hidden, input].
  var first: Matrix<Double> { get }
  /// The second layer, shape [output, hidden].
  var second: Matrix<Double> { get }
  /// W₂·W₁, shape [output, input].
  var product: Matrix<Double> { get }
  /// Takes steps; stops before one from weights whose excess loss is not finite or too large.
  ///
  /// A trace, if given, receives the excess loss and the product before every step.
  ///
  /// - Returns: how many steps were taken.
  mutating func take(
    _ steps: Int, from iteration: Int, trace: StepTrace?
  ) -> Int
  /// Numbers from one row of the product to the next in a trace.
  var productStride: Int { get }
  /// Whether the weights are, bit by bit, those of other steps for the same problem.
  func hasWeights(of other: any StatisticsSteps) -> Bool
}

/// Where steps leave their excess losses, shape [step], and products, shape [step, output, stride].
struct StepTrace {
  let losses: UnsafeMutablePointer<Double>
  let products: UnsafeMutablePointer<Double>
}

/// What the steps on statistics need to know besides the weights.
struct StatisticsProblem: Sendable {
  /// Variances of the inputs, shape [input].
  var variances: [Double]
  /// Ŵ, shape [output, input].
  var fit: Matrix<Double>
  /// Rates and decays.
  var rule: StepRule
  /// The excess loss above which the descent counts as diverged.
  var largestExcess: Double

  /// Steps from given layers, of the kind that is fastest for their shapes.
  func steps(first: Matrix<Double>, second: Matrix<Double>) -> any StatisticsSteps {
    if first.columns == 2, second.rows == 2 {
      return TwoByTwoSteps(problem: self, first: first, second: second)
    }
    // Where no side is short, or slopes and product leave the second cache, BLAS is faster.
    let shortest = min(second.rows, first.rows, first.columns)
    if shortest >= 32 || second.rows * first.columns > 16384 {
      return ProductSteps(problem: self, first: first, second: second)
    }
    return FusedSteps(problem: self, first: first, second: second)
  }

  /// The excess loss Σ λ_j·(W − Ŵ)²_ij of a product.
  func excess(of product: Matrix<Double>) -> Double {
    var sum = 0.0
    for o in 0..<fit.rows {
      for (j, variance) in variances.enumerated() {
        let gap = product[o, j] - fit[o, j]
        sum += gap * gap * variance
      }
    }
    return sum
  }

  /// Calls the function with the problem as the kernels want it, arrays padded as they are.
  func withKernelProblem<Result>(
    variances: [Double], fit: [Double], stride: Int, hidden: Int,
    _ body: (inout dyn_statistics) -> Result
  ) -> Result {
    variances.withUnsafeBufferPointer { variances in
      fit.withUnsafeBufferPointer { fit in
        var problem = dyn_statistics(
          stride: Int64(stride), outputs: Int64(self.fit.rows), hidden: Int64(hidden),
          variances: variances.baseAddress, fit: fit.baseAddress,
          rates: (rule.rates[0], rule.rates[1]),
          weight_decay: (rule.weightDecay[0], rule.weightDecay[1]), decay: rule.decay,
          is_sequential: rule.order == .sequential ? 1 : 0, largest_excess: largestExcess)
        return body(&problem)
      }
    }
  }
}

/// Whether two lists hold the same bits.
func haveSameBits(_ left: [Double], _ right: [Double]) -> Bool {
  left.count == right.count
    && left.withUnsafeBufferPointer { x in
      right.withUnsafeBufferPointer { y in
        for i in x.indices where x[i].bitPattern != y[i].bitPattern { return false }
        return true
      }
    }
}

extension Matrix<Double> {
  /// The entries row after row, with zeros behind each row and behind the last.
  func padded(rows: Int, stride: Int) -> [Double] {
    var result = [Double](repeating: 0, count: rows * stride)
    for i in 0..<self.rows {
      for j in 0..<columns { result[i * stride + j] = self[i, j] }
    }
    return result
  }

  /// A matrix from entries that are padded with zeros.
  init(rows: Int, columns: Int, padded: [Double], stride: Int) {
    self.init(rows: rows, columns: columns) { i, j in padded[i * stride + j] }
  }
}
