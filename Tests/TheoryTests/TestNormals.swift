import Foundation
import LinearAlgebra

/// Unit normals from a 64-bit splitmix generator, for tests only.
struct TestNormals {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func uniform() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return (Double((z ^ (z >> 31)) >> 11) + 0.5) * 0x1p-53
  }

  mutating func next() -> Double {
    (-2 * log(uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }

  mutating func matrix(_ rows: Int, _ columns: Int, scale: Double = 1) -> Matrix<Double> {
    Matrix(rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in scale * next() })
  }

  /// A matrix with orthonormal columns.
  mutating func orthonormal(_ rows: Int, _ columns: Int) throws -> Matrix<Double> {
    try matrix(rows, columns).qrDecomposition().orthogonal
  }
}
