import LinearAlgebra
import Testing

@testable import LearningProblems

@Suite("Correlations")
struct CorrelationsTests {
  @Test("Σxx, Σyx and tr YᵀY of whole numbers are exact, summed and averaged")
  func exact() throws {
    var whole = Whole(seed: 1)
    // 8 samples: the mean divides by a power of two and rounds nothing.
    let (x, y) = (whole.matrix(8, 3), whole.matrix(8, 2))
    let sum = try Correlations(inputs: x, targets: y, reduction: .sum)
    let mean = try Correlations(inputs: x, targets: y, reduction: .mean)
    for i in 0..<3 {
      for j in 0..<3 {
        let direct = (0..<8).reduce(0) { $0 + x[$1, i] * x[$1, j] }
        #expect(sum.input[i, j] == direct)
        #expect(mean.input[i, j] == direct / 8)
      }
      for o in 0..<2 {
        let direct = (0..<8).reduce(0) { $0 + y[$1, o] * x[$1, i] }
        #expect(sum.inputOutput[o, i] == direct)
        #expect(mean.inputOutput[o, i] == direct / 8)
      }
    }
    #expect(sum.targetSquare == y.elements.reduce(0) { $0 + $1 * $1 })
    #expect(mean.targetSquare == sum.targetSquare / 8)
    #expect(sum.inputs == 3 && sum.outputs == 2)
    #expect((sum.fit - mean.fit).largestMagnitude == 0)
    #expect(mean.fitLoss == sum.fitLoss / 8)
  }

  @Test("the fit makes the residual orthogonal to the inputs", arguments: 1...8)
  func normalEquations(samples: Int) throws {
    var whole = Whole(seed: UInt64(samples))
    let (x, y) = (whole.matrix(samples, 4), whole.matrix(samples, 3))
    let correlations = try Correlations(inputs: x, targets: y, reduction: .sum)
    let gap = correlations.fit * correlations.input - correlations.inputOutput
    // Backward error of a least-squares fit: a few ulp of |Ŵ|·|Σxx|, times the size.
    #expect(
      gap.largestMagnitude
        <= 200 * .ulpOfOne * (correlations.fit.norm * correlations.input.norm + 1))
  }

  @Test("the loss of any map is the sum of squares over the samples", arguments: 1...8)
  func loss(samples: Int) throws {
    var whole = Whole(seed: 40 + UInt64(samples))
    let (x, y) = (whole.matrix(samples, 4), whole.matrix(samples, 3))
    for reduction in Reduction.allCases {
      let correlations = try Correlations(inputs: x, targets: y, reduction: reduction)
      let map = whole.matrix(3, 4)
      let direct =
        (y - x.times(map, right: .transposed)).squaredNorm / reduction.divisor(samples: samples)
      #expect(abs(correlations.loss(of: map) - direct) <= 1e-12 * direct)
      #expect(correlations.loss(of: correlations.fit) == correlations.fitLoss)
    }
  }

  @Test("targets that a map makes exactly leave a fit loss of rounding squared")
  func noCancellation() throws {
    var whole = Whole(seed: 3)
    let (x, map) = (whole.matrix(20, 4), whole.matrix(3, 4))
    let y = x.times(map, right: .transposed)
    let correlations = try Correlations(inputs: x, targets: y, reduction: .sum)
    #expect((correlations.fit - map).largestMagnitude <= 1e-13)
    #expect(correlations.fitLoss <= 1e-27 * correlations.targetSquare)
  }

  @Test("with fewer samples than inputs the fit is exact and has the least norm")
  func leastNorm() throws {
    var whole = Whole(seed: 4)
    let (x, y) = (whole.matrix(3, 6), whole.matrix(3, 2))
    let correlations = try Correlations(inputs: x, targets: y, reduction: .sum)
    #expect((x.times(correlations.fit, right: .transposed) - y).largestMagnitude <= 1e-13)
    // Least norm: the rows of the fit lie in the span of the samples.
    let span = try x.singularValueDecomposition().right
    let outside =
      correlations.fit - (correlations.fit * span).times(span, right: .transposed)
    #expect(outside.largestMagnitude <= 1e-14 * correlations.fit.norm * 6)
  }

  @Test("equal or zero columns are not an error")
  func rankDeficient() throws {
    let x = Matrix<Double>([[1, 1, 0], [2, 2, 0], [3, 3, 0]])
    let y = Matrix<Double>([[2], [4], [6]])
    let correlations = try Correlations(inputs: x, targets: y, reduction: .sum)
    #expect((correlations.fit - Matrix([[1, 1, 0]])).largestMagnitude <= 1e-14)
    let zero = try Correlations(
      inputs: Matrix(rows: 3, columns: 2), targets: y, reduction: .sum)
    #expect(zero.fit == Matrix(rows: 1, columns: 2))
    #expect(zero.fitLoss == 56)
  }

  @Test("given correlations have the fit of the samples that they come from")
  func given() throws {
    var whole = Whole(seed: 5)
    let (x, y) = (whole.matrix(12, 3), whole.matrix(12, 2))
    let measured = try Correlations(inputs: x, targets: y, reduction: .sum)
    let given = try Correlations(
      input: measured.input, inputOutput: measured.inputOutput,
      targetSquare: measured.targetSquare)
    #expect((given.fit - measured.fit).largestMagnitude <= 1e-12 * measured.fit.norm)
    #expect(abs(given.fitLoss - measured.fitLoss) <= 1e-12 * measured.targetSquare)
    let bare = try Correlations(input: measured.input, inputOutput: measured.inputOutput)
    #expect(bare.fitLoss == 0)
  }

  @Test("the coupling is zero for white inputs and for a fit along the axes of Σxx")
  func coupling() throws {
    var whole = Whole(seed: 6)
    let white = try Correlations(
      input: 4 * .identity(4), inputOutput: whole.matrix(2, 4))
    #expect(white.couplingOfModes <= 8 * .ulpOfOne)
    let turn = try whole.orthogonal(4)
    let input = (turn * .diagonal([9, 4, 1, 0.5])).times(turn, right: .transposed)
    let along = Matrix.diagonal([1, 3], rows: 2, columns: 4).times(turn, right: .transposed)
    #expect(try Correlations(input: input, inputOutput: along).couplingOfModes <= 1e-14)
    let across = try Correlations(input: input, inputOutput: whole.matrix(2, 4))
    #expect(across.couplingOfModes > 0.01 && across.couplingOfModes <= 2)
  }

  @Test("data that is not finite is refused")
  func notFinite() {
    #expect(throws: LinearAlgebraError.self) {
      try Correlations(
        inputs: Matrix([[1, .nan]]), targets: Matrix([[1]]), reduction: .sum)
    }
  }
}
