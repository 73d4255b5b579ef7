import Testing

@testable import LinearAlgebra

@Suite struct LinearAlgebraErrorTests {
  @Test("LAPACK's return value becomes an error that names the matrix and the code")
  func returnValues() throws {
    try LinearAlgebraError.check(0, of: "QR decomposition", shape: "2 × 3")
    let diverged = LinearAlgebraError.noConvergence(
      factorization: "QR decomposition", shape: "2 × 3")
    #expect(throws: diverged) {
      try LinearAlgebraError.check(2, of: "QR decomposition", shape: "2 × 3")
    }
    let failed = LinearAlgebraError.failed(
      factorization: "QR decomposition", shape: "2 × 3", code: -1011)
    #expect(throws: failed) {
      try LinearAlgebraError.check(-1011, of: "QR decomposition", shape: "2 × 3")
    }
    for error in [diverged, failed] {
      #expect(error.description.contains("QR decomposition of a 2 × 3 matrix"))
    }
    #expect(failed.description.contains("-1011"))
  }
}
