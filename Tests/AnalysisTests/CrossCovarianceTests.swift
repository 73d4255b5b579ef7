import LinearAlgebra
import RandomStreams
import Testing

@testable import Analysis

@Suite("Covariances added up block by block")
struct CrossCovarianceTests {
  private let first = Matrix([[1.0, 2, 0], [0, 1, 5], [2, 2, 1], [1, 0, 0]])
  private let second = Matrix([[3.0, 1], [0, 2], [1, 1], [4, 0]])

  @Test("blocks give what all rows give, exactly for whole numbers")
  func blocks() {
    var whole = CrossCovariance(columns: 3, 2)
    whole.add(first, second)
    var parts = CrossCovariance(columns: 3, 2)
    for range in [0..<1, 1..<3, 3..<4] { parts.add(first.rows(range), second.rows(range)) }
    var merged = CrossCovariance(columns: 3, 2)
    for range in [0..<2, 2..<4] {
      var part = CrossCovariance(columns: 3, 2)
      part.add(first.rows(range), second.rows(range))
      merged.add(part)
    }
    for centred in [false, true] {
      #expect(merged.matrix(centred: centred) == whole.matrix(centred: centred))
      #expect(whole.matrix(centred: centred) == parts.matrix(centred: centred))
      #expect(whole.meanSquares(centred: centred) == parts.meanSquares(centred: centred))
    }
    #expect(whole.matrix() == 0.25 * first.times(second, left: .transposed))
    // Squares of 41 and 32 over four rows; the second columns have the means 2 and 1.
    #expect(whole.meanSquares().first == 10.25)
    #expect(whole.meanSquares(centred: true).second == 3)
    #expect(parts.count == 4)
  }

  @Test("the covariance of rows with themselves is that of the principal components")
  func own() {
    var covariance = CrossCovariance(columns: 3, 3)
    covariance.add(first)
    // Sums here have n below them, those there n − 1.
    let expected = 0.75 * PrincipalComponents.covariance(of: first)
    #expect((covariance.matrix(centred: true) - expected).largestMagnitude < 1e-15 * 25)
    #expect(covariance.meanSquares().first == covariance.matrix().trace)
  }
}
