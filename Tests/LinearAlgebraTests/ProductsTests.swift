import LinearAlgebra
import Testing

@Suite struct ProductsTests {
  private static let orientations = [Orientation.plain, .transposed]

  /// The product by its definition.
  private func definition<Scalar>(_ a: Matrix<Scalar>, _ b: Matrix<Scalar>) -> Matrix<Scalar> {
    Matrix(rows: a.rows, columns: b.columns) { i, j in
      (0..<a.columns).reduce(0) { $0 + a[i, $1] * b[$1, j] }
    }
  }

  private func checkProducts<Scalar: MatrixScalar>(
    _ type: Scalar.Type, rows: Int, inner: Int, columns: Int
  ) {
    var generator = Generator(seed: 1)
    let a: Matrix<Scalar> = generator.wholeMatrix(rows, inner)
    let b: Matrix<Scalar> = generator.wholeMatrix(inner, columns)
    let c: Matrix<Scalar> = generator.wholeMatrix(rows, columns)
    let expected = definition(a, b)
    #expect(a * b == expected)
    for left in Self.orientations {
      for right in Self.orientations {
        let x = left == .plain ? a : a.transposed
        let y = right == .plain ? b : b.transposed
        #expect(x.times(y, left: left, right: right) == expected)
        var sum = c
        sum.setProduct(x, y, left: left, right: right, scale: 2, keep: -3)
        #expect(sum == 2 * expected - 3 * c)
      }
    }
  }

  @Test("Products of whole numbers are exact in every orientation", arguments: smallShapes)
  func products(_ shape: [Int]) {
    for columns in 0...4 {
      checkProducts(Double.self, rows: shape[0], inner: shape[1], columns: columns)
      checkProducts(Float.self, rows: shape[0], inner: shape[1], columns: columns)
    }
  }

  @Test("A product that replaces a matrix does not read it, not even NaN")
  func overwriting() {
    let two = Matrix<Double>([[2]])
    var result = Matrix<Double>([[.nan]])
    result.setProduct(two, two)
    #expect(result == Matrix([[4]]))
    result = Matrix([[.nan]])
    result.setProduct(Matrix(rows: 1, columns: 0), Matrix(rows: 0, columns: 1))
    #expect(result == Matrix([[0]]))
  }

  @Test("A matrix can be replaced by a product of itself")
  func aliasing() {
    var m = Matrix<Double>([[1, 2], [3, 4]])
    m.setProduct(m, m, right: .transposed)
    #expect(m == Matrix([[5, 11], [11, 25]]))
    m.add(m, scale: -1)
    #expect(m == Matrix(rows: 2, columns: 2))
  }

  @Test("Entry-by-entry arithmetic of whole numbers is exact", arguments: smallShapes)
  func elementwise(_ shape: [Int]) {
    var generator = Generator(seed: 2)
    let a: Matrix<Double> = generator.wholeMatrix(shape[0], shape[1])
    let b: Matrix<Double> = generator.wholeMatrix(shape[0], shape[1])
    func entries(_ combine: (Double, Double) -> Double) -> Matrix<Double> {
      Matrix(rows: shape[0], columns: shape[1]) { combine(a[$0, $1], b[$0, $1]) }
    }
    #expect(a + b == entries { $0 + $1 })
    #expect(a - b == entries { $0 - $1 })
    #expect(a.timesElementwise(b) == entries { $0 * $1 })
    #expect(3 * a == entries { x, _ in 3 * x })
    var sum = a
    sum.add(b, scale: -2)
    #expect(sum == entries { $0 - 2 * $1 })
  }

  @Test("A large product agrees with its definition to rounding")
  func largeProduct() {
    var generator = Generator(seed: 3)
    let (a, b) = (generator.matrix(37, 211), generator.matrix(211, 53))
    // 211 additions of numbers below 1: at most 211 · 211 · ε/2 each way.
    #expect((a * b - definition(a, b)).largestMagnitude <= 211 * 211 * Double.ulpOfOne)
  }

  @Test("Shapes that do not fit stop the program")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix<Double>(rows: 2, columns: 3) * Matrix(rows: 2, columns: 3)
    }
    await #expect(processExitsWith: .failure) {
      var result = Matrix<Double>(rows: 2, columns: 2)
      result.setProduct(Matrix(rows: 2, columns: 3), Matrix(rows: 3, columns: 1))
    }
    await #expect(processExitsWith: .failure) {
      _ = Matrix<Double>(rows: 2, columns: 3) + Matrix(rows: 3, columns: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = Matrix<Double>(rows: 2, columns: 3).timesElementwise(Matrix(rows: 3, columns: 2))
    }
  }

  @Test("BLAS uses the number of threads that it is told to use, and says what it is")
  func threads() {
    let before = BLAS.threads
    defer { BLAS.useThreads(before) }
    for count in [2, 1] {
      BLAS.useThreads(count)
      #expect(BLAS.threads == count)
    }
    #expect(!BLAS.coreName.isEmpty)
    #expect(BLAS.configuration.hasPrefix("OpenBLAS"))
  }
}
