import Datasets
import Foundation
import HDF5
import LinearAlgebra
import Scenarios

/// Reads a matrix from a file, see `readMatrixFile`, or from a dataset of an HDF5 file named
/// `file.h5:/dataset`.
///
/// A relative path is looked for in the working folder, then where scenarios lie.
///
/// - Throws: `ScenarioError` that names the file and what is wrong with it.
public func readMatrix(_ path: String) throws -> Matrix<Double> {
  guard let location = DatasetPath(path) else {
    return try readMatrixFile(path, in: Catalogue.program.folders)
  }
  let (shape, values): ([Int], [Double])
  do {
    let folders = [""] + Catalogue.program.folders.map { $0 + "/" }
    let place = folders.first { FileManager.default.fileExists(atPath: $0 + location.file) }
    let file = try HDF5File.open((place ?? "") + location.file)
    let dataset = try file.root.dataset(location.dataset)
    (shape, values) = (try dataset.shape, try dataset.read())
  } catch {
    throw ScenarioError(
      problem: "The dataset '\(path)' cannot be read (\(error))",
      remedy: "name one as in file.h5:/data/teacher")
  }
  // An array of one network's matrix is a matrix.
  let sizes = shape.count == 3 && shape[0] == 1 ? Array(shape.dropFirst()) : shape
  guard sizes.count == 2, values.allSatisfy(\.isFinite) else {
    throw ScenarioError(
      problem: "The dataset '\(path)' of shape \(shape) is not a matrix of finite numbers",
      remedy: "name one with two axes")
  }
  return Matrix(rows: sizes[0], columns: sizes[1], elements: values)
}
