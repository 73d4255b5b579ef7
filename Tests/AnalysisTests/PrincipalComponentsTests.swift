import LinearAlgebra
import Testing

@testable import Analysis

@Suite("Principal components")
struct PrincipalComponentsTests {
  @Test("of whole numbers, exactly")
  func whole() throws {
    let rows = Matrix([[1.0, 1], [3, 1], [1, 5], [3, 5]])
    let components = try PrincipalComponents(of: rows)
    #expect(components.mean == [2, 3])
    #expect(components.covariance == Matrix([[4.0 / 3, 0], [0, 16.0 / 3]]))
    #expect(components.variances == [16.0 / 3, 4.0 / 3])
    #expect(abs(components.components[1, 0]) == 1)
  }

  @Test("a weight is a number of equal rows")
  func weights() throws {
    let rows = Matrix([[1.0, 2, 0], [0, 1, 5], [2, 2, 1]])
    let repeated = Matrix([rows.row(0), rows.row(1), rows.row(1), rows.row(1), rows.row(2)])
    let weighted = try PrincipalComponents(of: rows, weights: [1, 3, 1])
    let plain = try PrincipalComponents(of: repeated)
    #expect((weighted.covariance - plain.covariance).largestMagnitude < 1e-14)
    for (a, b) in zip(weighted.mean, plain.mean) { #expect(abs(a - b) < 1e-15) }
    // Three distinct rows span two directions: the third variance is rounding and counts as none.
    #expect(weighted.variances[2] == 0)
  }
}
