import Foundation
import LinearAlgebra
import Testing

@testable import Autodiff

@Suite struct OperationsTests {
  /// Records an operation on whole-number leaves of the given shapes and evaluates it.
  private func evaluate(
    _ leaves: [Matrix<Double>], _ record: (inout Tape, [Variable]) -> Variable
  ) -> Matrix<Double> {
    var tape = Tape()
    let variables = leaves.map { tape.variable($0) }
    let result = record(&tape, variables)
    let value = tape.value(of: result)
    #expect(value.rows == result.rows && value.columns == result.columns)
    return value
  }

  @Test("A product equals the product of matrices for all four pairs of orientations")
  func products() {
    var generator = Generator(seed: 1)
    for left in [Orientation.plain, .transposed] {
      for right in [Orientation.plain, .transposed] {
        let a = left == .plain ? generator.wholeMatrix(3, 2) : generator.wholeMatrix(2, 3)
        let b = right == .plain ? generator.wholeMatrix(2, 4) : generator.wholeMatrix(4, 2)
        let expected =
          (left == .plain ? a : a.transposed) * (right == .plain ? b : b.transposed)
        #expect(
          evaluate([a, b]) { $0.product($1[0], $1[1], left: left, right: right) } == expected)
      }
    }
  }

  @Test("Operations on whole numbers are exact")
  func exactValues() {
    let a = Matrix<Double>([[1, -2, 3], [0, 5, -6]])
    let b = Matrix<Double>([[2, 2, 2], [-1, 0, 1]])
    #expect(evaluate([a, b]) { $0.sum($1[0], $1[1]) } == Matrix([[3, 0, 5], [-1, 5, -5]]))
    #expect(
      evaluate([a, b]) { $0.difference($1[0], $1[1]) } == Matrix([[-1, -4, 1], [1, 5, -7]]))
    #expect(
      evaluate([a]) { $0.multiple(of: $1[0], by: -3) } == Matrix([[-3, 6, -9], [0, -15, 18]]))
    #expect(
      evaluate([a, b]) { $0.elementwiseProduct($1[0], $1[1]) }
        == Matrix([[2, -4, 6], [0, 0, -6]]))
    #expect(evaluate([a]) { $0.relu($1[0]) } == Matrix([[1, 0, 3], [0, 5, 0]]))
    #expect(evaluate([a]) { $0.squaredNorm(of: $1[0]) } == Matrix([[75]]))
    #expect(evaluate([a]) { $0.total(of: $1[0]) } == Matrix([[1]]))
    #expect(evaluate([a]) { $0.transpose(of: $1[0]) } == Matrix([[1, 0], [-2, 5], [3, -6]]))
    #expect(
      evaluate([a, Matrix([[10, 20, 30]])]) { $0.rowShift($1[0], by: $1[1]) }
        == Matrix([[11, 18, 33], [10, 25, 24]]))
  }

  @Test("The rectifier passes NaN on instead of hiding it")
  func rectifierKeepsNaN() {
    #expect(evaluate([Matrix([[.nan]])]) { $0.relu($1[0]) }[0, 0].isNaN)
  }

  @Test("Equal logits have the cross-entropy log(classes), whatever the labels")
  func uniformCrossEntropy() {
    let logits = Matrix<Double>(rows: 3, columns: 4, repeating: -7)
    let value = evaluate([logits]) { $0.crossEntropy(ofLogits: $1[0], labels: [0, 3, 1]) }[0, 0]
    // A sum of three equal numbers and a division by three round at most twice.
    #expect(abs(value - log(4)) <= 2 * log(4).ulp)
  }

  @Test("Logits far apart neither overflow nor lose digits")
  func extremeLogits() {
    let logits = Matrix<Double>([[1000, 0], [1e300, -1e300]])
    #expect(evaluate([logits]) { $0.crossEntropy(ofLogits: $1[0], labels: [0, 0]) }[0, 0] == 0)
    #expect(
      evaluate([Matrix([[1000, 0]])]) { $0.crossEntropy(ofLogits: $1[0], labels: [1]) }[0, 0]
        == 1000)
  }

  @Test("Empty operands give empty results, empty sums and zero products")
  func emptyOperands() {
    for rows in 0...2 {
      for columns in 0...2 where rows * columns == 0 {
        let a = Matrix<Double>(rows: rows, columns: columns)
        #expect(evaluate([a]) { $0.relu($1[0]) } == a)
        #expect(evaluate([a]) { $0.transpose(of: $1[0]) } == a.transposed)
        #expect(evaluate([a]) { $0.total(of: $1[0]) } == Matrix([[0]]))
        #expect(evaluate([a]) { $0.squaredNorm(of: $1[0]) } == Matrix([[0]]))
        #expect(
          evaluate([a, a]) { $0.product($1[0], $1[1], left: .transposed) }
            == Matrix(rows: columns, columns: columns))
      }
    }
  }
}
