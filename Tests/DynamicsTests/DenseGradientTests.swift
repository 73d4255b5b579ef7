import Autodiff
import Datasets
import LinearAlgebra
import Networks
import RandomStreams
import Scenarios
import Testing

@testable import Dynamics

/// A random network with random rows.
private struct RandomDense {
  var shape: DenseShape
  var network: DenseNetwork<Double>
  var inputs: Matrix<Double>
  var targets: Matrix<Double>
  var labels: [Int]

  init(seed: UInt32, depth: Int? = nil, widest: Int = 9) {
    var stream = NumPyStream(seed: seed)
    let depth = depth ?? 1 + stream.integer(below: 5)
    let widths = (0...depth).map { _ in 2 + stream.integer(below: widest - 1) }
    shape = DenseShape(
      widths: widths, activation: stream.integer(below: 4) == 0 ? .linear : .relu,
      hasBiases: stream.integer(below: 3) > 0)
    network = DenseNetwork(
      shape: shape, parameters: stream.normals(count: shape.parameterCount).map { 0.7 * $0 })
    // More than a block, and not a multiple of one.
    let rows = 200 + stream.integer(below: 200)
    inputs = stream.normals(rows: rows, columns: widths[0])
    targets = stream.normals(rows: rows, columns: widths[depth])
    let drawn = targets
    labels = (0..<rows).map { row in
      let entries = drawn.row(row)
      return entries.indices.reduce(0) { entries[$1] > entries[$0] ? $1 : $0 }
    }
  }

  /// The gradient by reverse-mode differentiation, in the order of the parameters.
  func tapeGradient(_ loss: TrainingSection.Loss) -> [Double] {
    var tape = Tape()
    var layers: [(weights: Variable, biases: Variable?)] = []
    var output = tape.constant(inputs)
    for layer in 1...shape.depth {
      let weights = tape.variable(network.weights(layer))
      output = tape.product(output, weights, right: .transposed)
      var biases: Variable?
      if shape.hasBiases {
        let row = network.biases(layer)
        let variable = tape.variable(Matrix(rows: 1, columns: row.count, elements: row))
        output = tape.rowShift(output, by: variable)
        biases = variable
      }
      if shape.rectifies(layer) { output = tape.relu(output) }
      layers.append((weights, biases))
    }
    let objective: Variable
    if loss == .crossEntropy {
      objective = tape.crossEntropy(ofLogits: output, labels: labels)
    } else {
      let error = tape.difference(output, tape.constant(targets))
      let count = Double(loss == .squared ? 2 * targets.rows : targets.elements.count)
      objective = tape.multiple(of: tape.squaredNorm(of: error), by: 1 / count)
    }
    _ = tape.value(of: objective)
    tape.backpropagate(from: objective)
    return layers.enumerated().flatMap { index, layer in
      var weights = Matrix<Double>(
        rows: shape.widths[index + 1], columns: shape.widths[index])
      tape.addGradient(withRespectTo: layer.weights, scale: 1, to: &weights)
      guard let biases = layer.biases else { return weights.elements }
      var row = Matrix<Double>(rows: 1, columns: shape.widths[index + 1])
      tape.addGradient(withRespectTo: biases, scale: 1, to: &row)
      return weights.elements + row.elements
    }
  }

  /// The loss of all rows.
  func loss(_ loss: TrainingSection.Loss) throws -> Double {
    var descent = try descent(loss)
    return descent.trainingValue().loss
  }

  /// One step of gradient descent with rate 1 is the gradient.
  func gradient(_ loss: TrainingSection.Loss) throws -> [Double] {
    var descent = try descent(loss)
    _ = descent.advance(to: 1)
    return zip(network.parameters, descent.network.parameters).map { $0 - $1 }
  }

  private func descent(_ loss: TrainingSection.Loss) throws -> DenseDescent<Double> {
    var training = TrainingSection()
    training.loss = loss
    training.reduction = .mean
    training.rates = [1]
    let samples = try LabelledSamples(
      inputs: inputs, targets: targets, validInputs: inputs, validTargets: targets)
    return DenseDescent(
      training, samples: samples, network: network, stream: TorchStream(seed: 0))
  }
}

@Suite("Gradients of dense networks")
struct DenseGradientTests {
  @Test(
    "the layer loop is the tape's gradient for random depths and widths", arguments: 0..<24 as Range
  )
  func tape(seed: UInt32) throws {
    let random = RandomDense(seed: seed)
    let losses: [TrainingSection.Loss] = [.squared, .meanSquared, .crossEntropy]
    for loss in losses {
      let (mine, theirs) = (try random.gradient(loss), random.tapeGradient(loss))
      let scale = theirs.map(abs).max() ?? 0
      // Sums of some hundred terms in another order, and a subtraction from weights of order 1.
      for (a, b) in zip(mine, theirs) { #expect(abs(a - b) < 1e-13 * max(scale, 1), "\(loss)") }
    }
  }

  @Test("and the differences of the loss along random directions", arguments: 50..<62 as Range)
  func differences(seed: UInt32) throws {
    let random = RandomDense(seed: seed)
    var stream = NumPyStream(seed: seed)
    let direction = stream.normals(count: random.network.parameters.count)
    for loss in TrainingSection.Loss.allCases {
      func value(_ step: Double) throws -> Double {
        var shifted = random
        for i in direction.indices { shifted.network.parameters[i] += step * direction[i] }
        return try shifted.loss(loss)
      }
      let slope = zip(try random.gradient(loss), direction).reduce(0) { $0 + $1.0 * $1.1 }
      // The squared loss is reported as 2J. The difference is off by a third derivative, and by the
      // few rows that cross a kink, whose slopes change by a finite amount over a share of them.
      let scale = loss == .squared ? 0.5 : 1
      let difference = scale * (try value(1e-6) - value(-1e-6)) / 2e-6
      #expect(abs(slope - difference) < 1e-4 * max(1, abs(slope)), "\(loss)")
    }
  }

  @Test("so is that of layers large enough for matrix products")
  func large() throws {
    let random = RandomDense(seed: 77, depth: 3, widest: 150)
    #expect(random.shape.widths.max() ?? 0 > 64)
    let (mine, theirs) = (try random.gradient(.meanSquared), random.tapeGradient(.meanSquared))
    let scale = theirs.map(abs).max() ?? 0
    for (a, b) in zip(mine, theirs) { #expect(abs(a - b) < 1e-12 * max(scale, 1)) }
  }

  @Test("pullbacks are the differences of the outputs", arguments: 30..<42 as Range)
  func pullbacks(seed: UInt32) {
    let random = RandomDense(seed: seed)
    let (network, shape) = (random.network, random.shape)
    let covector = (0..<shape.outputs).map { 1 / Double($0 + 1) }
    let acts = network.activations(of: random.inputs)
    #expect(acts[0] == random.inputs)
    #expect(acts[shape.depth] == network.outputs(of: random.inputs))
    for layer in 0...shape.depth {
      let gradients = network.pullback(of: covector, at: random.inputs, to: layer)
      for row in [0, 7, random.inputs.rows - 1] {
        for unit in 0..<shape.widths[layer] {
          // The network is linear between its kinks: a small step crosses none but by chance, and
          // the two sides then differ.
          let step = 1e-7
          let sides = [step, -step].map { shift in
            above(random, layer, acts[layer].row(row), unit, shift, covector)
          }
          let middle = above(random, layer, acts[layer].row(row), unit, 0, covector)
          let (right, left) = ((sides[0] - middle) / step, (middle - sides[1]) / step)
          guard abs(right - left) < 1e-6 * max(1, abs(right)) else { continue }
          // Half an ulp of the outputs over the step.
          #expect(abs(gradients[row, unit] - right) < 1e-6 * max(1, abs(right)))
        }
      }
    }
  }

  /// The weighted outputs when one unit that a layer hands on is shifted.
  private func above(
    _ random: RandomDense, _ layer: Int, _ units: [Double], _ unit: Int, _ shift: Double,
    _ covector: [Double]
  ) -> Double {
    var units = units
    units[unit] += shift
    for l in stride(from: layer + 1, through: random.shape.depth, by: 1) {
      let (weights, biases) = (random.network.weights(l), random.network.biases(l))
      units = (0..<weights.rows).map { row in
        let sum = zip(weights.row(row), units).reduce(0) { $0 + $1.0 * $1.1 }
        let value = sum + (biases.isEmpty ? 0 : biases[row])
        return random.shape.rectifies(l) ? max(value, 0) : value
      }
    }
    return zip(units, covector).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
