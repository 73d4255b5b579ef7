import Datasets
import LinearAlgebra
import Networks
import RandomStreams
import Scenarios
import Testing

@testable import Dynamics

/// A convolutional network, and the dense one that it is when every shared weight is written out.
private struct Pair {
  let convolutional: DenseNetwork<Double>
  /// For each parameter of the dense network that of the other which it shares; nil for a zero.
  let shared: [Int?]
  let dense: DenseNetwork<Double>

  init() {
    let first = Convolution(
      inputChannels: 2, inputHeight: 7, inputWidth: 6, channels: 3, kernel: 3, stride: 2)
    let second = Convolution(
      inputChannels: 3, inputHeight: 3, inputWidth: 2, channels: 4, kernel: 2, stride: 1)
    let shape = DenseShape(widths: [84, 18, 8, 3], convolutions: [first, second])
    let plain = DenseShape(widths: shape.widths)
    var stream = NumPyStream(seed: 11 as UInt32)
    let parameters = stream.normals(count: shape.parameterCount).map { 0.4 * $0 }
    var shared = [Int?](repeating: nil, count: plain.parameterCount)
    for (layer, convolution) in [(1, first), (2, second)] {
      let side = convolution.kernel
      for channel in 0..<convolution.channels {
        for position in 0..<convolution.positions {
          let unit = channel * convolution.positions + position
          let (row, column) = (position / convolution.width, position % convolution.width)
          for entry in 0..<convolution.patch {
            let (input, i, j) = (entry / (side * side), entry / side % side, entry % side)
            let pixel =
              (input * convolution.inputHeight + row * convolution.stride + i)
              * convolution.inputWidth + column * convolution.stride + j
            shared[plain.weights(layer).lowerBound + unit * plain.widths[layer - 1] + pixel] =
              shape.weights(layer).lowerBound + channel * convolution.patch + entry
          }
          shared[plain.biases(layer).lowerBound + unit] = shape.biases(layer).lowerBound + channel
        }
      }
    }
    for (own, other) in zip(plain.parameters(3), shape.parameters(3)) { shared[own] = other }
    self.shared = shared
    convolutional = DenseNetwork(shape: shape, parameters: parameters)
    dense = DenseNetwork(
      shape: plain, parameters: shared.map { $0.map { parameters[$0] } ?? 0 })
  }
}

/// Rows of 84 inputs in three classes.
private func samples(_ count: Int) throws -> LabelledSamples {
  var stream = NumPyStream(seed: 12 as UInt32)
  let inputs = stream.normals(rows: count, columns: 84)
  let targets = Matrix<Double>(rows: count, columns: 3) { $1 == ($0 * 7 + 1) % 3 ? 1 : 0 }
  return try LabelledSamples(
    inputs: inputs, targets: targets, validInputs: inputs, validTargets: targets)
}

@Suite("Gradients of convolutional networks")
struct ConvolutionGradientTests {
  private func gradient(_ network: DenseNetwork<Double>, rows: Int) throws -> [Double] {
    var training = TrainingSection()
    (training.loss, training.reduction, training.rates) = (.crossEntropy, .mean, [1])
    var descent = DenseDescent(
      training, samples: try samples(rows), network: network, stream: TorchStream(seed: 0))
    _ = descent.advance(to: 1)
    return zip(network.parameters, descent.network.parameters).map { $0 - $1 }
  }

  @Test("are those of the dense network whose weights are shared, added up", arguments: [10, 400])
  func shared(rows: Int) throws {
    let pair = Pair()
    var expected = [Double](repeating: 0, count: pair.convolutional.parameters.count)
    for (place, slope) in zip(pair.shared, try gradient(pair.dense, rows: rows)) {
      if let place { expected[place] += slope }
    }
    let found = try gradient(pair.convolutional, rows: rows)
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-13) }
    #expect(expected.map(abs).max() ?? 0 > 0.01)
  }

  @Test("training does not depend on the threads, and batches are no higher than they are")
  func threads() throws {
    var training = TrainingSection()
    (training.rule, training.loss, training.reduction) = (.sgd, .crossEntropy, .mean)
    (training.batch, training.momentum, training.rates) = (48, 0.9, [0.05])
    // A first layer wide enough to be cut into parts, in both directions.
    let large = DenseShape(widths: [84, 600, 300, 3], hasBiases: true)
    var stream = NumPyStream(seed: 3 as UInt32)
    let parameters = stream.normals(count: large.parameterCount).map { Float(0.05 * $0) }
    let pair = Pair()
    let networks = [
      DenseNetwork(shape: large, parameters: parameters),
      DenseNetwork(
        shape: pair.convolutional.shape, parameters: pair.convolutional.parameters.map { Float($0) }
      ),
    ]
    let rows = DenseRows<Float>(try samples(500), inBatches: true)
    for network in networks {
      let ends = [1, 2, 5].map { threads in
        var descent = DenseDescent(
          training, rows: rows, network: network, stream: TorchStream(seed: 4), threads: threads)
        let start = descent.trainingValue().loss
        _ = descent.advance(to: 60)
        #expect(descent.trainingValue().loss < 0.9 * start)
        return descent.network
      }
      #expect(ends[1] == ends[0] && ends[2] == ends[0])
    }
  }
}
