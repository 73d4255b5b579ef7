import LinearAlgebra

/// A small generator of whole numbers, the same on every machine.
struct Whole {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next(_ range: ClosedRange<Int>) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return range.lowerBound + Int(state >> 33) % range.count
  }

  mutating func matrix(_ rows: Int, _ columns: Int, _ range: ClosedRange<Int> = -5...5)
    -> Matrix<Double>
  {
    var matrix = Matrix<Double>(rows: rows, columns: columns)
    for i in matrix.elements.indices { matrix.elements[i] = Double(next(range)) }
    return matrix
  }

  /// An orthogonal matrix from the factorisation of whole numbers.
  mutating func orthogonal(_ size: Int) throws -> Matrix<Double> {
    try (matrix(size, size, -9...9) + Double(20) * .identity(size)).qrDecomposition().orthogonal
  }
}

/// Whether the columns are orthonormal up to rounding.
func isOrthogonal(_ matrix: Matrix<Double>) -> Bool {
  (matrix.times(matrix, left: .transposed) - .identity(matrix.columns)).largestMagnitude
    <= 20 * Double(max(1, matrix.rows)) * .ulpOfOne
}
