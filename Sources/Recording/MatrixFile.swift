import Datasets
import HDF5
import LinearAlgebra
import Scenarios

/// Reads a matrix from a text file, or from a dataset of an HDF5 file named `file.h5:/dataset`.
///
/// - Throws: `ScenarioError` that names the file and what is wrong with it.
public func readMatrix(_ path: String) throws -> Matrix<Double> {
  guard let location = DatasetPath(path) else { return try readTextMatrix(path) }
  let (shape, values): ([Int], [Double])
  do {
    let file = try HDF5File.open(location.file)
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
