import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Networks

@Suite("Dense networks")
struct DenseNetworkTests {
  @Test("parameters lie layer by layer, weights before biases")
  func shape() {
    let shape = DenseShape(widths: [4, 16, 2])
    #expect(shape.parameterCount == 114)
    #expect(shape.weights(1) == 0..<64 && shape.biases(1) == 64..<80)
    #expect(shape.weights(2) == 80..<112 && shape.biases(2) == 112..<114)
    #expect(DenseShape(widths: [4, 16, 16, 2]).parameterCount == 386)
    let bare = DenseShape(widths: [3, 2, 1], hasBiases: false)
    #expect(bare.parameterCount == 8 && bare.biases(1).isEmpty && bare.biases(2).isEmpty)
    #expect(shape.rectifies(1) && !shape.rectifies(2) && !shape.rectifies(0))
    #expect(!DenseShape(widths: [3, 2, 1], activation: .linear).rectifies(1))
  }

  @Test("whole numbers go through exactly, in both precisions")
  func forward() {
    func outputs<Scalar: DenseScalar>(_: Scalar.Type) -> Matrix<Scalar> {
      // |x₁ − x₂| and its negative plus one.
      let network = DenseNetwork<Scalar>(
        shape: DenseShape(widths: [2, 2, 2]),
        parameters: [1, -1, -1, 1, 0, 0, 1, 1, -1, -1, 0, 1])
      return network.outputs(of: Matrix(rows: 3, columns: 2, elements: [5, 2, 2, 5, 4, 4]))
    }
    #expect(outputs(Double.self) == Matrix([[3.0, -2], [3, -2], [0, 1]]))
    #expect(outputs(Float.self) == Matrix([[3, -2], [3, -2], [0, 1]]))
  }

  @Test("new networks have the law of the initialiser")
  func start() throws {
    // 2 rows of 16 weights uniform between ∓1/4: variance 1/48, so rows have the mean square 1/3.
    var stream = TorchStream(seed: 3)
    let shape = DenseShape(widths: [4, 16, 2])
    var squares: [Double] = []
    for _ in 0..<2000 {
      let network = DenseNetwork<Float>(
        shape: shape, start: DenseNetworkSection(), using: &stream
      ).widened
      #expect(network.parameters[shape.weights(1)].allSatisfy { abs($0) <= 0.5 })
      #expect(network.parameters[shape.parameters(2)].allSatisfy { abs($0) <= 0.25 })
      squares.append(network.weights(2).squaredNorm / 2)
    }
    let mean = squares.reduce(0, +) / 2000
    // A square of U(−¼, ¼) has the variance 1/5·(1/4)⁴ − 1/48²; 16 of them over 4000 rows.
    let error = (16 * (0.2 / 256 - 1 / 2304.0) / 4000).squareRoot()
    #expect(abs(mean - 1.0 / 3) < 4 * error)
  }

  @Test("rows come back from blocks, gathered in any order, with nothing left of those before")
  func blocks() {
    let rows = Matrix<Double>(rows: 37, columns: 3) { Double(10 * $0 + $1) }
    let blocks = RowBlocks(rows, height: 16)
    #expect(blocks.count == 3 && blocks.rows(inBlock: 2) == 5)
    var some = RowBlocks<Double>(room: 20, columns: 3, height: 16)
    some.gather([36, 0, 17, 5, 5, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14][...], from: blocks)
    #expect(some.rows == 18)
    some.gather([2, 36][...], from: blocks)
    #expect(some.rows == 2 && some.count == 1)
    some.withBlock(0) { block in
      #expect([block[0], block[16], block[32]] == [20, 21, 22])
      #expect([block[1], block[17], block[33]] == [360, 361, 362])
      for row in 2..<16 { #expect(block[row] == 0 && block[32 + row] == 0) }
    }
  }
}
