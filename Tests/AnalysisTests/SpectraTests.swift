import LinearAlgebra
import Testing

@testable import Analysis

@Suite("Measures of spectra")
struct SpectraTests {
  @Test("equal values fill all directions, a single one fills one")
  func ranks() {
    #expect(abs(effectiveRank(of: [3, 3, 3, 3]) - 4) < 1e-14)
    #expect(effectiveRank(of: [5, 0, 0]) == 1)
    #expect(effectiveRank(of: [0, 0]) == 0)
    #expect(participationRatio(of: [2, 2, 2]) == 3)
    #expect(participationRatio(of: [7, 0]) == 1)
    #expect(participationRatio(of: []) == 0)
    // Two values a and b: (a + b)²/(a² + b²).
    #expect(participationRatio(of: [3, 1]) == 1.6)
  }

  @Test("cosines of rows, also in another metric")
  func cosines() {
    let rows = Matrix([[1.0, 0], [1, 1], [0, 0]])
    let plain = rowCosines(of: rows)
    #expect(abs(plain[0, 1] - 0.5.squareRoot()) < 1e-15)
    #expect(plain[0, 0] == 1 && plain[2, 2] == 1 && plain[0, 2] == 0)
    // In the metric diag(1, 3) the second row has length 2 and the same product with the first.
    #expect(rowCosines(of: rows, metric: .diagonal([1, 3]))[1, 0] == 0.5)
  }

  @Test("the spread of numbers")
  func spread() {
    let spread = Spread([1, 2, 3, 6])
    #expect(spread.mean == 3 && spread.least == 1 && spread.largest == 6 && spread.count == 4)
    #expect(abs(spread.deviation * spread.deviation - 14.0 / 3) < 1e-14)
    #expect(spread.median == 2.5 && Spread([5, 1, 2]).median == 2)
    #expect(Spread([4]).deviation == 0)
    #expect(Spread([]).mean.isNaN)
  }
}
