import Foundation
import LinearAlgebra
import Testing

@testable import Autodiff

/// A function of some leaves, with the shapes that it wants.
struct Calculation: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var shapes: [[Int]]
  var record: @Sendable (inout Tape, [Variable]) -> Variable

  init(
    _ name: String, _ shapes: [[Int]],
    _ record: @escaping @Sendable (inout Tape, [Variable]) -> Variable
  ) {
    testDescription = name
    self.shapes = shapes
    self.record = record
  }

  static let all: [Calculation] = [
    Calculation("product", [[3, 2], [2, 4]]) { $0.product($1[0], $1[1]) },
    Calculation("product, left transposed", [[2, 3], [2, 4]]) {
      $0.product($1[0], $1[1], left: .transposed)
    },
    Calculation("product, right transposed", [[3, 2], [4, 2]]) {
      $0.product($1[0], $1[1], right: .transposed)
    },
    Calculation("product, both transposed", [[2, 3], [4, 2]]) {
      $0.product($1[0], $1[1], left: .transposed, right: .transposed)
    },
    Calculation("square of a matrix", [[3, 3]]) { $0.product($1[0], $1[0]) },
    Calculation("Gram matrix", [[3, 2]]) { $0.product($1[0], $1[0], left: .transposed) },
    Calculation("sum", [[3, 2], [3, 2]]) { $0.sum($1[0], $1[1]) },
    Calculation("difference", [[3, 2], [3, 2]]) { $0.difference($1[0], $1[1]) },
    Calculation("multiple", [[3, 2]]) { $0.multiple(of: $1[0], by: -1.7) },
    Calculation("elementwise product", [[3, 2], [3, 2]]) { $0.elementwiseProduct($1[0], $1[1]) },
    Calculation("elementwise square", [[3, 2]]) { $0.elementwiseProduct($1[0], $1[0]) },
    Calculation("rectifier", [[4, 5]]) { $0.relu($1[0]) },
    Calculation("squared norm", [[3, 2]]) { $0.squaredNorm(of: $1[0]) },
    Calculation("total", [[3, 2]]) { $0.total(of: $1[0]) },
    Calculation("transpose", [[3, 2]]) { $0.transpose(of: $1[0]) },
    Calculation("row shift", [[4, 3], [1, 3]]) { $0.rowShift($1[0], by: $1[1]) },
    Calculation("cross-entropy", [[4, 3]]) {
      $0.crossEntropy(ofLogits: $1[0], labels: [2, 0, 1, 2])
    },
    Calculation("three layers", [[5, 3], [4, 3], [3, 4], [2, 3]]) { tape, x in
      let first = tape.product(x[0], x[1], right: .transposed)
      let second = tape.product(first, x[2], right: .transposed)
      return tape.product(second, x[3], right: .transposed)
    },
    Calculation("rectifier network with biases", [[5, 3], [4, 3], [1, 4], [3, 4], [1, 3]]) {
      tape, x in
      let input = tape.product(x[0], x[1], right: .transposed)
      let hidden = tape.relu(tape.rowShift(input, by: x[2]))
      let logits = tape.rowShift(tape.product(hidden, x[3], right: .transposed), by: x[4])
      return tape.crossEntropy(ofLogits: logits, labels: [0, 1, 2, 1, 0])
    },
  ]
}

@Suite struct ReverseSweepTests {
  @Test(
    "Gradients agree with central differences in every entry", arguments: Calculation.all,
    [11, 12, 13] as [UInt64])
  func centralDifferences(_ calculation: Calculation, seed: UInt64) {
    var generator = Generator(seed: seed)
    let points = calculation.shapes.map { generator.matrix($0[0], $0[1]) }
    var tape = Tape()
    let leaves = points.map { tape.variable($0) }
    let result = calculation.record(&tape, leaves)
    // Weighing the entries makes a scalar with a different adjoint for each of them.
    let weights = tape.constant(generator.matrix(result.rows, result.columns))
    let scalar = tape.total(of: tape.elementwiseProduct(result, weights))
    let gradients = tape.gradients(of: scalar, withRespectTo: leaves)

    let h = 1e-5
    for (leaf, (point, gradient)) in zip(leaves, zip(points, gradients)) {
      for k in point.elements.indices {
        var shifted = point
        shifted.elements[k] = point.elements[k] + h
        tape.set(leaf, to: shifted)
        let above = tape.value(of: scalar)[0, 0]
        shifted.elements[k] = point.elements[k] - h
        tape.set(leaf, to: shifted)
        let below = tape.value(of: scalar)[0, 0]
        // Truncation h²·f‴/6 is about 1e-10 here, rounding a few ε·|f|/h, about 1e-10.
        let tolerance = 1e-9 * (1 + abs(above))
        #expect(abs((above - below) / (2 * h) - gradient.elements[k]) < tolerance)
      }
      tape.set(leaf, to: point)
    }
  }

  @Test("The error of central differences falls with the square of the step")
  func orderOfConvergence() {
    var generator = Generator(seed: 21)
    let points = [generator.matrix(4, 3), generator.matrix(3, 3)]
    let direction = generator.matrix(3, 3)
    var tape = Tape()
    let inputs = tape.constant(points[0])
    let weights = tape.variable(points[1])
    let logits = tape.product(inputs, tape.product(weights, weights))
    let scalar = tape.crossEntropy(ofLogits: logits, labels: [0, 1, 2, 0])
    let gradient = tape.gradients(of: scalar, withRespectTo: [weights])[0]
    let slope = gradient.timesElementwise(direction).elements.reduce(0, +)
    func error(_ h: Double) -> Double {
      tape.set(weights, to: points[1] + h * direction)
      let above = tape.value(of: scalar)[0, 0]
      tape.set(weights, to: points[1] - h * direction)
      return abs((above - tape.value(of: scalar)[0, 0]) / (2 * h) - slope)
    }
    // From 1/64 on the next term of the expansion, of relative size h², is below 1 %.
    let errors = (6...10).map { error(exp2(-Double($0))) }
    for (coarse, fine) in zip(errors, errors.dropFirst()) {
      #expect(abs(log2(coarse / fine) - 2) < 0.01)
    }
  }

  @Test("A linear network of two layers has the closed-form gradient −W2ᵀ(Σyx − WΣxx)")
  func twoLinearLayers() {
    checkLinearNetwork(widths: [2, 50, 2], samples: 50, seed: 31)
  }

  @Test("A linear chain of three layers has the closed-form gradients")
  func threeLinearLayers() {
    checkLinearNetwork(widths: [3, 6, 5, 4], samples: 20, seed: 32)
  }

  /// Compares the gradients of ½·Σ‖y − ŷ‖² with those written with correlations.
  private func checkLinearNetwork(widths: [Int], samples: Int, seed: UInt64) {
    var generator = Generator(seed: seed)
    let x = generator.matrix(samples, widths[0])
    let y = generator.matrix(samples, widths[widths.count - 1])
    let layers = (1..<widths.count).map { generator.matrix(widths[$0], widths[$0 - 1]) }

    var tape = Tape()
    let targets = tape.constant(y)
    var output = tape.constant(x)
    let variables = layers.map { tape.variable($0) }
    for layer in variables { output = tape.product(output, layer, right: .transposed) }
    let loss = tape.multiple(of: tape.squaredNorm(of: tape.difference(output, targets)), by: 0.5)
    let gradients = tape.gradients(of: loss, withRespectTo: variables)

    let product = layers.dropFirst().reduce(layers[0]) { $1 * $0 }
    let inputCorrelation = x.transposed * x
    let inputOutputCorrelation = y.transposed * x
    let error = inputOutputCorrelation - product * inputCorrelation
    for (l, gradient) in gradients.enumerated() {
      let before = layers[..<l].reduce(Matrix.identity(widths[0])) { $1 * $0 }
      let after = layers[(l + 1)...].reduce(Matrix.identity(widths[l + 1])) { $1 * $0 }
      let expected = -1 * (after.transposed * error * before.transposed)
      // Sums over at most 50 samples and 50 units: a few hundred roundings.
      #expect(relativeDistance(gradient, expected) < 1e-12)
    }
  }

  @Test("Whole numbers are differentiated exactly, and the rectifier has slope 0 at 0")
  func exactGradients() {
    var tape = Tape()
    let a = tape.variable(Matrix([[1, -2], [0, 3]]))
    let norm = tape.squaredNorm(of: tape.relu(a))
    #expect(tape.gradients(of: norm, withRespectTo: [a]) == [Matrix([[2, 0], [0, 6]])])
    let total = tape.total(of: tape.relu(a))
    #expect(tape.gradients(of: total, withRespectTo: [a]) == [Matrix([[1, 0], [0, 1]])])
  }

  @Test("The gradient of a cross-entropy at equal logits is (1/classes − indicator)/rows")
  func uniformCrossEntropy() {
    var tape = Tape()
    let logits = tape.variable(Matrix(rows: 2, columns: 4))
    let loss = tape.crossEntropy(ofLogits: logits, labels: [3, 0])
    let expected = Matrix([[0.125, 0.125, 0.125, -0.375], [-0.375, 0.125, 0.125, 0.125]])
    #expect(tape.gradients(of: loss, withRespectTo: [logits]) == [expected])
  }

  @Test("A variable that is used in several places collects all of its contributions")
  func sharedVariable() {
    var tape = Tape()
    let a = tape.variable(Matrix([[2, -3]]))
    let twice = tape.sum(a, a)
    let nothing = tape.difference(a, a)
    let total = tape.total(of: tape.sum(tape.sum(twice, nothing), tape.multiple(of: a, by: 5)))
    #expect(tape.gradients(of: total, withRespectTo: [a]) == [Matrix([[7, 7]])])
  }

  @Test("Results on the way have gradients too, and what is not on the way has zero")
  func intermediateResults() {
    var tape = Tape()
    let a = tape.variable(Matrix([[2, -3]]))
    let unused = tape.variable(Matrix([[1], [1]]))
    let doubled = tape.multiple(of: a, by: 2)
    let norm = tape.squaredNorm(of: doubled)
    let after = tape.multiple(of: norm, by: 3)
    let gradients = tape.gradients(of: norm, withRespectTo: [a, unused, doubled, norm, after])
    #expect(
      gradients == [
        Matrix([[16, -24]]), Matrix([[0], [0]]), Matrix([[8, -12]]), Matrix([[1]]), Matrix([[0]]),
      ])
  }

  @Test("Empty inner and outer sizes have zero or empty gradients")
  func emptySizes() {
    var tape = Tape()
    let a = tape.variable(Matrix(rows: 3, columns: 0))
    let b = tape.variable(Matrix(rows: 0, columns: 2))
    let bias = tape.variable(Matrix([[1, 2]]))
    let norm = tape.squaredNorm(of: tape.rowShift(tape.product(a, b), by: bias))
    #expect(
      tape.gradients(of: norm, withRespectTo: [a, b, bias]) == [
        Matrix(rows: 3, columns: 0), Matrix(rows: 0, columns: 2), Matrix([[6, 12]]),
      ])
    let c = tape.variable(Matrix(rows: 2, columns: 0))
    let d = tape.variable(Matrix(rows: 0, columns: 2))
    let outer = tape.variable(Matrix([[1, 2], [3, 4]]))
    // No rows of samples: the derivative by the weights is exactly zero.
    let empty = tape.squaredNorm(of: tape.product(d, outer))
    #expect(tape.gradients(of: empty, withRespectTo: [outer]) == [Matrix(rows: 2, columns: 2)])
    let total = tape.total(of: tape.product(c, d))
    #expect(tape.gradients(of: total, withRespectTo: [c]) == [Matrix(rows: 2, columns: 0)])
  }
}
