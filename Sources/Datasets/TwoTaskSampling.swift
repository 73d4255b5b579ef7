import LinearAlgebra
import RandomStreams
import Scenarios

extension TwoTaskData {
  /// Draws the rows as the notebook does: Float32 numbers of PyTorch's stream, widened.
  ///
  /// Order of the draws: for each task y, the second factors and what decides on the exchange, for
  /// all rows each; then NumPy's permutation of the rows, of which the last are for validation.
  ///
  /// PyTorch's uniform numbers are exactly 0 once in 2²⁴ draws. Where y is, x₂ = y/x₁ is no number;
  /// it is the second factor itself here.
  ///
  /// - Throws: `ScenarioError` when a row is not finite.
  func draw(numPy: inout NumPyStream, torch: inout TorchStream) throws -> LabelledSamples {
    let rows = samples + testSamples
    var x = Matrix<Double>(rows: rows, columns: inputs)
    var y = Matrix<Double>(rows: rows, columns: outputs)
    let (least, width) = (Float(epsilon), Float(1 - epsilon))
    for task in 0..<tasks {
      let products = (0..<rows).map { _ in torch.uniformFloat() }
      let factors = (0..<rows).map { _ in torch.uniformFloat() * width + least }
      for row in 0..<rows {
        let first = products[row] / factors[row]
        let second = products[row] == 0 ? factors[row] : products[row] / first
        let isExchanged = isSwapped && torch.uniformFloat() < 0.5
        x[row, 2 * task] = Double(isExchanged ? second : first)
        x[row, 2 * task + 1] = Double(isExchanged ? first : second)
        y[row, task] = Double(products[row])
      }
    }
    let order = numPy.permutation(count: rows)
    let (training, valid) = (order[..<samples], order[samples...])
    return try LabelledSamples(
      inputs: x.rows(training), targets: y.rows(training), validInputs: x.rows(valid),
      validTargets: y.rows(valid))
  }

  /// Inputs that vary in one task alone: a square grid over [0, 1]² in its two inputs, all others ½.
  ///
  /// The second input runs fastest; shape [side², input].
  ///
  /// - Precondition: `side >= 2`.
  public func grid(task: Int, side: Int = 100) -> Matrix<Double> {
    Matrix(rows: side * side, columns: inputs) { row, input in
      guard input / 2 == task else { return 0.5 }
      return Double(input % 2 == 0 ? row / side : row % side) / Double(side - 1)
    }
  }

  /// The probe: a square grid of pairs, each given to all tasks at once; shape [side², input].
  ///
  /// - Precondition: `side >= 2`.
  public func probe(side: Int = 5) -> Matrix<Double> {
    Matrix(rows: side * side, columns: inputs) { row, input in
      Double(input % 2 == 0 ? row / side : row % side) / Double(side - 1)
    }
  }
}

extension Matrix<Double> {
  /// The rows of the given indices, in their order.
  public func rows(_ indices: some Collection<Int>) -> Matrix {
    var entries: [Double] = []
    entries.reserveCapacity(indices.count * columns)
    for row in indices { entries += elements[row * columns..<(row + 1) * columns] }
    return Matrix(rows: indices.count, columns: columns, elements: entries)
  }
}
