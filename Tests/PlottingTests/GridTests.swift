import Testing

@testable import Plotting

@Suite struct GridTests {
  private func column(_ values: [Double]) -> Column { Column(name: "a", values: values) }

  @Test("Coordinates are sorted and take their values along")
  func sorting() {
    let grid = Grid(x: column([2, 1]), y: column([20, 10]), values: column([1, 2, 3, 4]))
    #expect(grid.x.values == [1, 2] && grid.y.values == [10, 20])
    #expect(grid.values.values == [4, 3, 2, 1] && grid.row(1) == [2, 1])
  }

  @Test("A function fills a grid row by row")
  func function() {
    let grid = Grid(x: column([1, 2, 3]), y: column([10, 20]), name: "z") { $0 + $1 }
    #expect(grid.values.values == [11, 12, 13, 21, 22, 23])
  }

  @Test("Cells meet halfway, in the logarithm on a logarithmic axis")
  func edges() {
    #expect(Grid.edges(about: [1, 2, 4], isLogarithmic: false) == [0.5, 1.5, 3, 5])
    let edges = Grid.edges(about: [0, 1, 4], isLogarithmic: true)
    #expect(edges[0].isNaN)
    for (edge, power) in zip(edges[1...], [0.5, 2, 8]) { #expect(abs(edge / power - 1) < 1e-14) }
    #expect(Grid.edges(about: [3], isLogarithmic: false) == [2.5, 3.5])
    #expect(Grid.edges(about: [], isLogarithmic: false).count == 1)
    #expect(Grid.edges(about: [-1, .nan], isLogarithmic: true).allSatisfy { $0.isNaN })
  }
}
