import LinearAlgebra

/// A small generator of test matrices: the 64-bit linear congruence of Knuth's MMIX.
struct Generator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number in [−1, 1), from the upper 53 bits.
  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / Double(UInt64(1) << 52) - 1
  }

  mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix<Double> {
    Matrix(rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in next() })
  }

  /// A matrix of whole numbers from −4 to 4, whose products are exact in any order of summation.
  mutating func wholeMatrix<Scalar: MatrixScalar>(_ rows: Int, _ columns: Int) -> Matrix<Scalar> {
    Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { _ in Scalar((4 * next()).rounded()) })
  }
}

/// All pairs of sizes from 0 to 4, the empty ones among them.
let smallShapes = (0...4).flatMap { rows in (0...4).map { columns in [rows, columns] } }

/// Largest entry of QᵀQ − I.
func orthonormalityError(_ q: Matrix<Double>) -> Double {
  (q.times(q, left: .transposed) - .identity(q.columns)).largestMagnitude
}

/// Whether the decisive entry of every column is positive; an entry decides if it is the largest.
func obeysSignRule(_ m: Matrix<Double>) -> Bool {
  (0..<m.columns).allSatisfy { j in
    let column = m.column(j)
    let largest = column.map(abs).max() ?? 0
    return (column.first { abs($0) >= largest * (1 - 1e-9) } ?? 0) >= 0
  }
}
