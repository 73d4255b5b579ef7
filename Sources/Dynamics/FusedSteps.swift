import DynKernels
import LinearAlgebra

/// Steps for small layers, in one pass over the hidden units.
struct FusedSteps: StatisticsSteps {
  private let problem: StatisticsProblem
  private let variances: [Double]
  private let fit: [Double]
  private let stride: Int
  private let hidden: Int
  private let paddedHidden: Int
  /// First layer, shape [hidden][stride].
  private var firstPadded: [Double]
  /// Second layer transposed, shape [hidden][output].
  private var secondPadded: [Double]
  /// Shape [output][stride].
  private var productPadded: [Double]
  private var work: [Double]

  init(problem: StatisticsProblem, first: Matrix<Double>, second: Matrix<Double>) {
    self.problem = problem
    hidden = first.rows
    stride = (first.columns + 7) / 8 * 8
    paddedHidden = (first.rows + 3) / 4 * 4
    let outputs = second.rows
    variances = problem.variances + [Double](repeating: 0, count: stride - first.columns)
    fit = problem.fit.padded(rows: outputs, stride: stride)
    firstPadded = first.padded(rows: paddedHidden, stride: stride)
    secondPadded = second.transposed.padded(rows: paddedHidden, stride: outputs)
    productPadded = [Double](repeating: 0, count: outputs * stride)
    work = [Double](repeating: 0, count: outputs * (stride + 8))
    let (first, second) = (firstPadded, secondPadded)
    problem.withKernelProblem(
      variances: variances, fit: fit, stride: stride, hidden: paddedHidden
    ) { dyn_statistics_product(&$0, first, second, &productPadded) }
  }

  var first: Matrix<Double> {
    Matrix(rows: hidden, columns: problem.fit.columns, padded: firstPadded, stride: stride)
  }

  var second: Matrix<Double> {
    Matrix(
      rows: hidden, columns: problem.fit.rows, padded: secondPadded, stride: problem.fit.rows
    ).transposed
  }

  var product: Matrix<Double> {
    Matrix(
      rows: problem.fit.rows, columns: problem.fit.columns, padded: productPadded, stride: stride)
  }

  var productStride: Int { stride }

  mutating func take(
    _ steps: Int, from iteration: Int, trace: StepTrace?
  ) -> Int {
    let (problem, variances, fit) = (problem, variances, fit)
    let taken = problem.withKernelProblem(
      variances: variances, fit: fit, stride: stride, hidden: paddedHidden
    ) {
      dyn_statistics_steps(
        &$0, &firstPadded, &secondPadded, &productPadded, &work, Int64(iteration), Int64(steps),
        trace?.losses, trace?.products)
    }
    return Int(taken)
  }

  func hasWeights(of other: any StatisticsSteps) -> Bool {
    guard let other = other as? FusedSteps else { return false }
    return haveSameBits(firstPadded, other.firstPadded)
      && haveSameBits(secondPadded, other.secondPadded)
  }
}

/// Steps for two inputs and two outputs, eight hidden units at a time or two in all.
struct TwoByTwoSteps: StatisticsSteps {
  private let problem: StatisticsProblem
  private let hidden: Int
  private let paddedHidden: Int
  /// First layer transposed, shape [2][hidden].
  private(set) var firstPadded: [Double]
  /// Second layer, shape [2][hidden].
  private(set) var secondPadded: [Double]
  /// Shape [2][2].
  private(set) var entries: [Double]

  init(problem: StatisticsProblem, first: Matrix<Double>, second: Matrix<Double>) {
    self.problem = problem
    hidden = first.rows
    paddedHidden = hidden <= 2 ? 2 : (hidden + 7) / 8 * 8
    firstPadded = first.transposed.padded(rows: 2, stride: paddedHidden)
    secondPadded = second.padded(rows: 2, stride: paddedHidden)
    entries = [0, 0, 0, 0]
    let (first, second) = (firstPadded, secondPadded)
    problem.withKernelProblem(
      variances: problem.variances, fit: problem.fit.elements, stride: 2, hidden: paddedHidden
    ) { dyn_two_by_two_product(&$0, first, second, &entries) }
  }

  var first: Matrix<Double> {
    Matrix(rows: 2, columns: hidden, padded: firstPadded, stride: paddedHidden).transposed
  }

  var second: Matrix<Double> {
    Matrix(rows: 2, columns: hidden, padded: secondPadded, stride: paddedHidden)
  }

  /// Takes numbers over, padded as they are kept.
  mutating func take(first: [Double], second: [Double], entries: [Double]) {
    (firstPadded, secondPadded, self.entries) = (first, second, entries)
  }

  /// Whether there are no more than two hidden units.
  var isNarrow: Bool { paddedHidden == 2 }

  var product: Matrix<Double> { Matrix(rows: 2, columns: 2, elements: entries) }

  var productStride: Int { 2 }

  mutating func take(
    _ steps: Int, from iteration: Int, trace: StepTrace?
  ) -> Int {
    let problem = problem
    let taken = problem.withKernelProblem(
      variances: problem.variances, fit: problem.fit.elements, stride: 2, hidden: paddedHidden
    ) {
      dyn_two_by_two_steps(
        &$0, &firstPadded, &secondPadded, &entries, Int64(iteration), Int64(steps),
        trace?.losses, trace?.products)
    }
    return Int(taken)
  }

  func hasWeights(of other: any StatisticsSteps) -> Bool {
    guard let other = other as? TwoByTwoSteps else { return false }
    return haveSameBits(firstPadded, other.firstPadded)
      && haveSameBits(secondPadded, other.secondPadded)
  }
}
