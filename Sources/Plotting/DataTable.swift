import Foundation

/// The numbers of a figure as blocks of columns, each number once, in full precision.
struct DataTable {
  /// Columns along one other column, which comes first.
  struct Block {
    var columns: [Column]
  }

  /// Where the points of a curve are; columns count from 1, as in scripts.
  struct Position: Equatable {
    var block: Int
    var x: Int
    var y: Int
  }

  /// The blocks, in the order of their first use.
  private(set) var blocks: [Block] = []
  /// The position of every curve of every panel.
  private(set) var positions: [[Position]] = []

  /// The table of a figure.
  init(_ figure: Figure) {
    for panel in figure.panels {
      var row: [Position] = []
      for curve in panel.curves {
        let block = index(along: curve.along)
        row.append(
          Position(block: block, x: column(curve.x, in: block), y: column(curve.y, in: block)))
      }
      positions.append(row)
    }
  }

  private mutating func index(along column: Column) -> Int {
    if let known = blocks.firstIndex(where: { $0.columns[0].isSame(as: column) }) { return known }
    blocks.append(Block(columns: [column]))
    return blocks.count - 1
  }

  private mutating func column(_ column: Column, in block: Int) -> Int {
    if let known = blocks[block].columns.firstIndex(where: { $0.isSame(as: column) }) {
      return known + 1
    }
    blocks[block].columns.append(column)
    return blocks[block].columns.count
  }

  /// The table as text: tabs between columns, two empty lines between blocks.
  ///
  /// Every block begins with comments that describe its columns and end with their names. A value
  /// that is not finite is written `NaN`. Other numbers are as short as they can be without
  /// changing a bit.
  func text(heading: [String]) -> String {
    var text = heading.map(PlainText.comment).joined()
    for (index, block) in blocks.enumerated() {
      if index > 0 { text += "\n\n" }
      for (number, column) in block.columns.enumerated() {
        text += PlainText.comment(
          "column \(number + 1): \(column.name), symbol \(column.symbol), unit \(column.units): "
            + column.longName)
      }
      text += PlainText.comment(block.columns.map(\.name).joined(separator: "\t"))
      for row in 0..<block.columns[0].values.count {
        for (number, column) in block.columns.enumerated() {
          if number > 0 { text += "\t" }
          text += PlainText.number(column.values[row])
        }
        text += "\n"
      }
    }
    return text
  }
}
