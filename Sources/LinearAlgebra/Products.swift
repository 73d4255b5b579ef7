import COpenBLAS

extension Double: MatrixScalar {
  /// `cblas_dgemm` on row-major storage.
  public static func multiplyAdd(
    transposeLeft: Bool, transposeRight: Bool, rows: Int, columns: Int, inner: Int, alpha: Double,
    left: UnsafePointer<Double>, leftStride: Int, right: UnsafePointer<Double>, rightStride: Int,
    beta: Double, result: UnsafeMutablePointer<Double>, resultStride: Int
  ) {
    cblas_dgemm(
      CblasRowMajor, transposeLeft ? CblasTrans : CblasNoTrans,
      transposeRight ? CblasTrans : CblasNoTrans, blasint(rows), blasint(columns), blasint(inner),
      alpha, left, blasint(leftStride), right, blasint(rightStride), beta, result,
      blasint(resultStride))
  }
}

extension Float: MatrixScalar {
  /// `cblas_sgemm` on row-major storage.
  public static func multiplyAdd(
    transposeLeft: Bool, transposeRight: Bool, rows: Int, columns: Int, inner: Int, alpha: Float,
    left: UnsafePointer<Float>, leftStride: Int, right: UnsafePointer<Float>, rightStride: Int,
    beta: Float, result: UnsafeMutablePointer<Float>, resultStride: Int
  ) {
    cblas_sgemm(
      CblasRowMajor, transposeLeft ? CblasTrans : CblasNoTrans,
      transposeRight ? CblasTrans : CblasNoTrans, blasint(rows), blasint(columns), blasint(inner),
      alpha, left, blasint(leftStride), right, blasint(rightStride), beta, result,
      blasint(resultStride))
  }
}

/// Whether a factor of a product enters as it is or transposed.
public enum Orientation: Sendable {
  /// As stored.
  case plain
  /// Rows and columns exchanged, without a copy.
  case transposed
}

extension Matrix {
  /// The product `op(self) · op(other)`.
  ///
  /// - Precondition: the inner sizes agree.
  /// - Complexity: O(rows · columns · inner), in BLAS unless it is small.
  public func times(
    _ other: Matrix, left: Orientation = .plain, right: Orientation = .plain
  ) -> Matrix {
    var result = Matrix(
      rows: left == .plain ? rows : columns,
      columns: right == .plain ? other.columns : other.rows)
    result.setProduct(self, other, left: left, right: right)
    return result
  }

  /// Replaces this matrix by `scale · op(a) · op(b) + keep · self` without allocating.
  ///
  /// - Precondition: the shapes agree.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func setProduct(
    _ a: Matrix, _ b: Matrix, left: Orientation = .plain, right: Orientation = .plain,
    scale: Scalar = 1, keep: Scalar = 0
  ) {
    let inner = left == .plain ? a.columns : a.rows
    precondition(
      inner == (right == .plain ? b.rows : b.columns)
        && rows == (left == .plain ? a.rows : a.columns)
        && columns == (right == .plain ? b.columns : b.rows),
      "cannot store \(a.shape) (\(left)) times \(b.shape) (\(right)) in \(shape)")
    guard rows > 0, columns > 0 else { return }
    guard inner > 0 else {
      for i in elements.indices { elements[i] = keep == 0 ? 0 : elements[i] * keep }
      return
    }
    let (rows, columns) = (rows, columns)
    a.elements.withUnsafeBufferPointer { x in
      b.elements.withUnsafeBufferPointer { y in
        elements.withUnsafeMutableBufferPointer { z in
          // BLAS locks for every product, and threads with many small ones would wait for each other.
          guard rows * columns * inner > Self.smallProduct else {
            let (xRow, xInner) = left == .plain ? (a.columns, 1) : (1, a.columns)
            let (yInner, yColumn) = right == .plain ? (b.columns, 1) : (1, b.columns)
            for i in 0..<rows {
              for j in 0..<columns {
                var sum: Scalar = 0
                for k in 0..<inner { sum += x[i * xRow + k * xInner] * y[k * yInner + j * yColumn] }
                let old = keep == 0 ? 0 : keep * z[i * columns + j]
                z[i * columns + j] = scale * sum + old
              }
            }
            return
          }
          guard let x = x.baseAddress, let y = y.baseAddress, let z = z.baseAddress else { return }
          Scalar.multiplyAdd(
            transposeLeft: left == .transposed, transposeRight: right == .transposed,
            rows: rows, columns: columns, inner: inner, alpha: scale,
            left: x, leftStride: a.columns, right: y, rightStride: b.columns,
            beta: keep, result: z, resultStride: columns)
        }
      }
    }
  }

  /// Multiplications of a product up to which it is summed here, in order, and not by BLAS.
  private static var smallProduct: Int { 64 }

  /// Adds `scale · other` entry by entry.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func add(_ other: Matrix, scale: Scalar = 1) {
    precondition(
      rows == other.rows && columns == other.columns, "cannot add \(other.shape) to \(shape)")
    elements.withUnsafeMutableBufferPointer { x in
      other.elements.withUnsafeBufferPointer { y in
        for i in x.indices { x[i] += scale * y[i] }
      }
    }
  }

  /// The matrix product.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func * (left: Matrix, right: Matrix) -> Matrix { left.times(right) }

  /// Every entry times a number.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func * (factor: Scalar, matrix: Matrix) -> Matrix {
    var multiple = matrix
    multiple.elements.withUnsafeMutableBufferPointer { x in
      for i in x.indices { x[i] *= factor }
    }
    return multiple
  }

  /// The sum, entry by entry.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func + (left: Matrix, right: Matrix) -> Matrix {
    var sum = left
    sum.add(right)
    return sum
  }

  /// The difference, entry by entry.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public static func - (left: Matrix, right: Matrix) -> Matrix {
    var difference = left
    difference.add(right, scale: -1)
    return difference
  }

  /// The products of entries at equal places.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func timesElementwise(_ other: Matrix) -> Matrix {
    precondition(
      rows == other.rows && columns == other.columns,
      "cannot multiply \(shape) by \(other.shape) entry by entry")
    var product = self
    product.elements.withUnsafeMutableBufferPointer { x in
      other.elements.withUnsafeBufferPointer { y in
        for i in x.indices { x[i] *= y[i] }
      }
    }
    return product
  }
}

/// The number of threads that BLAS may use, and what it is built from.
///
/// The setting belongs to the whole process; 1 makes results independent of the machine's load.
public enum BLAS {
  /// Sets the number of threads of every later BLAS and LAPACK call.
  public static func useThreads(_ count: Int) { openblas_set_num_threads(Int32(count)) }

  /// The number of threads that BLAS and LAPACK calls use.
  public static var threads: Int { Int(openblas_get_num_threads()) }

  /// The processor family whose kernels OpenBLAS chose, such as `Haswell`.
  public static var coreName: String { String(cString: openblas_get_corename()) }

  /// OpenBLAS's own description of its version and build.
  public static var configuration: String { String(cString: openblas_get_config()) }
}
