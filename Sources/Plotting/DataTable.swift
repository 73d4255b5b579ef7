import Foundation

/// The numbers of a figure as blocks, each number once, in full precision.
struct DataTable {
  /// A part of the table that scripts call by its index.
  enum Block {
    /// Columns along one other column, which comes first.
    case columns([Column])
    /// Values over a plane.
    case grid(Grid)
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
    var (index, known) = (blocks.count, [columns[0]])
    for (number, block) in blocks.enumerated() {
      if case .columns(let own) = block, own[0].isSame(as: columns[0]) {
        (index, known) = (number, own)
        break
      }
    }
    let places = columns.map { column in
      if let place = known.firstIndex(where: { $0.isSame(as: column) }) { return place + 1 }
      known.append(column)
      return known.count
    }
    if index == blocks.count { blocks.append(.columns(known)) }
    blocks[index] = .columns(known)
    return Position(block: index, columns: places)
  }

  /// Puts a grid into a block of its own, only once, and says which.
  mutating func place(_ grid: Grid) -> Int {
    for (number, block) in blocks.enumerated() {
      if case .grid(let own) = block, own.isSame(as: grid) { return number }
    }
    blocks.append(.grid(grid))
    return blocks.count - 1
  }

  /// The table as text: tabs between columns, two empty lines between blocks.
  ///
  /// Every block begins with comments that describe its columns and, but for grids, end with their
  /// names. A grid has the horizontal coordinates in its first row, after their number, and the
  /// vertical one at the start of every other. A value that is not finite is written `NaN`. Other
  /// numbers are as short as they can be without changing a bit.
  func text(heading: [String]) -> String {
    var text = heading.map(PlainText.comment).joined()
    for (index, block) in blocks.enumerated() {
      if index > 0 { text += "\n\n" }
      switch block {
      case .columns(let columns): text += Self.text(of: columns)
      case .grid(let grid): text += Self.text(of: grid)
      }
    }
    return text
  }

  private static func text(of columns: [Column]) -> String {
    var text = ""
    for (number, column) in columns.enumerated() {
      text += PlainText.comment("column \(number + 1): \(words(column))")
    }
    text += PlainText.comment(columns.map(\.name).joined(separator: "\t"))
    for row in columns[0].values.indices {
      text += columns.map { PlainText.number($0.values[row]) }.joined(separator: "\t") + "\n"
    }
    return text
  }

  private static func text(of grid: Grid) -> String {
    var text = PlainText.comment("first row after its number: \(words(grid.x))")
    text += PlainText.comment("first column: \(words(grid.y))")
    text += PlainText.comment("values: \(words(grid.values))")
    let width = grid.x.values.count
    text += ([Double(width)] + grid.x.values).map(PlainText.number).joined(separator: "\t") + "\n"
    for (row, y) in grid.y.values.enumerated() {
      let values = grid.values.values[row * width..<(row + 1) * width]
      text += ([y] + values).map(PlainText.number).joined(separator: "\t") + "\n"
    }
    return text
  }

  private static func words(_ column: Column) -> String {
    "\(column.name), symbol \(column.symbol), unit \(column.units): \(column.longName)"
  }
}
