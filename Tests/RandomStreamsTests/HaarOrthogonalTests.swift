import LinearAlgebra
import RandomStreams
import Testing

@Suite struct HaarOrthogonalTests {
  /// SciPy's QR factorisation may add in another order; over these sizes 4·10⁻¹⁵ was seen.
  private let tolerance = 1e-12

  @Test("The matrix is SciPy's and the stream continues at the same place")
  func referenceMatrices() throws {
    let cases = try JSON.reference("scipy_ortho").value("cases").list
    #expect(cases.count == 10)
    for entry in cases {
      let seed = try #require(try entry.value("seed").integer)
      let size = try #require(try entry.value("dim").integer)
      var stream = try NumPyStream(seed: seed)
      let matrix = try haarOrthogonal(size, using: &stream)
      if let all = entry.table["R"] {
        expectClose(matrix.elements, all.numbers)
      } else {
        expectClose(matrix.row(0), try entry.value("R_row0").numbers)
        expectClose(matrix.row(size - 1), try entry.value("R_row_last").numbers)
      }
      #expect(try .bits(stream.normals(count: 2)) == entry.value("next_randn2").exact)
    }
  }

  @Test("Inputs, shuffled noise, test inputs and rotation follow one another as in the notebook")
  func notebookStream() throws {
    let expected = try JSON.reference("scipy_ortho").value("notebook_stream_seed12")
    var stream = try NumPyStream(seed: 12)
    let inputs = stream.normals(rows: 50, columns: 2)
    #expect(try .digest(inputs.elements) == expected.value("X_sha"))
    let halves = (0..<2).flatMap { _ in stream.normals(rows: 25, columns: 2).elements }
    var noise = Matrix(rows: 50, columns: 2, elements: halves)
    stream.shuffleRows(of: &noise)
    #expect(try .digest(noise.elements) == expected.value("eps_shuffled_sha"))
    #expect(try .bits(noise.row(0)) == expected.value("eps_row0").exact)
    let testInputs = stream.normals(rows: 5000, columns: 2)
    #expect(try .digest(testInputs.elements) == expected.value("Xt_sha"))
    #expect(try .bits(testInputs.row(0)) == expected.value("Xt_row0").exact)
    let rotation = try haarOrthogonal(50, using: &stream)
    expectClose(rotation.row(0), try expected.value("R_row0").numbers)
    expectClose(rotation.row(49), try expected.value("R_row_last").numbers)
    #expect(try .bits(stream.normals(count: 2)) == expected.value("next_randn2").exact)
  }

  @Test("The columns are orthonormal", arguments: [1, 2, 7, 50])
  func orthonormality(size: Int) throws {
    var stream = try NumPyStream(seed: 42)
    let matrix = try haarOrthogonal(size, using: &stream)
    for i in 0..<size {
      for j in 0..<size {
        let product = zip(matrix.column(i), matrix.column(j)).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(product - (i == j ? 1 : 0)) < 1e-13)
      }
    }
  }

  @Test("Size 1 gives the sign of the number drawn, so both signs occur")
  func sizeOne() throws {
    var signs: Set<Double> = []
    for seed in 0..<20 {
      var stream = try NumPyStream(seed: seed)
      var copy = stream
      let sign = try haarOrthogonal(1, using: &stream)[0, 0]
      #expect(sign == (copy.normal() > 0 ? 1 : -1))
      signs.insert(sign)
    }
    #expect(signs == [-1, 1])
  }

  @Test("A size below 1 is refused and nothing is drawn", arguments: [0, -3])
  func refusedSizes(size: Int) throws {
    let start = try NumPyStream(seed: 12)
    var stream = start
    #expect(throws: RandomStreamError.sizeNotPositive(size)) {
      try haarOrthogonal(size, using: &stream)
    }
    #expect(stream == start)
  }

  private func expectClose(_ numbers: [Double], _ expected: [Double]) {
    #expect(numbers.count == expected.count)
    #expect(zip(numbers, expected).allSatisfy { abs($0 - $1) <= tolerance })
  }
}
