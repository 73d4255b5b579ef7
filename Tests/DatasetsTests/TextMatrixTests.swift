import Foundation
import LinearAlgebra
import RandomStreams
import Scenarios
import Testing

@testable import Datasets

/// Calls a function with the path of a temporary file that holds the text.
func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("matrix-\(UUID().uuidString).txt").path
  try text.write(toFile: path, atomically: true, encoding: .utf8)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

@Suite("Matrices from files")
struct TextMatrixTests {
  @Test("spaces, tabs, commas, semicolons, comments and empty lines are understood")
  func forms() throws {
    let expected = Matrix<Double>([[1, -2.5], [3e-4, 4]])
    for text in [
      "1 -2.5\n3e-4 4\n", "1,-2.5\r\n3e-4, 4", "# a comment\n\n 1\t-2.5 # more\n3e-4;4\n\n",
    ] {
      #expect(try withFile(text, readTextMatrix) == expected)
    }
  }

  @Test("what is not a matrix of finite numbers is refused with its line")
  func refused() throws {
    func sentence(_ text: String) throws -> String {
      try withFile(text) { path in
        let error = #expect(throws: ScenarioError.self) { try readTextMatrix(path) }
        return error?.description.replacingOccurrences(of: path, with: "f") ?? ""
      }
    }
    let remedy = "write it as in 0.5, -3 or 1e-4."
    #expect(try sentence("1 2\n3 x\n") == "f:2:1: 'x' is not a finite number: \(remedy)")
    #expect(try sentence("nan 2\n") == "f:1:1: 'nan' is not a finite number: \(remedy)")
    #expect(try sentence("1 inf\n") == "f:1:1: 'inf' is not a finite number: \(remedy)")
    #expect(
      try sentence("1 2\n\n3\n")
        == "f:3:1: A row has 1 numbers where the first has 2: give every row as many.")
    #expect(
      try sentence("# nothing\n")
        == "f:1:1: The file 'f' holds no numbers: write one row per line.")
  }

  @Test("a teacher is read from a file before anything is drawn")
  func teacher() throws {
    let samples = try withFile("1 2\n3 4\n5 6\n") { path in
      try LinearModelSamplingTests.draw(
        LinearModelSamplingTests.plain { $0.teacher = .file(path) })
    }
    #expect(samples.teacher == Matrix([[1, 3, 5], [2, 4, 6]]))
    var stream = NumPyStream(seed: 12 as UInt32)
    #expect(samples.inputs == stream.normals(rows: 5, columns: 3))
  }

  @Test("a teacher file that is missing, turned or of another size is refused")
  func wrongTeacher() throws {
    func sentence(_ text: String) throws -> String {
      try withFile(text) { path in
        let error = #expect(throws: ScenarioError.self) {
          try LinearModelSamplingTests.draw(
            LinearModelSamplingTests.plain { $0.teacher = .file(path) })
        }
        #expect(error?.key == "data.teacher")
        return error?.description.replacingOccurrences(of: path, with: "f") ?? ""
      }
    }
    #expect(
      try sentence("1 2 3\n4 5 6\n")
        == "The teacher in 'f' is 2 × 3, but there are 3 inputs and 2 outputs: "
        + "transpose it, one row per input.")
    #expect(
      try sentence("1 2\n")
        == "The teacher in 'f' is 1 × 2, but there are 3 inputs and 2 outputs: "
        + "give 3 rows (inputs) of 2 numbers (outputs).")
    let misspelt = #expect(throws: ScenarioError.self) {
      try LinearModelSamplingTests.draw(
        LinearModelSamplingTests.plain { $0.teacher = .file("gausian") })
    }
    #expect(
      misspelt?.description
        == "The file 'gausian' cannot be read as text: check that it exists and holds one row of "
        + "numbers per line, or did you mean the teacher gaussian?")
  }

  @Test("a reader of one's own is asked for the path, and its matrix is checked")
  func reader() throws {
    struct Refusal: Error, Equatable {}
    let model = LinearModelSamplingTests.plain { $0.teacher = .file("a.h5:/b/c") }
    var stream = NumPyStream(seed: 12 as UInt32)
    let samples = try model.draw(using: &stream) { path in
      #expect(path == "a.h5:/b/c")
      return Matrix(rows: 3, columns: 2, repeating: 7)
    }
    #expect(samples.teacher == Matrix(rows: 2, columns: 3, repeating: 7))
    #expect(throws: ScenarioError.self) {
      try model.draw(using: &stream) { _ in Matrix(rows: 3, columns: 2, repeating: .nan) }
    }
    #expect(throws: Refusal()) { try model.draw(using: &stream) { _ in throw Refusal() } }
    #expect(
      #expect(throws: ScenarioError.self) { try model.draw(using: &stream) }?.description
        == "'a.h5:/b/c' names a dataset of the HDF5 file 'a.h5', not a text file: "
        + "write the matrix as text, one row per line.")
  }

  @Test("a dataset is named by a file, a colon and a path from the root")
  func datasetPaths() {
    #expect(DatasetPath("runs/a.h5:/data/teacher")?.file == "runs/a.h5")
    #expect(DatasetPath("runs/a.h5:/data/teacher")?.dataset == "/data/teacher")
    for text in ["a.txt", ":/x", "a.h5:/", "a.h5:x", ""] { #expect(DatasetPath(text) == nil) }
  }
}
