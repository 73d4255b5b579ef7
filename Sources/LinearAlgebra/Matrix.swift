import COpenBLAS

/// A number that the linear algebra of this package computes with: `Double` or `Float`.
public protocol MatrixScalar: BinaryFloatingPoint, Sendable {
  /// Adds `alpha · op(A) · op(B)` to `beta · C` in place, all row-major.
  static func multiplyAdd(
    transposeLeft: Bool, transposeRight: Bool, rows: Int, columns: Int, inner: Int, alpha: Self,
    left: UnsafePointer<Self>, leftStride: Int, right: UnsafePointer<Self>, rightStride: Int,
    beta: Self, result: UnsafeMutablePointer<Self>, resultStride: Int)
}

/// A dense row-major matrix with value semantics.
///
/// Empty matrices (no rows, no columns, or neither) are ordinary values everywhere. Members that
/// walk over all entries are specialised by hand, because a debug build specialises nothing across
/// modules and an unspecialised loop takes 15 to 250 times as long.
public struct Matrix<Scalar: MatrixScalar>: Equatable, Sendable {
  /// Number of rows.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
  /// All entries, row after row; its count is always `rows · columns`.
  public var elements: [Scalar]

  /// Makes a `rows` × `columns` matrix from its entries in row-major order.
  ///
  /// - Precondition: `elements.count == rows * columns`.
  public init(rows: Int, columns: Int, elements: [Scalar]) {
    precondition(
      rows >= 0 && columns >= 0 && elements.count == rows * columns,
      "a \(rows) × \(columns) matrix needs \(rows * columns) entries, not \(elements.count)")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// Makes a `rows` × `columns` matrix whose entries all equal `value`.
  public init(rows: Int, columns: Int, repeating value: Scalar = 0) {
    self.init(
      rows: rows, columns: columns, elements: Array(repeating: value, count: rows * columns))
  }

  /// Makes a matrix from its rows, which must have equal lengths.
  public init(_ rowsOfEntries: [[Scalar]]) {
    let columns = rowsOfEntries.first?.count ?? 0
    precondition(
      rowsOfEntries.allSatisfy { $0.count == columns },
      "the rows have different lengths: \(rowsOfEntries.map(\.count))")
    self.init(rows: rowsOfEntries.count, columns: columns, elements: rowsOfEntries.flatMap { $0 })
  }

  /// Makes a `rows` × `columns` matrix from a function of the indices.
  @inlinable
  public init(rows: Int, columns: Int, entry: (_ row: Int, _ column: Int) -> Scalar) {
    var entries: [Scalar] = []
    entries.reserveCapacity(rows * columns)
    for i in 0..<rows { for j in 0..<columns { entries.append(entry(i, j)) } }
    self.init(rows: rows, columns: columns, elements: entries)
  }

  /// The `size` × `size` identity.
  public static func identity(_ size: Int) -> Matrix {
    diagonal(Array(repeating: 1, count: size))
  }

  /// A matrix that is zero but for the given diagonal; `rows` and `columns` default to its length.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func diagonal(_ values: [Scalar], rows: Int? = nil, columns: Int? = nil) -> Matrix {
    var result = Matrix(rows: rows ?? values.count, columns: columns ?? values.count)
    for i in 0..<min(result.rows, result.columns, values.count) { result[i, i] = values[i] }
    return result
  }

  /// The entry in row `i` and column `j`.
  @inlinable
  public subscript(i: Int, j: Int) -> Scalar {
    get { elements[i * columns + j] }
    set { elements[i * columns + j] = newValue }
  }

  /// The entries of row `i`.
  public func row(_ i: Int) -> [Scalar] { Array(elements[i * columns..<(i + 1) * columns]) }

  /// The entries of column `j`.
  public func column(_ j: Int) -> [Scalar] { (0..<rows).map { self[$0, j] } }

  /// The entries on the main diagonal, `min(rows, columns)` of them.
  public var diagonal: [Scalar] { (0..<min(rows, columns)).map { self[$0, $0] } }

  /// The transpose.
  public var transposed: Matrix {
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    get { Matrix(rows: columns, columns: rows) { i, j in self[j, i] } }
  }

  /// The rows in `range`, in order.
  public func rows(_ range: Range<Int>) -> Matrix {
    Matrix(
      rows: range.count, columns: columns,
      elements: Array(elements[range.lowerBound * columns..<range.upperBound * columns]))
  }

  /// The columns in `range`, in order.
  public func columns(_ range: Range<Int>) -> Matrix {
    Matrix(rows: rows, columns: range.count) { i, j in self[i, range.lowerBound + j] }
  }

  /// The matrix with the columns of `other` to its right; both must have the same number of rows.
  public func joined(right other: Matrix) -> Matrix {
    precondition(rows == other.rows, "cannot join \(shape) and \(other.shape) side by side")
    return Matrix(rows: rows, columns: columns + other.columns) { i, j in
      j < columns ? self[i, j] : other[i, j - columns]
    }
  }

  /// Number of rows and columns in words, such as `3 × 2`.
  public var shape: String { "\(rows) × \(columns)" }

  /// Applies a function to every entry.
  @inlinable
  public func map(_ transform: (Scalar) throws -> Scalar) rethrows -> Matrix {
    Matrix(rows: rows, columns: columns, elements: try elements.map(transform))
  }

  /// Sum of the squares of all entries.
  public var squaredNorm: Scalar {
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    get { elements.withUnsafeBufferPointer { $0.reduce(0) { $0 + $1 * $1 } } }
  }

  /// Frobenius norm: the root of ``squaredNorm``.
  public var norm: Scalar { squaredNorm.squareRoot() }

  /// Largest absolute value of any entry; 0 for an empty matrix, NaN if any entry is.
  public var largestMagnitude: Scalar {
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    get { elements.reduce(0) { $1.isNaN || $0.isNaN ? .nan : max($0, abs($1)) } }
  }

  /// Sum of the diagonal entries.
  public var trace: Scalar { diagonal.reduce(0, +) }

  /// Whether no entry is infinite or NaN.
  public var isFinite: Bool {
    @specialized(where Scalar == Double)
    @specialized(where Scalar == Float)
    get { elements.allSatisfy(\.isFinite) }
  }
}
