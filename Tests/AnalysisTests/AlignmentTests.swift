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

  private func covariance(_ first: Matrix<Double>, _ second: Matrix<Double>) -> CrossCovariance {
    var covariance = CrossCovariance(columns: first.columns, second.columns)
    covariance.add(first, second)
    return covariance
  }

  @Test("rows that differ by a rotation, a factor and, centred, a shift are alike")
  func similarity() throws {
    let rows = Matrix([[1.0, 2, 0], [0, 1, 5], [2, 2, 1], [1, 0, 0]])
    let turned = 3 * (rows * rotation(0.7))
    let alignment = try ProcrustesAlignment(covariance(rows, turned))
    #expect((alignment.rotation - rotation(0.7)).largestMagnitude < 1e-14)
    #expect(abs(alignment.similarity(on: covariance(rows, turned)) - 1) < 1e-15)
    let shifted = Matrix(rows: 4, columns: 3) { turned[$0, $1] + 10 }
    #expect(
      try ProcrustesAlignment(covariance(rows, shifted)).similarity(
        on: covariance(rows, shifted)) < 0.99)
    let centred = try ProcrustesAlignment(covariance(rows, shifted), centred: true)
    // Means of 10 are taken out of squares of about 100.
    #expect(abs(centred.similarity(on: covariance(rows, shifted)) - 1) < 1e-13)
    // Other samples are held to the same rotation.
    let held = Matrix([[0.0, 1, 1], [4, 0, 2]])
    #expect(
      abs(alignment.similarity(on: covariance(held, held * rotation(0.7))) - 1) < 1e-15)
    #expect(alignment.similarity(on: covariance(held, held * rotation(0.2))) < 0.99)
    #expect(alignment.similarity(on: covariance(held, 0 * held)).isNaN)
  }

  @Test("the similarity is the sum of the singular values over the root of the traces")
  func nuclear() throws {
    let first = Matrix([[1.0, 2], [0, 1], [2, 2]])
    let second = Matrix([[3.0, 1, 1], [0, 2, 0], [1, 1, 4]])
    let both = covariance(first, second)
    let sum = try both.matrix().singularValues().reduce(0, +)
    let squares = both.meanSquares()
    let expected = sum / (squares.first * squares.second).squareRoot()
    #expect(abs(try ProcrustesAlignment(both).similarity(on: both) - expected) < 1e-15)
  }

  @Test("overlaps of directions, turned or not")
  func overlap() {
    let axes = Matrix<Double>.identity(3)
    #expect(overlaps(of: axes, rotation(0.7)) == rotation(0.7).map(abs))
    let aligned = overlaps(of: axes, rotation(0.7), alignment: rotation(-0.7))
    #expect((aligned - axes).largestMagnitude < 1e-15)
  }
}
