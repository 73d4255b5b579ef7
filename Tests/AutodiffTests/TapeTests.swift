import LinearAlgebra
import Testing

@testable import Autodiff

/// A rectifier network on five samples, with the squared error of its output.
private struct Network {
  var tape = Tape()
  let inputs, first, bias, second, loss: Variable

  init(inputs x: Matrix<Double>, layers: [Matrix<Double>], targets y: Matrix<Double>) {
    inputs = tape.constant(x)
    first = tape.variable(layers[0])
    bias = tape.variable(layers[1])
    second = tape.variable(layers[2])
    let pre = tape.rowShift(tape.product(inputs, first, right: .transposed), by: bias)
    let output = tape.product(tape.relu(pre), second, right: .transposed)
    loss = tape.squaredNorm(of: tape.difference(output, tape.constant(y)))
  }

  var layers: [Variable] { [first, bias, second] }
}

@Suite struct TapeTests {
  private static func point(_ seed: UInt64) -> (
    inputs: Matrix<Double>, layers: [Matrix<Double>], targets: Matrix<Double>
  ) {
    var generator = Generator(seed: seed)
    return (
      generator.matrix(5, 3),
      [generator.matrix(4, 3), generator.matrix(1, 4), generator.matrix(2, 4)],
      generator.matrix(5, 2)
    )
  }

  @Test("A tape with new leaves gives bit for bit what a fresh one gives")
  func reevaluation() {
    let (x, start, y) = Self.point(1)
    var reused = Network(inputs: x, layers: start, targets: y)
    _ = reused.tape.gradients(of: reused.loss, withRespectTo: reused.layers)
    for seed in 2...5 as ClosedRange<UInt64> {
      let layers = Self.point(seed).layers
      for (leaf, value) in zip(reused.layers, layers) { reused.tape.set(leaf, to: value) }
      var fresh = Network(inputs: x, layers: layers, targets: y)
      #expect(reused.tape.value(of: reused.loss) == fresh.tape.value(of: fresh.loss))
      #expect(
        reused.tape.gradients(of: reused.loss, withRespectTo: reused.layers)
          == fresh.tape.gradients(of: fresh.loss, withRespectTo: fresh.layers))
    }
  }

  @Test("Replacing a constant, such as the inputs of the next batch, changes the results")
  func newConstants() {
    let (x, layers, y) = Self.point(1)
    let other = Self.point(2).inputs
    var reused = Network(inputs: x, layers: layers, targets: y)
    let before = reused.tape.value(of: reused.loss)
    reused.tape.set(reused.inputs, to: other)
    var fresh = Network(inputs: other, layers: layers, targets: y)
    let after = reused.tape.value(of: reused.loss)
    #expect(after != before)
    #expect(after == fresh.tape.value(of: fresh.loss))
  }

  @Test("Every result is up to date when asked for, in whatever order leaves are replaced")
  func partialEvaluation() {
    var tape = Tape()
    let a = tape.variable(Matrix([[1]]))
    let b = tape.variable(Matrix([[10]]))
    let double = tape.multiple(of: a, by: 2)
    let sum = tape.sum(double, b)
    let square = tape.squaredNorm(of: sum)
    #expect(tape.value(of: square)[0, 0] == 144)
    tape.set(a, to: Matrix([[2]]))
    // Only half of the graph is brought up to date before the next change.
    #expect(tape.value(of: double)[0, 0] == 4)
    tape.set(b, to: Matrix([[20]]))
    #expect(tape.value(of: square)[0, 0] == 576)
    tape.set(a, to: Matrix([[3]]))
    #expect(tape.value(of: double)[0, 0] == 6)
    #expect(tape.value(of: sum)[0, 0] == 26)
    #expect(tape.value(of: a)[0, 0] == 3)
    #expect(tape.value(of: square)[0, 0] == 676)
  }

  @Test("Replacing labels changes the cross-entropy and what follows from it")
  func newLabels() {
    var tape = Tape()
    let logits = tape.variable(Matrix([[0, 1000]]))
    let loss = tape.crossEntropy(ofLogits: logits, labels: [1])
    let double = tape.multiple(of: loss, by: 2)
    #expect(tape.value(of: double)[0, 0] == 0)
    tape.set(labelsOf: loss, to: [0])
    #expect(tape.value(of: double)[0, 0] == 2000)
    #expect(tape.gradients(of: loss, withRespectTo: [logits]) == [Matrix([[-1, 1]])])
  }

  @Test("Recording can go on after evaluation")
  func recordingGoesOn() {
    var tape = Tape()
    let a = tape.variable(Matrix([[3]]))
    let square = tape.squaredNorm(of: a)
    #expect(tape.value(of: square)[0, 0] == 9)
    let fourth = tape.squaredNorm(of: square)
    #expect(tape.value(of: fourth)[0, 0] == 81)
    #expect(tape.gradients(of: fourth, withRespectTo: [a]) == [Matrix([[108]])])
    #expect(tape.gradients(of: square, withRespectTo: [a]) == [Matrix([[6]])])
  }

  @Test("A copy of a tape goes its own way")
  func valueSemantics() {
    var tape = Tape()
    let a = tape.variable(Matrix([[3]]))
    let square = tape.squaredNorm(of: a)
    var copy = tape
    copy.set(a, to: Matrix([[4]]))
    #expect(tape.value(of: square)[0, 0] == 9)
    #expect(copy.value(of: square)[0, 0] == 16)
  }

  @Test("A gradient can be added to a matrix in place, and outlives a change of the leaves")
  func descent() {
    var tape = Tape()
    var weights = Matrix<Double>([[1, 2], [3, 4]])
    let leaf = tape.variable(weights)
    let unused = tape.variable(weights)
    let norm = tape.squaredNorm(of: leaf)
    tape.backpropagate(from: norm)
    tape.set(leaf, to: Matrix(rows: 2, columns: 2))
    tape.addGradient(withRespectTo: leaf, scale: -0.25, to: &weights)
    tape.addGradient(withRespectTo: unused, scale: -0.25, to: &weights)
    #expect(weights == Matrix([[0.5, 1], [1.5, 2]]))
    #expect(tape.gradient(withRespectTo: leaf) == Matrix([[2, 4], [6, 8]]))
  }

  @Test("A scalar of constants alone changes no gradient but to zero")
  func constantScalar() {
    var tape = Tape()
    let a = tape.variable(Matrix([[3]]))
    let norm = tape.squaredNorm(of: a)
    #expect(tape.gradients(of: norm, withRespectTo: [a]) == [Matrix([[6]])])
    let fixed = tape.squaredNorm(of: tape.constant(Matrix([[5]])))
    #expect(tape.gradients(of: fixed, withRespectTo: [a]) == [Matrix([[0]])])
  }

  @Test("Wrong use stops with a message: foreign variables, shapes, constants, matrices")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      var tape = Tape()
      var other = Tape()
      _ = tape.variable(Matrix([[1]]))
      let foreign = other.variable(Matrix([[1, 2]]))
      _ = tape.relu(foreign)
    }
    await #expect(processExitsWith: .failure) {
      var tape = Tape()
      let a = tape.variable(Matrix([[1, 2]]))
      _ = tape.product(a, a)
    }
    await #expect(processExitsWith: .failure) {
      var tape = Tape()
      let a = tape.constant(Matrix([[1]]))
      _ = tape.gradients(of: tape.squaredNorm(of: a), withRespectTo: [a])
    }
    await #expect(processExitsWith: .failure) {
      var tape = Tape()
      let a = tape.variable(Matrix([[1, 2]]))
      _ = tape.gradients(of: a, withRespectTo: [a])
    }
    await #expect(processExitsWith: .failure) {
      var tape = Tape()
      let a = tape.variable(Matrix([[1, 2]]))
      _ = tape.crossEntropy(ofLogits: a, labels: [2])
    }
    await #expect(processExitsWith: .failure) {
      var tape = Tape()
      let a = tape.variable(Matrix([[1, 2]]))
      tape.set(tape.relu(a), to: Matrix([[1, 2]]))
    }
  }
}
