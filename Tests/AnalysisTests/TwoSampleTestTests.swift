import Foundation
import Testing

@testable import Analysis

@Suite("Comparing two samples")
struct TwoSampleTestTests {
  @Test("Kolmogorov's law has its tabulated values")
  func kolmogorov() {
    // Tail probabilities that tables give: 1.2238, 1.3581 and 1.6276 at 10, 5 and 1 percent.
    for (x, p) in [(1.22385, 0.1), (1.35810, 0.05), (1.62762, 0.01)] {
      #expect(abs(TwoSampleTest.kolmogorov(x) - p) < 1e-5)
    }
    #expect(TwoSampleTest.kolmogorov(0.1) == 1)
    #expect(TwoSampleTest.kolmogorov(0) == 1)
    #expect(TwoSampleTest.kolmogorov(20) == 0)
  }

  @Test("equal samples have no distance, separate ones the largest")
  func extremes() {
    let values = (0..<40).map { Double($0) }
    let same = TwoSampleTest(values, values)
    #expect(same.distance == 0 && same.probability == 1 && same.difference == 0)
    let apart = TwoSampleTest(values, values.map { $0 + 100 })
    #expect(apart.distance == 1 && apart.probability < 1e-15)
    // Both have the variance 40·41/12, so the error is √(2·(40·41/12)/40).
    #expect(abs(apart.difference + 100 / (2.0 * 41 / 12).squareRoot()) < 1e-12)
  }

  @Test("ties count once, whichever sample has them")
  func ties() {
    #expect(TwoSampleTest([1, 1, 1, 2], [1, 2, 2, 2]).distance == 0.5)
    #expect(TwoSampleTest([0, 0], [0]).distance == 0)
  }

  @Test("a sample without numbers, or two that do not vary, give no answer")
  func nothing() {
    #expect(TwoSampleTest([], [1]).distance.isNaN)
    #expect(TwoSampleTest([1, 1], [2, 2]).difference.isNaN)
    #expect(TwoSampleTest([1, 1], [2, 2]).distance == 1)
  }

  @Test("samples of one distribution are called different as often as promised")
  func level() {
    // Residues of multiples of an irrational number, shuffled by another one: even, not random,
    // but enough to see the level of a test that is off by a factor.
    var state: UInt64 = 1
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    let probabilities = (0..<2000).map { _ in
      TwoSampleTest((0..<30).map { _ in uniform() }, (0..<50).map { _ in uniform() }).probability
    }
    let share = Double(probabilities.count { $0 < 0.05 }) / 2000
    // Four standard errors of a share of 0.05 over 2000, and the test is a little conservative.
    #expect(share > 0.02 && share < 0.05 + 4 * 0.0049)
  }
}
