import LinearAlgebra
import RandomStreams
import Scenarios
import Spelling

/// Reads the matrix at a path, which need not be that of a text file.
public typealias MatrixReader = @Sendable (_ path: String) throws -> Matrix<Double>

extension Teacher {
  /// The map B, shape [input, output]; nil for the compensated teacher, which needs a spectrum.
  ///
  /// - Throws: `ScenarioError` if a file cannot be read, has another shape, or holds what is not
  ///   finite, and whatever else `reading` throws.
  func matrix(
    inputs: Int, outputs: Int, key: String, using stream: inout NumPyStream, reading: MatrixReader
  ) throws -> Matrix<Double>? {
    switch self {
    case .compensated: return nil
    case .ones: return Matrix(rows: inputs, columns: outputs, repeating: 1)
    case .gaussian: return stream.normals(rows: inputs, columns: outputs)
    case .spectrum(let values):
      let left = try haarOrthogonal(inputs, using: &stream)
      let right = try haarOrthogonal(outputs, using: &stream)
      let spread = Matrix.diagonal(values, rows: inputs, columns: outputs)
      return (left * spread).times(right, right: .transposed)
    case .matrix(let rows): return Matrix(rows)
    case .file(let path):
      let matrix: Matrix<Double>
      do {
        matrix = try reading(path)
      } catch var error as ScenarioError {
        error.key = key
        if let word = nearest(to: path, in: Teacher.choices) {
          error.remedy += ", or did you mean the teacher \(word)?"
        }
        throw error
      }
      guard matrix.rows == inputs, matrix.columns == outputs else {
        let isTurned = matrix.rows == outputs && matrix.columns == inputs
        throw ScenarioError(
          key: key,
          problem: "The teacher in '\(path)' is \(matrix.shape), but there are \(inputs) inputs "
            + "and \(outputs) outputs",
          remedy: isTurned
            ? "transpose it, one row per input"
            : "give \(inputs) rows (inputs) of \(outputs) numbers (outputs)")
      }
      guard matrix.isFinite else {
        throw ScenarioError(
          key: key, problem: "The teacher in '\(path)' has entries that are not finite",
          remedy: "replace them")
      }
      return matrix
    }
  }
}
