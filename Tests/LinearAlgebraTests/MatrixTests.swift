import LinearAlgebra
import Testing

@Suite struct MatrixTests {
  private let m = Matrix<Double>([[1, 2, 3], [4, 5, 6]])

  @Test("Entries lie row after row")
  func storage() {
    #expect(m.elements == [1, 2, 3, 4, 5, 6])
    #expect(m[1, 0] == 4)
    #expect(m.row(1) == [4, 5, 6])
    #expect(m.column(2) == [3, 6])
    #expect(m.shape == "2 × 3")
    #expect(m == Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6]))
    #expect(m == Matrix(rows: 2, columns: 3) { Double(3 * $0 + $1 + 1) })
    #expect(m != Matrix(rows: 3, columns: 2, elements: m.elements))
  }

  @Test("A copy of a matrix goes its own way")
  func valueSemantics() {
    var copy = m
    copy[0, 0] = -1
    #expect(m[0, 0] == 1)
    #expect(copy.elements == [-1, 2, 3, 4, 5, 6])
  }

  @Test("Blocks of rows and columns are cut and joined", arguments: smallShapes)
  func blocks(_ shape: [Int]) {
    var generator = Generator(seed: 1)
    let a: Matrix<Double> = generator.wholeMatrix(shape[0], shape[1])
    for cut in 0...shape[1] {
      let (left, right) = (a.columns(0..<cut), a.columns(cut..<shape[1]))
      #expect(left.columns == cut && left.rows == shape[0])
      #expect(left.joined(right: right) == a)
    }
    for cut in 0...shape[0] {
      let (above, below) = (a.rows(0..<cut), a.rows(cut..<shape[0]))
      #expect(above.rows == cut && above.columns == shape[1])
      #expect(above.elements + below.elements == a.elements)
    }
  }

  @Test("Transposing exchanges indices and twice changes nothing", arguments: smallShapes)
  func transposed(_ shape: [Int]) {
    var generator = Generator(seed: 2)
    let a: Matrix<Double> = generator.wholeMatrix(shape[0], shape[1])
    #expect(a.transposed.rows == shape[1] && a.transposed.columns == shape[0])
    #expect(a.transposed.transposed == a)
    for i in 0..<a.rows { #expect(a.row(i) == a.transposed.column(i)) }
  }

  @Test("A diagonal fits into rectangles and loses what lies outside")
  func diagonals() {
    #expect(Matrix<Double>.identity(2) == Matrix([[1, 0], [0, 1]]))
    #expect(Matrix<Double>.identity(0) == Matrix(rows: 0, columns: 0))
    #expect(
      Matrix<Double>.diagonal([2, 3], rows: 3, columns: 2) == Matrix([[2, 0], [0, 3], [0, 0]]))
    #expect(Matrix<Double>.diagonal([2, 3], rows: 1, columns: 3) == Matrix([[2, 0, 0]]))
    #expect(m.diagonal == [1, 5])
    #expect(m.trace == 6)
    #expect(Matrix<Double>(rows: 0, columns: 3).trace == 0)
  }

  @Test("Norms of whole numbers are exact, those of empty matrices are 0")
  func norms() {
    #expect(m.squaredNorm == 91)
    #expect(Matrix<Double>([[3, 0], [0, -4]]).norm == 5)
    #expect(Matrix<Double>([[3, 0], [0, -4]]).largestMagnitude == 4)
    #expect(Matrix<Float>([[3, 0], [0, -4]]).norm == 5)
    for empty in [Matrix<Double>(rows: 0, columns: 3), Matrix(rows: 3, columns: 0)] {
      #expect(empty.squaredNorm == 0 && empty.norm == 0 && empty.largestMagnitude == 0)
    }
  }

  @Test("What is not finite is seen wherever it stands", arguments: [Double.nan, .infinity])
  func notFinite(_ bad: Double) {
    #expect(m.isFinite)
    #expect(Matrix<Double>(rows: 0, columns: 2).isFinite)
    for k in m.elements.indices {
      var spoilt = m
      spoilt.elements[k] = bad
      #expect(!spoilt.isFinite)
      #expect(spoilt.largestMagnitude.isNaN == bad.isNaN)
      #expect(bad.isNaN || spoilt.largestMagnitude == .infinity)
    }
  }

  @Test("A function is applied to every entry")
  func map() {
    #expect(m.map { -$0 } == Matrix([[-1, -2, -3], [-4, -5, -6]]))
  }

  @Test("Shapes that do not fit stop the program")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix<Double>(rows: 2, columns: 2, elements: [1, 2, 3])
    }
    await #expect(processExitsWith: .failure) { _ = Matrix<Double>([[1, 2], [3]]) }
    await #expect(processExitsWith: .failure) {
      _ = Matrix<Double>.identity(2).joined(right: .identity(3))
    }
  }
}
