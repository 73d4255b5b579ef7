import LinearAlgebra
import Testing

@Suite struct QRTests {
  @Test(
    "A matrix is Q·R with orthonormal Q and upper triangular R, diagonal ≥ 0",
    arguments: smallShapes)
  func factors(_ shape: [Int]) throws {
    var generator = Generator(seed: 1)
    let m = generator.matrix(shape[0], shape[1])
    let qr = try m.qrDecomposition()
    let inner = min(shape[0], shape[1])
    #expect(qr.orthogonal.rows == shape[0] && qr.orthogonal.columns == inner)
    #expect(qr.triangular.rows == inner && qr.triangular.columns == shape[1])
    // Householder QR is backward stable: a small multiple of size · ε for entries below 1.
    let tolerance = 50 * Double.ulpOfOne
    #expect(orthonormalityError(qr.orthogonal) <= tolerance)
    #expect((qr.orthogonal * qr.triangular - m).largestMagnitude <= tolerance)
    #expect(qr.triangular.diagonal.allSatisfy { $0 > 0 })
    for i in 0..<inner { for j in 0..<min(i, shape[1]) { #expect(qr.triangular[i, j] == 0) } }
  }

  @Test("The factor with positive diagonal is unique: Q and R are found again from their product")
  func uniqueness() throws {
    var generator = Generator(seed: 2)
    let q = try generator.matrix(6, 4).qrDecomposition().orthogonal
    let r = Matrix<Double>([[3, -1, 2, 0.5], [0, 2, 1, -1], [0, 0, 1, 4], [0, 0, 0, 2]])
    let again = try (q * r).qrDecomposition()
    // R has condition 16.
    #expect((again.orthogonal - q).largestMagnitude < 1e-13)
    #expect((again.triangular - r).largestMagnitude < 1e-13)
  }

  @Test("A rank-deficient matrix still has orthonormal columns and a diagonal ≥ 0")
  func deficient() throws {
    let m = Matrix<Double>([[1, 1, 0], [1, 1, 0], [1, 1, 0]])
    let qr = try m.qrDecomposition()
    #expect(orthonormalityError(qr.orthogonal) <= 50 * Double.ulpOfOne)
    #expect((qr.orthogonal * qr.triangular - m).largestMagnitude <= 50 * Double.ulpOfOne)
    #expect(qr.triangular.diagonal.allSatisfy { $0 >= 0 })
    #expect(qr.triangular[2, 2] == 0)
  }

  @Test("What is not finite throws", arguments: [Double.nan, .infinity])
  func notFinite(_ bad: Double) {
    let error = LinearAlgebraError.notFinite(factorization: "QR decomposition", shape: "1 × 2")
    #expect(throws: error) { try Matrix([[1, bad]]).qrDecomposition() }
  }
}
