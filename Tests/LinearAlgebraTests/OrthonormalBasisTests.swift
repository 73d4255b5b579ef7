import LinearAlgebra
import Testing

@Suite struct OrthonormalBasisTests {
  @Test("A completed basis is orthonormal and starts with the given columns, bit for bit")
  func completion() throws {
    var generator = Generator(seed: 1)
    for rows in 0...6 {
      for columns in 0...rows {
        let given = try generator.matrix(rows, columns).qrDecomposition().orthogonal
        let basis = try given.completedToOrthonormalBasis()
        #expect(basis.rows == rows && basis.columns == rows)
        #expect(basis.columns(0..<columns) == given)
        #expect(orthonormalityError(basis) <= 50 * Double.ulpOfOne)
        #expect(obeysSignRule(basis.columns(columns..<rows)))
      }
    }
  }

  @Test("No columns at all are completed to the identity", arguments: 0...5)
  func noColumns(_ rows: Int) throws {
    #expect(
      try Matrix<Double>(rows: rows, columns: 0).completedToOrthonormalBasis() == .identity(rows))
  }

  @Test("A complete basis is returned as it is")
  func alreadyComplete() throws {
    var generator = Generator(seed: 2)
    let basis = try generator.matrix(5, 5).qrDecomposition().orthogonal
    #expect(try basis.completedToOrthonormalBasis() == basis)
  }

  @Test("The added columns do not hang on rounding, though no unit vector stands out")
  func wellDetermined() throws {
    // Column i is (e₂ᵢ + e₂ᵢ₊₁)/√2; four of the eight unit vectors alone do not span the rest.
    let a = 0.5.squareRoot()
    let given = Matrix<Double>(rows: 8, columns: 4) { i, j in i / 2 == j ? a : 0 }
    let basis = try given.completedToOrthonormalBasis()
    let expected = Matrix<Double>(rows: 8, columns: 4) { i, j in
      i / 2 == j ? (i % 2 == 0 ? a : -a) : 0
    }
    #expect((basis.columns(4..<8) - expected).largestMagnitude <= 8 * Double.ulpOfOne)
    var generator = Generator(seed: 3)
    let shaken = given + 1e-15 * generator.matrix(8, 4)
    let other = try shaken.completedToOrthonormalBasis()
    #expect((other.columns(4..<8) - expected).largestMagnitude <= 1e-14)
  }

  @Test("A wide completion keeps its orthogonality")
  func large() throws {
    var generator = Generator(seed: 4)
    let given = try generator.matrix(120, 7).qrDecomposition().orthogonal
    let basis = try given.completedToOrthonormalBasis()
    #expect(orthonormalityError(basis) <= 120 * Double.ulpOfOne)
  }

  @Test("What is not finite throws")
  func notFinite() {
    let error = LinearAlgebraError.notFinite(
      factorization: "completion to a basis", shape: "2 × 1")
    #expect(throws: error) { try Matrix([[1], [.nan]]).completedToOrthonormalBasis() }
  }
}
