import LinearAlgebra
import RandomStreams

/// Directions without meaning, to compare those of networks with.
enum RandomDirections {
  /// Uniform unit vectors, the same at every call; shape [direction, dimension].
  static func unit(count: Int, dimension: Int) -> Matrix<Double> {
    var stream = NumPyStream(seed: UInt32(0))
    var directions = stream.normals(rows: count, columns: dimension)
    for row in 0..<count {
      let length = directions.rows(row..<row + 1).norm
      for column in 0..<dimension { directions[row, column] /= length }
    }
    return directions
  }
}
