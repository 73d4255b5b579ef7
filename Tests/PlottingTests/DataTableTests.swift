import Testing

@testable import Plotting

@Suite struct DataTableTests {
  @Test("A table names its columns, holds each number once and writes NaN for what is not finite")
  func golden() {
    let table = GnuplotScript(SmallFigure.figure()).table
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
  }

  @Test("Columns along the same share a block, a column is placed once, and grids have their own")
  func placing() {
    var table = DataTable()
    let (k, loss, w) = (SmallFigure.iterations, SmallFigure.loss, SmallFigure.start)
    #expect(table.place([k, loss]) == .init(block: 0, columns: [1, 2]))
    #expect(table.place([SmallFigure.first, w]) == .init(block: 1, columns: [1, 2]))
    #expect(
      table.place([k, SmallFigure.theory, loss, k]) == .init(block: 0, columns: [1, 3, 2, 1]))
    let grid = Grid(x: k, y: w, values: loss.with([1, .nan, 3]))
    #expect(table.place(grid) == 2 && table.place(grid) == 2)
    #expect(table.blocks.count == 3)
  }

  @Test("A grid is written row after row, its coordinates ascending")
  func grids() {
    func column(_ name: String, _ values: [Double]) -> Column { Column(name: name, values: values) }
    var table = DataTable()
    _ = table.place(
      Grid(
        x: column("kappa", [3, 1]), y: column("t", [10, 20]),
        values: column("risk", [1, 2, .infinity, 4])))
    #expect(
      table.text(heading: []) == """
        # column 1: kappa, symbol , unit 1: kappa
        # column 2: t, symbol , unit 1: t
        # column 3: risk, symbol , unit 1: risk
        # kappa\tt\trisk
        1\t10\t2
        3\t10\t1

        1\t20\t4
        3\t20\tNaN

        """)
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
