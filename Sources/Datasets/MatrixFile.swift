import Foundation
import LinearAlgebra
import Scenarios

/// Reads a matrix from a file, which may be compressed by gzip.
///
/// What ends in `.bin` is a file of the binary version of CIFAR-10, one row for each image, its class
/// first; what begins with two zeros is an IDX file of unsigned bytes, one row for each entry along
/// its first axis; everything else is text, see ``textMatrix(_:name:)``.
///
/// Where there is no such file, one with `.gz` added is taken.
///
/// - Parameters:
///   - path: absolute, or from the working folder or one of `folders`.
///   - folders: where to look after the working folder.
/// - Throws: `ScenarioError` that says what is wrong with the file.
public func readMatrixFile(_ path: String, in folders: [String] = []) throws -> Matrix<Double> {
  let places = [path] + (path.hasPrefix("/") ? [] : folders.map { $0 + "/" + path })
  let candidates = places.flatMap { [$0, $0 + ".gz"] }
  guard let file = candidates.first(where: FileManager.default.fileExists) else {
    throw ScenarioError(
      problem: "The file '\(path)' does not exist",
      remedy: "check that it exists and holds one row of numbers per line")
  }
  guard var bytes = try? Data(contentsOf: URL(fileURLWithPath: file))
  else {
    throw ScenarioError(
      problem: "The file '\(file)' cannot be read", remedy: "give a file that you may read")
  }
  var name = file
  if isGzip(bytes) {
    bytes = try gunzipped(bytes, name: file)
    if name.hasSuffix(".gz") { name.removeLast(3) }
  }
  // A black image of class 0 begins with two zeros, too.
  if name.hasSuffix(".bin") { return try cifarMatrix(bytes, name: file) }
  if isIDX(bytes) { return try idxMatrix(bytes, name: file) }
  guard let text = String(data: bytes, encoding: .utf8) else {
    throw ScenarioError(
      problem: "The file '\(file)' is neither text nor IDX",
      remedy: "give text, one row of numbers per line")
  }
  return try textMatrix(text, name: file)
}

/// Classes and pixels of a file of the binary version of CIFAR-10, one row for each image.
///
/// - Source: A. Krizhevsky, the CIFAR-10 dataset: a byte of the class, then 1024 bytes each of red,
///   green and blue.
/// - Throws: `ScenarioError` for a file that is no whole number of images.
func cifarMatrix(_ bytes: Data, name: String) throws -> Matrix<Double> {
  let size = 1 + 3 * 1024
  guard !bytes.isEmpty, bytes.count % size == 0 else {
    throw ScenarioError(
      problem: "The file '\(name)' has \(bytes.count) bytes, no whole number of images of \(size)",
      remedy: "get the binary version of CIFAR-10 again")
  }
  return Matrix(
    rows: bytes.count / size, columns: size, elements: [UInt8](bytes).map { Double($0) })
}
