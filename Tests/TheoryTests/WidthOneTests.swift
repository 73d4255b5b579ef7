import Foundation
import LearningProblems
import LinearAlgebra
import Testing
import Theory

@Suite("Single hidden unit") struct WidthOneTests {
  @Test("the weights agree with the reference values to 1e-10")
  func fixture() throws {
    let neuron = try SingleNeuron(first: [0.3, -1], second: [0.8], map: Matrix([[1, 0.5]]))
    let (w, a) = neuron.weights(at: 1)
    let expected = Fixtures.named("width1")
    #expect(expected.count == 3 && relativeError(w + a, expected) < 1e-10)
  }

  @Test(
    "any start, inputs and outputs follow the flow to 6e-10",
    arguments: [(2, 1), (5, 1), (4, 3), (1, 4)])
  func integrated(d: Int, o: Int) throws {
    var normals = TestNormals(seed: UInt64(10 * d + o))
    let ts = times(to: 12, count: 12)
    for scale in [1e-3, 0.1, 1, 3] {
      let layers = [normals.matrix(1, d, scale: scale), normals.matrix(o, 1, scale: scale)]
      let problem = try TestProblem.white(
        normals.matrix(o, d), layers: layers, rates: [2e-4, 5e-4])
      let theory = try WidthOne(problem)
      #expect(theory.validity.isExact)
      let flow = try TestFlow.layers(problem, at: ts, tolerance: 1e-11)
      let predicted = try theory.predictions(at: ts)
      #expect(
        relativeError(predicted.compactMap { $0.matrix(.firstLayer) }, flow.map { $0[0] }) < 6e-10)
      #expect(
        relativeError(predicted.compactMap { $0.matrix(.secondLayer) }, flow.map { $0[1] }) < 6e-10)
    }
  }

  @Test("weights on inputs that never occur stay, and the rest is exact")
  func unseenInputs() throws {
    var normals = TestNormals(seed: 8)
    let basis = try normals.orthonormal(5, 3)
    let projector = basis.times(basis, right: .transposed)
    let problem = try TestProblem.make(
      input: 1.7 * projector, inputOutput: 1.7 * (normals.matrix(2, 5) * projector),
      layers: [normals.matrix(1, 5), normals.matrix(2, 1)])
    let ts = times(to: 6, count: 6)
    let flow = try TestFlow.products(problem, at: ts)
    #expect(
      relativeError(try WidthOne(problem).predictions(at: ts).compactMap(\.product), flow) < 1e-9)
  }

  @Test("the ratio of a neuron's weights follows its closed form to 5e-11")
  func ratio() throws {
    let (w0, a0, beta) = ([0.3, -1], 0.8, [1, 0.5])
    let neuron = try SingleNeuron(first: w0, second: [a0], map: Matrix([beta]))
    #expect(abs(neuron.balance - (0.64 - 1.09)) < 1e-15)
    for t in times(to: 15, count: 30) {
      let (w, a) = neuron.weights(at: t)
      let ratio = SingleNeuron.ratio(
        initial: (w0[0] * beta[0] + w0[1] * beta[1]) / a0, targetNorm: 1.25.squareRoot(),
        balance: neuron.balance, at: t)
      #expect(abs(ratio - (w[0] * beta[0] + w[1] * beta[1]) / a[0]) < 5e-11)
    }
  }

  @Test("extreme times and starts stay finite")
  func extremes() throws {
    for scale in [1e-150, 1, 1e3] {
      for map in [Matrix<Double>([[0, 0]]), Matrix([[2, 1]])] {
        let neuron = try SingleNeuron(first: [scale, 0], second: [-scale], map: map)
        for t in [0, 1e-9, 1, 1e3, 1e15] {
          let (w, a) = neuron.weights(at: t)
          #expect((w + a).allSatisfy { $0.isFinite }, "\(scale) \(t)")
        }
      }
    }
    #expect(throws: TheoryError.self) {
      try SingleNeuron(first: [1], second: [1], map: Matrix([[1, 2]]))
    }
    #expect(throws: TheoryError.self) {
      try WidthOne(TestProblem.white(.identity(2), layers: [.identity(2), .identity(2)]))
    }
  }
}
