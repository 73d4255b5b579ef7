import LinearAlgebra
import Testing

@Suite struct SymmetricEigenTests {
  @Test("A symmetric matrix is the product of its factors", arguments: 0...4)
  func factors(_ size: Int) throws {
    var generator = Generator(seed: 1)
    let half = generator.matrix(size, size)
    let m = half + half.transposed
    let eigen = try m.symmetricEigen()
    #expect(eigen.values.count == size)
    // Backward stable: a small multiple of size · ε · |λ|, with |λ| ≤ 8.
    let tolerance = 100 * Double.ulpOfOne
    #expect(orthonormalityError(eigen.vectors) <= tolerance)
    let product = (eigen.vectors * .diagonal(eigen.values))
      .times(eigen.vectors, right: .transposed)
    #expect((product - m).largestMagnitude <= tolerance)
    #expect(zip(eigen.values, eigen.values.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(obeysSignRule(eigen.vectors))
  }

  @Test("Eigenvalues fall, negative ones last, and vectors of equal entries tie to the first")
  func knownValues() throws {
    let diagonal = try Matrix<Double>.diagonal([-3, 2, 7]).symmetricEigen()
    #expect(diagonal.values == [7, 2, -3])
    #expect(diagonal.vectors == Matrix([[0, 0, 1], [0, 1, 0], [1, 0, 0]]))
    let pair = try Matrix<Double>([[2, 1], [1, 2]]).symmetricEigen()
    let a = 0.5.squareRoot()
    // Both vectors have entries of equal magnitude up to rounding.
    #expect((pair.vectors - Matrix([[a, a], [a, -a]])).largestMagnitude < 4 * Double.ulpOfOne)
    #expect((Matrix([pair.values]) - Matrix([[3, 1]])).largestMagnitude < 8 * Double.ulpOfOne)
  }

  @Test("Only the upper half is read")
  func upperHalf() throws {
    let m = Matrix<Double>([[2, 1, 0], [1, 2, 5], [0, 5, -1]])
    let upper = Matrix<Double>([[2, 1, 0], [99, 2, 5], [-99, 99, -1]])
    #expect(try upper.symmetricEigen() == m.symmetricEigen())
  }

  @Test("What is not finite throws", arguments: [Double.nan, .infinity])
  func notFinite(_ bad: Double) {
    let error = LinearAlgebraError.notFinite(
      factorization: "eigenvalue decomposition", shape: "2 × 2")
    #expect(throws: error) { try Matrix([[1, bad], [bad, 1]]).symmetricEigen() }
  }

  @Test("A rectangle stops the program")
  func precondition() async {
    await #expect(processExitsWith: .failure) {
      _ = try Matrix<Double>(rows: 2, columns: 3).symmetricEigen()
    }
  }
}
