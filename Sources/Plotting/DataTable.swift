import Foundation

/// The numbers of a figure as blocks, each number once, in full precision.
struct DataTable {
  /// A part of the table that scripts call by its index: columns along the first of them.
  struct Block {
    var columns: [Column]
    /// Number of rows between empty lines, which part the rows of a plane; `nil` for no such lines.
    var scan: Int?
  }

  /// Where columns are; they count from 1, as in scripts.
  struct Position: Equatable {
    var block: Int
    var columns: [Int]

    /// The column of the n-th placed.
    subscript(index: Int) -> Int { columns[index] }
  }

  /// The blocks, in the order of their first use.
  private(set) var blocks: [Block] = []

  /// Puts columns into the block of the first of them, each only once, and says where they are.
  mutating func place(_ columns: [Column]) -> Position {
    precondition(!columns.isEmpty, "a mark without columns")
    let shared = blocks.firstIndex { $0.scan == nil && $0.columns[0].isSame(as: columns[0]) }
    let index = shared ?? blocks.count
    var known = shared.map { blocks[$0].columns } ?? [columns[0]]
    let places = columns.map { column in
      if let place = known.firstIndex(where: { $0.isSame(as: column) }) { return place + 1 }
      known.append(column)
      return known.count
    }
    if shared == nil { blocks.append(Block(columns: [])) }
    blocks[index].columns = known
    return Position(block: index, columns: places)
  }

  /// Puts a grid into a block of its own, only once, and says which.
  mutating func place(_ grid: Grid) -> Int {
    let (x, y) = (grid.x.values, grid.y.values)
    let columns = [
      grid.x.with(y.flatMap { _ in x }), grid.y.with(y.flatMap { y in x.map { _ in y } }),
      grid.values,
    ]
    let known = blocks.firstIndex { block in
      block.scan == x.count && zip(block.columns, columns).allSatisfy { $0.isSame(as: $1) }
    }
    if let known { return known }
    blocks.append(Block(columns: columns, scan: x.count))
    return blocks.count - 1
  }

  /// The table as text: tabs between columns, two empty lines between blocks, one between the rows of
  /// a grid.
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
      for row in block.columns[0].values.indices {
        if let scan = block.scan, row > 0, row.isMultiple(of: scan) { text += "\n" }
        text +=
          block.columns.map { PlainText.number($0.values[row]) }.joined(separator: "\t") + "\n"
      }
    }
    return text
  }
}
