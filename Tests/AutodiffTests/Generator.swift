import LinearAlgebra

/// A small generator of test points: the 64-bit linear congruence of Knuth's MMIX.
struct Generator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number in [−1, 1), from the upper 53 bits.
  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / Double(UInt64(1) << 52) - 1
  }

  /// A matrix with entries of magnitude 0.1 to 1.1, so that no rectifier is near its kink.
  mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix<Double> {
    Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { _ in
        let x = next()
        return x < 0 ? x - 0.1 : x + 0.1
      })
  }

  /// A matrix of whole numbers from −4 to 4.
  mutating func wholeMatrix(_ rows: Int, _ columns: Int) -> Matrix<Double> {
    Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { _ in (4 * next()).rounded() })
  }
}

/// Norm of the difference, relative to the norm of the second.
func relativeDistance(_ a: Matrix<Double>, _ b: Matrix<Double>) -> Double {
  (a - b).norm / b.norm
}
