import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Networks

/// A network of two convolutional and two dense layers.
private func random() -> DenseNetwork<Double> {
  let first = Convolution(
    inputChannels: 2, inputHeight: 7, inputWidth: 6, channels: 3, kernel: 3, stride: 2)
  let second = Convolution(
    inputChannels: 3, inputHeight: 3, inputWidth: 2, channels: 4, kernel: 2, stride: 1)
  let shape = DenseShape(
    widths: [84, 18, 8, 5, 3], hasBiases: true, convolutions: [first, second])
  var stream = NumPyStream(seed: 5 as UInt32)
  return DenseNetwork(shape: shape, parameters: stream.normals(count: shape.parameterCount))
}

@Suite("Convolutional layers")
struct ConvolutionTests {
  @Test("sizes without padding, and where parameters lie")
  func sizes() {
    let layer = Convolution(
      inputChannels: 1, inputHeight: 28, inputWidth: 28, channels: 32, kernel: 5, stride: 2)
    #expect(layer.height == 12 && layer.width == 12 && layer.positions == 144 && layer.patch == 25)
    let shape = random().shape
    #expect(shape.weights(1).count == 3 * 18 && shape.biases(1).count == 3)
    #expect(shape.weights(2).count == 4 * 12 && shape.weights(3).count == 5 * 8)
    #expect(shape.channels(2) == 4 && shape.positions(2) == 2 && shape.positions(3) == 1)
    #expect(shape.convolution(0) == nil && shape.convolution(3) == nil)
    #expect(
      shape.arrays.map(\.sizes) == [[3, 18], [3], [4, 12], [4], [5, 8], [5], [3, 5], [3]])
  }

  @Test("every unit is the sum over its patch, written out")
  func forward() {
    let network = random()
    var stream = NumPyStream(seed: 6 as UInt32)
    let inputs = stream.normals(rows: 300, columns: 84)
    let activations = network.activations(of: inputs)
    let (weights, biases) = (network.weights(1), network.biases(1))
    for sample in [0, 17, 299] {
      for channel in 0..<3 {
        for row in 0..<3 {
          for column in 0..<2 {
            var sum = biases[channel]
            for input in 0..<2 {
              for i in 0..<3 {
                for j in 0..<3 {
                  sum +=
                    weights[channel, (input * 3 + i) * 3 + j]
                    * inputs[sample, (input * 7 + 2 * row + i) * 6 + 2 * column + j]
                }
              }
            }
            let found = activations[1][sample, (channel * 3 + row) * 2 + column]
            // Eighteen products of order 1, in another order.
            #expect(abs(found - max(sum, 0)) < 1e-14)
          }
        }
      }
    }
  }

  @Test("patches times weights are features, and features are units again")
  func features() {
    let network = random()
    let shape = network.shape
    var stream = NumPyStream(seed: 7 as UInt32)
    let inputs = stream.normals(rows: 5, columns: 84)
    let activations = network.activations(of: inputs)
    for layer in 1...2 {
      let features = network.features(of: layer, for: inputs)
      #expect(features.rows == 5 * shape.positions(layer))
      #expect(features.columns == shape.channels(layer))
      #expect(shape.units(of: layer, from: features) == activations[layer])
      let sums = shape.patches(of: layer, from: activations[layer - 1])
        .times(network.weights(layer), right: .transposed)
      let biases = network.biases(layer)
      let made = Matrix(rows: sums.rows, columns: sums.columns) {
        max(sums[$0, $1] + biases[$1], 0)
      }
      #expect((made - features).largestMagnitude < 1e-13)
    }
    #expect(network.features(of: 3, for: inputs) == activations[3])
    #expect(shape.patches(of: 4, from: activations[3]) == activations[3])
  }

  @Test("the pullback to the inputs is the difference of the outputs")
  func pullback() {
    let network = random()
    var stream = NumPyStream(seed: 8 as UInt32)
    let inputs = stream.normals(rows: 20, columns: 84)
    let slopes = network.pullback(of: [1, -2, 0.5], at: inputs, to: 0)
    func value(_ row: Int, _ input: Int, _ step: Double) -> Double {
      var moved = inputs.rows(row..<row + 1)
      moved[0, input] += step
      let outputs = network.outputs(of: moved)
      return outputs[0, 0] - 2 * outputs[0, 1] + 0.5 * outputs[0, 2]
    }
    for input in 0..<84 {
      let difference = (value(3, input, 1e-6) - value(3, input, -1e-6)) / 2e-6
      // Piecewise linear: exact but for the rounding of sums of order 100 over the step.
      #expect(abs(slopes[3, input] - difference) < 1e-6 * max(1, abs(difference)))
    }
  }

  @Test("new layers have the law of torch.nn.Conv2d")
  func start() {
    var section = DenseNetworkSection()
    (section.channels, section.hidden, section.hasBiases) = ([32, 64], [], false)
    let shape = section.shape(of: .images(ImageData()))
    #expect(shape.widths == [784, 32 * 144, 64 * 16, 10])
    var stream = TorchStream(seed: 1)
    let network = DenseNetwork<Float>(shape: shape, start: section, using: &stream)
    // Uniform between ∓1/√(numbers in a patch).
    let first = network.weights(1).elements
    #expect(first.count == 800 && first.allSatisfy { abs($0) <= 0.2 })
    #expect(first.map(abs).max() ?? 0 > 0.19)
    let second = network.weights(2).elements
    #expect(second.count == 64 * 800 && second.allSatisfy { abs($0) <= 0.0353554 })
  }
}
