import LinearAlgebra

/// A row-major matrix inside a larger storage.
struct MatrixView {
  let start: UnsafeMutablePointer<Double>
  let rows: Int
  let columns: Int

  /// The part of `storage` that belongs to `node`.
  init(_ node: Node, in storage: UnsafeMutablePointer<Double>) {
    start = storage + node.offset
    rows = node.rows
    columns = node.columns
  }

  var count: Int { rows * columns }

  subscript(k: Int) -> Double {
    get { start[k] }
    nonmutating set { start[k] = newValue }
  }

  /// Replaces the entries by `op(a) · op(b)`, or adds that to them if `adding`.
  func setProduct(
    _ a: MatrixView, _ left: Orientation, _ b: MatrixView, _ right: Orientation, adding: Bool
  ) {
    guard count > 0 else { return }
    let inner = left == .plain ? a.columns : a.rows
    guard inner > 0 else {
      if !adding { start.update(repeating: 0, count: count) }
      return
    }
    Double.multiplyAdd(
      transposeLeft: left == .transposed, transposeRight: right == .transposed,
      rows: rows, columns: columns, inner: inner, alpha: 1,
      left: a.start, leftStride: a.columns, right: b.start, rightStride: b.columns,
      beta: adding ? 1 : 0, result: start, resultStride: columns)
  }
}
