import LinearAlgebra
import Testing

@Suite("Quadratic forms")
struct QuadraticFormTests {
  @Test("whole numbers give exact forms, small and large alike", arguments: [1, 2, 5, 40])
  func exact(_ size: Int) {
    var generator = Generator(seed: UInt64(size))
    func whole(_ rows: Int, _ columns: Int) -> Matrix<Double> {
      generator.matrix(rows, columns).map { (9 * $0).rounded() }
    }
    // With 40 the product of the sizes is beyond what is summed without BLAS.
    let (form, map, other) = (whole(size, size), whole(size, size), whole(size, size))
    let gap = map - other
    let expected = (gap * form).times(gap, right: .transposed)
    var found: [Double] = []
    form.forEachRowForm(of: map, minus: other) { found.append($0) }
    #expect(found == expected.diagonal)
    #expect(form.form(of: map, minus: other) == expected.diagonal.reduce(0, +))
  }

  @Test("no rows have no form, and what is not a number stays none")
  func edges() {
    let form = Matrix<Double>.identity(3)
    let none = Matrix<Double>(rows: 0, columns: 3)
    #expect(form.form(of: none, minus: none) == 0)
    let odd = Matrix<Double>([[.nan, 0, 0]])
    #expect(form.form(of: odd, minus: Matrix(rows: 1, columns: 3)).isNaN)
  }
}
