import Testing

@testable import Plotting

@Suite struct DataTableTests {
  @Test("A table names its columns, holds each number once and writes NaN for what is not finite")
  func golden() {
    let table = DataTable(SmallFigure.figure())
    let expected = """
      # dyn --seed 1
      # column 1: iteration, symbol k, unit 1: steps taken
      # column 2: loss, symbol L, unit 1: the loss
      # column 3: theory, symbol L, unit 1: the loss in theory
      # iteration\tloss\ttheory
      0\t8\t8
      1\t0.5\tNaN
      100\t0.1\tNaN


      # column 1: iteration, symbol k, unit 1: steps taken
      # column 2: w, symbol w₁, unit 1: a weight
      # iteration\tw
      0\t-0.25

      """
    #expect(table.text(heading: ["dyn --seed 1"]) == expected)
    #expect(
      table.positions == [
        [.init(block: 0, x: 1, y: 2), .init(block: 0, x: 1, y: 3)],
        [.init(block: 1, x: 2, y: 2), .init(block: 0, x: 2, y: 2)],
      ])
  }

  @Test("Columns that are equal but for missing values in other storage are one column")
  func sharing() {
    func column(_ values: [Double]) -> Column {
      Column(name: "a", symbol: "a", longName: "a", values: values)
    }
    #expect(column([.nan, 1]).isSame(as: column([.nan, 1])))
    #expect(!column([.nan, 1]).isSame(as: column([.nan, 2])))
    #expect(!column([.nan, 1]).isSame(as: column([1, 1])))
  }

  @Test(
    "A written number reads back bit for bit",
    arguments: [0.1, -1.0 / 3, 1e300, .leastNonzeroMagnitude, 0x1p53, 1e15, 123_456_789, 1e-5])
  func numbers(_ value: Double) {
    #expect(Double(PlainText.number(value)) == value)
  }
}
