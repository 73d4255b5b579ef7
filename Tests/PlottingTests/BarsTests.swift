import Testing

@testable import Plotting

@Suite struct BarsTests {
  @Test("A histogram counts every value between its edges once, the last edge included")
  func counting() {
    let bars = Bars.histogram(
      of: [0, 0.5, 1, 1, 2, 3, -1, .nan, .infinity], edges: [0, 1, 2, 3], colour: .ink)
    #expect(bars.height.values == [2, 2, 2])
    #expect(bars.left.values == [0, 1, 2] && bars.right.values == [1, 2, 3])
    #expect(Bars.histogram(of: [1], edges: [], colour: .ink).height.values.isEmpty)
  }

  @Test("A density has area one if all values are between the edges")
  func density() {
    let bars = Bars.histogram(
      of: [0, 1, 1, 4], edges: [0, 1, 2, 4], isDensity: true, colour: .ink)
    #expect(bars.height.values == [0.25, 0.5, 0.125])
  }

  @Test("Edges hold all values, also equal and logarithmic ones")
  func edges() {
    let edges = Bars.edges(of: [1, 2, 10, .nan])
    #expect(edges.first == 1 && edges.last == 10 && edges.count == 6)
    #expect(Bars.edges(of: (0..<900).map(Double.init)).count == 31)
    let logarithmic = Bars.edges(of: [-1, 1, 32], isLogarithmic: true)
    #expect(logarithmic.count == 6)
    for (edge, power) in zip(logarithmic, [1.0, 2, 4, 8, 16, 32]) {
      #expect(abs(edge / power - 1) < 1e-14)
    }
    for isLogarithmic in [false, true] {
      let equal = Bars.edges(of: [3, 3], isLogarithmic: isLogarithmic)
      #expect(equal[0] < 3 && equal[equal.count - 1] > 3)
    }
    #expect(Bars.edges(of: []).isEmpty && Bars.edges(of: [-1], isLogarithmic: true).isEmpty)
  }

  @Test("Groups stand side by side within their category")
  func groups() {
    let heights = Column(name: "h", values: [1, 2])
    let (first, second) = (
      Bars.grouped(heights: heights, group: 0, of: 2, colour: .ink),
      Bars.grouped(heights: heights, deviation: [0.5, 1], group: 1, of: 2, colour: .ink)
    )
    #expect(first.left.values == [0.6, 1.6] && first.right.values == second.left.values)
    #expect(second.errors?.low.values == [0.5, 1] && second.errors?.high.values == [1.5, 3])
  }
}
