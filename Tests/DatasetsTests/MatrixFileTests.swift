import Foundation
import LinearAlgebra
import Scenarios
import Testing

@testable import Datasets

/// A folder of the test's own that is removed with the value.
final class TemporaryFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("files-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
  }

  /// The sentence of the error about a file, without the folder.
  func sentence(_ name: String) -> String {
    let error = #expect(throws: ScenarioError.self) { try readMatrixFile(path + "/" + name) }
    return error?.description.replacing(path + "/", with: "") ?? ""
  }
}

/// Bytes of an IDX file of the given lengths.
func idx(_ lengths: [Int], _ entries: [UInt8]) -> [UInt8] {
  [0, 0, 8, UInt8(lengths.count)]
    + lengths.flatMap { length in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
    } + entries
}

@Suite("Matrices from files of any format")
struct MatrixFileTests {
  /// `[[[1, 2, 3], [4, 5, 6]], [[7, …]]]` as bytes of an IDX file, by gzip.
  static let compressed = Data(
    base64Encoded: "H4sIAAAAAAACA2Ng4GBmYGBggmJmRiZmFlY2dg5OLm4eAEgRDIQcAAAA")
  /// `1 2` and `3 4`, a line in each of two members.
  static let members = Data(
    base64Encoded: "H4sIAAAAAAACAzNUMOICAFe7O1wEAAAAH4sIAAAAAAACAzNWMOECAFrUaKAEAAAA")

  @Test("what a file begins with tells its format, whatever its name")
  func formats() throws {
    let folder = try TemporaryFolder()
    let expected = Matrix<Double>([[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]])
    try folder.write(idx([2, 2, 3], Array(1...12)), to: "plain")
    try folder.write(try #require(Self.compressed), to: "images.gz")
    try folder.write(try #require(Self.members), to: "text.csv.gz")
    try folder.write(Array("a,b\n1,2\n".utf8), to: "header.csv")
    #expect(try readMatrixFile(folder.path + "/plain") == expected)
    // The name without `.gz` is found, too, and relative names in other folders.
    #expect(try readMatrixFile(folder.path + "/images") == expected)
    #expect(
      try readMatrixFile("text.csv", in: ["/nowhere", folder.path]) == Matrix([[1, 2], [3, 4]]))
    #expect(try readMatrixFile(folder.path + "/header.csv") == Matrix([[1, 2]]))
  }

  @Test("a file that is cut off, too long, damaged or something else is refused in one sentence")
  func refused() throws {
    let folder = try TemporaryFolder()
    let whole = idx([2, 3], Array(1...6))
    try folder.write(whole.dropLast(), to: "short")
    try folder.write(whole + [1], to: "long")
    try folder.write(whole.prefix(7), to: "header")
    try folder.write([0, 0, 13, 1, 0, 0, 0, 1, 0, 0, 0, 0], to: "floats")
    try folder.write([0, 0], to: "magic")
    try folder.write(idx([0, 3], []), to: "empty")
    try folder.write(idx([1 << 31, 1 << 31, 1 << 31], [1]), to: "vast")
    let compressed = try #require(Self.compressed)
    try folder.write(compressed.dropLast(12), to: "cut.gz")
    var damaged = compressed
    damaged[20] ^= 0xff
    try folder.write(damaged, to: "damaged.gz")
    try folder.write([0xff, 0xfe, 1], to: "noise")
    try folder.write([1, 2, 3], to: "batch.bin")
    let again = ": get the file again."
    #expect(
      folder.sentence("short") == "The IDX file 'short' holds 5 entries where 2 × 3 are 6" + again)
    #expect(
      folder.sentence("long") == "The IDX file 'long' holds 7 entries where 2 × 3 are 6" + again)
    #expect(
      folder.sentence("header") == "The IDX file 'header' ends inside the lengths of its 2 axes"
        + again)
    #expect(
      folder.sentence("floats")
        == "The IDX file 'floats' has the magic number 0x00000d01, not 0x000008 and its number of "
        + "axes: give one of unsigned bytes.")
    #expect(folder.sentence("magic") == "The IDX file 'magic' ends inside its magic number" + again)
    #expect(folder.sentence("empty").hasPrefix("The IDX file 'empty' holds no entries"))
    #expect(folder.sentence("vast").contains("are far more"))
    #expect(
      folder.sentence("cut.gz")
        == "The gzip file 'cut.gz' ends after 30 bytes in the middle of its data" + again)
    #expect(folder.sentence("damaged.gz").hasPrefix("The gzip file 'damaged.gz' is damaged after"))
    #expect(folder.sentence("noise").hasPrefix("The file 'noise' is neither text nor IDX"))
    #expect(folder.sentence("batch.bin").contains("has 3 bytes, no whole number of images of 3073"))
    #expect(
      folder.sentence("missing").hasSuffix(
        "does not exist: check that it exists and holds "
          + "one row of numbers per line."))
  }
}
