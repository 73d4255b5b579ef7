import LinearAlgebra

/// The rows of a matrix in blocks, of each block all entries of a column one after the other.
///
/// Passes over a dense network work on such blocks: [block][column][row]. The last block is filled
/// up with zeros.
public struct RowBlocks<Scalar: DenseScalar>: Sendable {
  /// Number of rows.
  public private(set) var rows: Int
  /// Number of columns.
  public let columns: Int
  /// Rows per block.
  public let height: Int
  /// All entries, [block][column][row].
  private(set) var entries: [Scalar]

  /// The rows of a matrix.
  public init(_ matrix: Matrix<Scalar>, height: Int) {
    self.init(room: matrix.rows, columns: matrix.columns, height: height)
    matrix.elements.withUnsafeBufferPointer { source in
      entries.withUnsafeMutableBufferPointer { entries in
        for row in 0..<rows {
          let start = (row / height) * columns * height + row % height
          for column in 0..<columns {
            entries[start + column * height] = source[row * columns + column]
          }
        }
      }
    }
  }

  /// Room for so many rows.
  public init(room rows: Int, columns: Int, height: Int) {
    self.rows = rows
    self.columns = columns
    self.height = height
    entries = Array(repeating: 0, count: (rows + height - 1) / height * columns * height)
  }

  /// The rows again, without those that fill up the last block.
  public var matrix: Matrix<Scalar> {
    Matrix(rows: rows, columns: columns) { row, column in
      entries[((row / height) * columns + column) * height + row % height]
    }
  }

  /// Number of blocks.
  public var count: Int { (rows + height - 1) / height }

  /// Number of rows of a block that are not filled up.
  public func rows(inBlock block: Int) -> Int { min(height, rows - block * height) }

  /// Becomes some rows of other blocks, in the given order; at most as many as there is room for.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func gather(_ order: ArraySlice<Int>, from source: RowBlocks) {
    precondition(
      (order.count + height - 1) / height * columns * height <= entries.count
        && columns == source.columns, "\(order.count) rows do not fit")
    rows = order.count
    let (height, columns, rows, filled) = (height, columns, order.count, count * height)
    entries.withUnsafeMutableBufferPointer { target in
      source.entries.withUnsafeBufferPointer { entries in
        for (row, chosen) in order.enumerated() {
          let to = (row / height) * columns * height + row % height
          let from = (chosen / source.height) * columns * source.height + chosen % source.height
          for column in 0..<columns {
            target[to + column * height] = entries[from + column * source.height]
          }
        }
        // What the rows before left in the last block would reach sums over all of it.
        for row in rows..<filled {
          let to = (row / height) * columns * height + row % height
          for column in 0..<columns { target[to + column * height] = 0 }
        }
      }
    }
  }

  /// Becomes some rows of a matrix, in the given order; at most as many as there is room for.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public mutating func gather(_ order: ArraySlice<Int>, from source: Matrix<Scalar>) {
    precondition(
      (order.count + height - 1) / height * columns * height <= entries.count
        && columns == source.columns, "\(order.count) rows do not fit")
    rows = order.count
    let (height, columns, filled) = (height, columns, count * height)
    let zeros = [Scalar](repeating: 0, count: columns)
    entries.withUnsafeMutableBufferPointer { target in
      source.elements.withUnsafeBufferPointer { entries in
        zeros.withUnsafeBufferPointer { zeros in
          guard let target = target.baseAddress, let entries = entries.baseAddress,
            let zeros = zeros.baseAddress
          else { return }
          // Sixteen rows at a time, so that whole lines of the cache are written.
          for first in stride(from: 0, to: filled, by: 16) {
            let to = target + (first / height) * columns * height + first % height
            let lanes = (first..<first + 16).map {
              $0 < order.count ? entries + order[order.startIndex + $0] * columns : zeros
            }
            lanes.withUnsafeBufferPointer { lanes in
              for column in 0..<columns {
                for lane in 0..<16 { to[column * height + lane] = lanes[lane][column] }
              }
            }
          }
        }
      }
    }
  }

  /// Calls a function with the entries of a block, [column][row].
  public func withBlock(_ block: Int, _ body: (UnsafePointer<Scalar>) -> Void) {
    entries.withUnsafeBufferPointer { entries in
      guard let start = entries.baseAddress else { return }
      body(start + block * columns * height)
    }
  }
}
