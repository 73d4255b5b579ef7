import Foundation
import Testing

@testable import Analysis

@Suite("Power laws of spectra")
struct PowerLawTests {
  @Test(
    "a power law is found back, whatever its first eigenvalues are", arguments: [-0.5, -1.55, -3])
  func exponent(exponent: Double) throws {
    var values = (1...300).map { pow(Double($0), exponent) }
    values[0] = 1e3
    let law = try #require(PowerLaw(of: values))
    // A fit of 95 exact points errs by rounding alone.
    #expect(abs(law.exponent - exponent) < 1e-12 && law.ranks == 6...100)
  }

  @Test("what is below rounding is no part of it, and too few ranks have none")
  func short() throws {
    let values = (1...20).map { pow(Double($0), -2) } + Array(repeating: 1e-18, count: 40)
    #expect(try #require(PowerLaw(of: values)).ranks == 6...20)
    #expect(PowerLaw(of: [3, 2, 1, 0.5, 0.2, 0.1, 0.05]) == nil)
    #expect(PowerLaw(of: []) == nil)
  }

  @Test("the slope of points on a line")
  func slope() {
    #expect(leastSquaresSlope([0, 1, 2], [1, 3, 5]) == 2)
  }
}
