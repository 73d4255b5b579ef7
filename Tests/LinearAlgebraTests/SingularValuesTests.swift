import LinearAlgebra
import Testing

@Suite struct SingularValuesTests {
  /// Rank 2, whole numbers: the third and fourth columns are combinations of the first two.
  private let deficient = Matrix<Double>([
    [1, 0, 1, 2], [0, 1, 1, -1], [2, 1, 3, 3], [1, 1, 2, 1], [0, 2, 2, -2],
  ])

  @Test(
    "A matrix is the product of its factors, which have orthonormal columns", arguments: smallShapes
  )
  func factors(_ shape: [Int]) throws {
    var generator = Generator(seed: 1)
    let m = generator.matrix(shape[0], shape[1])
    let svd = try m.singularValueDecomposition()
    let modes = min(shape[0], shape[1])
    #expect(svd.values.count == modes)
    #expect(svd.left.rows == shape[0] && svd.left.columns == modes)
    #expect(svd.right.rows == shape[1] && svd.right.columns == modes)
    // LAPACK's factors are backward stable: a small multiple of size · ε · s₁, with s₁ ≤ 4.
    let tolerance = 50 * Double.ulpOfOne
    #expect(orthonormalityError(svd.left) <= tolerance)
    #expect(orthonormalityError(svd.right) <= tolerance)
    let product = (svd.left * .diagonal(svd.values)).times(svd.right, right: .transposed)
    #expect((product - m).largestMagnitude <= tolerance)
    #expect(svd.values.allSatisfy { $0 >= 0 })
    #expect(zip(svd.values, svd.values.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(obeysSignRule(svd.right))
    #expect(try m.singularValues() == svd.values)
  }

  @Test("A diagonal of whole numbers is its own decomposition but for order and sign")
  func diagonal() throws {
    let svd = try Matrix<Double>.diagonal([2, -5, 3], rows: 3, columns: 4)
      .singularValueDecomposition()
    #expect(svd.values == [5, 3, 2])
    #expect(svd.left == Matrix([[0, 0, 1], [-1, 0, 0], [0, 1, 0]]))
    #expect(svd.right == Matrix([[0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 0]]))
  }

  @Test("Singular values scale with the matrix from 1e-150 to 1e150", arguments: [1e-150, 1e150])
  func extremeScales(_ scale: Double) throws {
    let values = try (scale * Matrix<Double>([[3, 0], [4, 5]])).singularValues()
    // The singular values of [[3, 0], [4, 5]] are √45 and √5.
    for (value, square) in zip(values, [45.0, 5]) {
      #expect(abs(value / scale - square.squareRoot()) <= 10 * Double.ulpOfOne * 45.0.squareRoot())
    }
  }

  @Test("The largest entry of each column becomes positive, the first if several tie")
  func signRule() {
    var m = Matrix<Double>([[-1, 1, -2, 0, -3], [1, -1, 3, 0, 1]])
    let flipped = m.makeLargestEntriesPositive()
    #expect(flipped == [0, 4])
    #expect(m == Matrix([[1, 1, -2, 0, 3], [-1, -1, 3, 0, -1]]))
    #expect(m.makeLargestEntriesPositive() == [])
    var empty = Matrix<Double>(rows: 0, columns: 2)
    #expect(empty.makeLargestEntriesPositive() == [])
  }

  @Test("Rounding does not break a tie")
  func signRuleWithRounding() {
    let a = 0.5.squareRoot()
    for (above, below) in [(a.nextUp, a), (a, a.nextUp), (a.nextDown, a), (a, a)] {
      var m = Matrix([[-above], [below]])
      #expect(m.makeLargestEntriesPositive() == [0])
    }
    var clear = Matrix<Double>([[-1], [1.000001]])
    #expect(clear.makeLargestEntriesPositive() == [])
  }

  @Test("The rank of whole numbers with dependent columns is found")
  func rank() throws {
    let svd = try deficient.singularValueDecomposition()
    #expect(svd.rank(threshold: svd.roundingThreshold) == 2)
    #expect(svd.rank(threshold: 0) >= 2)
    let zero = try Matrix<Double>(rows: 3, columns: 2).singularValueDecomposition()
    #expect(zero.rank(threshold: zero.roundingThreshold) == 0)
    let empty = try Matrix<Double>(rows: 0, columns: 2).singularValueDecomposition()
    #expect(empty.rank(threshold: empty.roundingThreshold) == 0)
  }

  @Test("A rank-deficient pseudo-inverse fulfils the four Moore–Penrose conditions")
  func moorePenrose() throws {
    for m in [deficient, deficient.transposed] {
      let p = try m.singularValueDecomposition().pseudoInverse
      #expect(p.rows == m.columns && p.columns == m.rows)
      // s₁ is 5.9 and s₂ is 4.0: a few dozen roundings of numbers below 10.
      let tolerance = 1e-13
      #expect((m * p * m - m).largestMagnitude < tolerance)
      #expect((p * m * p - p).largestMagnitude < tolerance)
      #expect((m * p - (m * p).transposed).largestMagnitude < tolerance)
      #expect((p * m - (p * m).transposed).largestMagnitude < tolerance)
      #expect(p.norm > 0.1)
    }
  }

  @Test("The pseudo-inverse of zero is zero, and of an invertible matrix the inverse")
  func pseudoInverseLimits() throws {
    for shape in smallShapes {
      let zero = Matrix<Double>(rows: shape[0], columns: shape[1])
      #expect(try zero.singularValueDecomposition().pseudoInverse == zero.transposed)
    }
    let inverse = try Matrix<Double>([[2, 1], [1, 1]]).singularValueDecomposition().pseudoInverse
    #expect((inverse - Matrix([[1, -1], [-1, 2]])).largestMagnitude < 20 * Double.ulpOfOne)
  }

  @Test("What is not finite throws and says so", arguments: [Double.nan, -.infinity])
  func notFinite(_ bad: Double) {
    let m = Matrix([[1, 2, bad], [3, 4, 5]])
    let error = LinearAlgebraError.notFinite(
      factorization: "singular value decomposition", shape: "2 × 3")
    #expect(throws: error) { try m.singularValueDecomposition() }
    #expect(error.description.contains("singular value decomposition of a 2 × 3 matrix"))
  }
}
