import Foundation
import LinearAlgebra
import Scenarios

/// Whether bytes begin as those of an IDX file do, with two zeros.
func isIDX(_ bytes: Data) -> Bool { bytes.starts(with: [0, 0]) }

/// The unsigned bytes of an IDX file as a matrix, one row for each entry along the first axis.
///
/// - Parameters:
///   - bytes: the file, uncompressed.
///   - name: its path, for errors.
/// - Throws: `ScenarioError` for other types, and for a file that is longer or shorter than its
///   header says.
/// - Source: Y. LeCun, C. Cortes & C. Burges, the MNIST database: magic number 0, 0, type, number of
///   axes; their lengths, big-endian; the entries, the last axis fastest.
func idxMatrix(_ bytes: Data, name: String) throws -> Matrix<Double> {
  func refuse(_ problem: String, _ remedy: String = "get the file again") -> ScenarioError {
    ScenarioError(problem: "The IDX file '\(name)' \(problem)", remedy: remedy)
  }
  let bytes = [UInt8](bytes)
  guard bytes.count >= 4 else { throw refuse("ends inside its magic number") }
  guard bytes[2] == 8, bytes[3] >= 1 else {
    let magic = bytes[..<4].map { String(format: "%02x", $0) }.joined()
    throw refuse(
      "has the magic number 0x\(magic), not 0x000008 and its number of axes",
      "give one of unsigned bytes")
  }
  let axes = Int(bytes[3])
  let header = 4 + 4 * axes
  guard bytes.count >= header else { throw refuse("ends inside the lengths of its \(axes) axes") }
  let lengths = (0..<axes).map { axis in
    bytes[4 + 4 * axis..<8 + 4 * axis].reduce(0) { $0 << 8 | Int($1) }
  }
  var count = 1
  for length in lengths {
    let product = count.multipliedReportingOverflow(by: length)
    count = product.overflow ? Int.max : product.partialValue
  }
  guard bytes.count - header == count else {
    throw refuse(
      "holds \(bytes.count - header) entries where \(lengths.shape) are \(count == .max ? "far more" : "\(count)")"
    )
  }
  guard count > 0 else { throw refuse("holds no entries: its axes are \(lengths.shape)") }
  return Matrix(
    rows: lengths[0], columns: count / lengths[0], elements: bytes[header...].map { Double($0) })
}

extension [Int] {
  /// The lengths as text, such as `60000 × 28 × 28`.
  fileprivate var shape: String { map(String.init).joined(separator: " × ") }
}
