import LearningProblems
import LinearAlgebra
import Networks
import RandomStreams
import Scenarios
import Testing

@testable import Dynamics

/// The Jacobian of all outputs by all parameters, by differences; shape [sample · output, parameter].
///
/// A network of cut-off units is linear in a single parameter as long as no unit changes sides, so
/// that the difference is exact but for rounding, of order 1e-16/1e-6.
private func differences(
  _ network: DenseNetwork<Double>, _ inputs: Matrix<Double>
) -> Matrix<Double> {
  Matrix(
    network.parameters.indices.map { i in
      func outputs(_ step: Double) -> [Double] {
        var moved = network
        moved.parameters[i] += step
        return moved.outputs(of: inputs).elements
      }
      return zip(outputs(1e-6), outputs(-1e-6)).map { ($0 - $1) / 2e-6 }
    }
  ).transposed
}

@Suite("Singular values of the parameter Jacobian")
struct ParameterJacobianTests {
  static let shapes = [
    DenseShape(widths: [4, 2]), DenseShape(widths: [4, 9, 1]),
    DenseShape(widths: [3, 8, 7, 2]), DenseShape(widths: [3, 8, 7, 2], hasBiases: false),
    DenseShape(widths: [4, 6, 2], activation: .linear),
  ]

  private func drawn(_ shape: DenseShape) -> (DenseNetwork<Double>, Matrix<Double>) {
    var stream = NumPyStream(seed: UInt32(5))
    let network = DenseNetwork(
      shape: shape, parameters: stream.normals(count: shape.parameterCount).map { 0.6 * $0 })
    return (network, stream.normals(rows: 7, columns: shape.inputs))
  }

  @Test("whole, layer by layer and in shares they are those of differences", arguments: shapes)
  func dense(shape: DenseShape) throws {
    let (network, inputs) = drawn(shape)
    let found = try ParameterJacobian(network: network, inputs: inputs, divisor: 7)
    let literal = differences(network, inputs)
    let factors = try literal.singularValueDecomposition()
    let largest = factors.values[0] * factors.values[0] / 7
    #expect(found.spectrum.count == 7 * shape.outputs)
    for (direction, value) in found.spectrum.enumerated() {
      let expected = direction < factors.values.count ? factors.values[direction] : 0
      #expect(abs(value - expected * expected / 7) < 1e-8 * largest)
      let shares = found.layerShares.row(direction)
      guard value > 1e-6 * largest else { continue }
      #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
      // Only separated singular values have singular vectors of their own.
      let gaps = factors.values.indices.filter { $0 != direction }
        .map { abs(factors.values[$0] - factors.values[direction]) }
      guard (gaps.min() ?? 1) > 1e-2 * factors.values[0] else { continue }
      for layer in 1...shape.depth {
        let part = shape.parameters(layer).reduce(0) {
          $0 + factors.right[$1, direction] * factors.right[$1, direction]
        }
        #expect(abs(shares[layer - 1] - part) < 1e-6)
      }
    }
    let spectra = try found.layerSpectra()
    for layer in 1...shape.depth {
      let columns = shape.parameters(layer)
      let part = Matrix(rows: literal.rows, columns: columns.count) {
        literal[$0, columns.lowerBound + $1]
      }
      let values = try part.singularValueDecomposition().values
      for (direction, value) in spectra.row(layer - 1).enumerated() {
        let expected = direction < values.count ? values[direction] : 0
        #expect(abs(value - expected * expected / 7) < 1e-8 * largest)
      }
    }
  }

  @Test("a dense linear network without biases has the spectrum of the linear one")
  func linear() throws {
    let shape = DenseShape(widths: [4, 6, 2], activation: .linear, hasBiases: false)
    let (network, inputs) = drawn(shape)
    let dense = try ParameterJacobian(network: network, inputs: inputs, divisor: 1)
    let eigen = try inputs.times(inputs, left: .transposed).symmetricEigen()
    let root = (eigen.vectors * .diagonal(eigen.values.map { max($0, 0).squareRoot() }))
      .times(eigen.vectors, right: .transposed)
    let linear = try ParameterJacobian(
      weights: LinearWeights((1...2).map(network.weights)), inputRoot: root)
    // 14 directions of samples, 8 of inputs; what is not in both is 0.
    #expect(dense.spectrum[8...].allSatisfy { $0 == 0 })
    for (mine, theirs) in zip(dense.spectrum, linear.spectrum) {
      #expect(abs(mine - theirs) < 1e-12 * linear.spectrum[0])
    }
    let (one, two) = (try dense.layerSpectra(), try linear.layerSpectra())
    for layer in 0..<2 {
      for (mine, theirs) in zip(one.row(layer), two.row(layer)) {
        #expect(abs(mine - theirs) < 1e-12 * linear.spectrum[0])
      }
    }
  }

  @Test("a network that has diverged has no spectrum, and no error")
  func diverged() throws {
    let (start, inputs) = drawn(Self.shapes[1])
    var network = start
    network.parameters[3] = .infinity
    let found = try ParameterJacobian(network: network, inputs: inputs, divisor: 1)
    let spectra = try found.layerSpectra()
    let values = found.spectrum + found.layerShares.elements + spectra.elements
    #expect(values.count == 7 + 7 * 2 + 2 * 7)
    for value in values { #expect(value.isNaN) }
  }
}
