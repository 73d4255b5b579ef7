import LinearAlgebra
import Testing

@testable import Analysis

@Suite("Distinct linear maps")
struct DistinctMapsTests {
  @Test("rows that the same units let through are one map")
  func groups() {
    let units = Matrix([[1.0, 0, 2], [0, 0, 1], [3, 0, 0.1], [0, 0, 4], [0, 1, 0]])
    let maps = DistinctMaps(activations: [units], weights: [Matrix([[1.0, 1, 1]])], rows: 5)
    #expect(maps.firstRows == [0, 1, 4] && maps.counts == [2, 2, 1])
  }

  @Test("without layers above there is one map")
  func linear() {
    let maps = DistinctMaps(activations: [], weights: [], rows: 7)
    #expect(maps.firstRows == [0] && maps.counts == [7])
    #expect(DistinctMaps(activations: [], weights: [], rows: 0).counts.isEmpty)
  }

  @Test("units that no output hears do not tell rows apart")
  func unheard() {
    let below = Matrix([[1.0, 1], [1, 0], [0, 1]])
    let above = Matrix([[1.0, 0], [1, 0], [1, 1]])
    // Unit 2 above has no weight out; unit 2 below is heard by unit 2 above alone.
    let maps = DistinctMaps(
      activations: [below, above], weights: [Matrix([[1.0, 0], [0, 1]]), Matrix([[2.0, 0]])],
      rows: 3)
    #expect(maps.firstRows == [0, 2] && maps.counts == [2, 1])
  }

  @Test("more units than fit into one word")
  func wide() {
    var units = Matrix<Double>(rows: 3, columns: 130)
    units[0, 129] = 1
    units[1, 64] = 1
    let maps = DistinctMaps(
      activations: [units], weights: [Matrix(rows: 1, columns: 130, repeating: 1)], rows: 3)
    #expect(maps.counts == [1, 1, 1])
  }
}
