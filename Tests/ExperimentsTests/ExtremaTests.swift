import Testing

@testable import Experiments

@Suite("Turning points of a curve")
struct ExtremaTests {
  @Test("minima and maxima alternate, ends are none")
  func alternate() {
    let found = extrema(of: [3, 1, 2, 0.5, 4, 3.5, 5])
    #expect(found.map(\.index) == [1, 2, 3, 4, 5])
    #expect(found.map(\.isMinimum) == [true, false, true, false, true])
  }

  @Test("moves below the prominence are none, whatever the scale of the curve")
  func prominence() {
    let curve = [1, 0.5, 0.5 + 1e-4, 0.5, 0.2, 0.2 + 1e-5, 0.2]
    #expect(extrema(of: curve, prominence: 1e-3).isEmpty)
    #expect(extrema(of: curve.map { $0 * 1e9 }, prominence: 1e-3).isEmpty)
    #expect(extrema(of: curve, prominence: 1e-6).count == 4)
  }

  @Test("flat curves, short ones and those without numbers have none")
  func degenerate() {
    for curve in [[], [1], [1, 1, 1], [.nan, .nan], [1, .infinity, 1]] {
      #expect(extrema(of: curve).isEmpty)
    }
    #expect(extrema(of: [1, .nan, 0, .nan, 1]).map(\.index) == [2])
  }
}
