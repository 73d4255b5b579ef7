/// A matrix on a ``Tape``: a leaf, or the result of an operation on others.
///
/// It is only a place and a shape; the tape holds the entries. A variable belongs to the tape that
/// made it and to the copies made of that tape afterwards.
public struct Variable: Hashable, Sendable {
  /// Number of rows.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
  /// Place in the order of recording.
  let index: Int

  /// Number of rows and columns in words, such as `3 × 2`.
  public var shape: String { "\(rows) × \(columns)" }
}
