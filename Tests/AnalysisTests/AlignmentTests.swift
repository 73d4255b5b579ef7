import Foundation
import LinearAlgebra
import Testing

@testable import Analysis

@Suite("Alignment of spaces")
struct AlignmentTests {
  private func rotation(_ angle: Double) -> Matrix<Double> {
    Matrix([[cos(angle), -sin(angle), 0], [sin(angle), cos(angle), 0], [0, 0, 1]])
  }

  @Test("a rotation is found back")
  func procrustes() throws {
    let rows = Matrix([[1.0, 2, 0], [0, 1, 5], [2, 2, 1], [1, 0, 0]])
    let found = try orthogonalAlignment(of: rows, to: rows * rotation(0.7))
    #expect((found - rotation(0.7)).largestMagnitude < 1e-14)
  }

  @Test("angles of planes, tiny ones and right ones included", arguments: [1e-9, 1e-3, 0.4, 1.2])
  func angles(angle: Double) throws {
    let first = Matrix([[1.0, 0], [0, 1], [0, 0], [0, 0]])
    let second = Matrix([[cos(angle), 0], [0, 0], [sin(angle), 0], [0, 2]])
    let angles = try principalAngles(between: first, and: second)
    #expect(angles.count == 2)
    // Relative accuracy, which the arc cosine alone would not have at small angles.
    #expect(abs(angles[0] / angle - 1) < 1e-7 && abs(angles[1] - .pi / 2) < 1e-15)
  }

  @Test("a line in a plane has one angle, a matrix without a span none")
  func ranks() throws {
    let plane = Matrix([[1.0, 1], [0, 1], [0, 0]])
    let line = Matrix([[3.0], [4], [0]])
    #expect(try principalAngles(between: plane, and: line).map { $0 < 1e-15 } == [true])
    #expect(try principalAngles(between: line, and: plane).count == 1)
    #expect(try principalAngles(between: plane, and: Matrix(rows: 3, columns: 1)).isEmpty)
  }
}
