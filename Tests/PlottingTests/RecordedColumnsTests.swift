import Testing

@testable import Plotting

@Suite struct RecordedColumnsTests {
  @Test("Indices are written as subscripts from 1, in brackets where digits would run together")
  func indices() {
    #expect(subscripts([0, 1]) == "₁₂")
    #expect(subscripts([11]) == "₁₂")
    #expect(subscripts([0, 9]) == "[1,10]")
  }

  @Test("The largest values are found, the first of equal ones, and listed in their order")
  func largest() {
    #expect([1.0, 5, 3, 5].indicesOfLargest(2) == [1, 3])
    #expect([2.0, 2, 2].indicesOfLargest(2) == [0, 1])
    #expect([1, .nan, 7].indicesOfLargest(1) == [1])
    #expect([1.0].indicesOfLargest(4) == [0])
  }
}
