import LinearAlgebra
import RandomStreams
import Scenarios

extension PowerLawData {
  /// Draws teacher, training rows and validation rows, in this order, all normal numbers row by row.
  ///
  /// - Throws: `ScenarioError` when a row is not finite.
  func draw(using stream: inout NumPyStream) throws -> LabelledSamples {
    let first = stream.normals(rows: teacherHidden, columns: inputs)
    let second = stream.normals(rows: outputs, columns: teacherHidden)
    let scales = Matrix<Double>.diagonal(variances.map { $0.squareRoot() })
    func rows(_ count: Int) -> (inputs: Matrix<Double>, targets: Matrix<Double>) {
      let x = stream.normals(rows: count, columns: inputs) * scales
      let hidden = x.times(first, right: .transposed).map { max($0, 0) }
      let scores = hidden.times(second, right: .transposed)
      let classes = (0..<count).map { row in
        (1..<outputs).reduce(0) { scores[row, $1] > scores[row, $0] ? $1 : $0 }
      }
      return (x, .indicators(of: classes, count: outputs))
    }
    let (training, valid) = (rows(samples), rows(testSamples))
    return try LabelledSamples(
      inputs: training.inputs, targets: training.targets, validInputs: valid.inputs,
      validTargets: valid.targets)
  }
}

extension Matrix<Double> {
  /// 1 at the class of each row and 0 elsewhere, shape [row, class].
  static func indicators(of classes: [Int], count: Int) -> Matrix {
    var matrix = Matrix(rows: classes.count, columns: count)
    for (row, index) in classes.enumerated() { matrix[row, index] = 1 }
    return matrix
  }
}
