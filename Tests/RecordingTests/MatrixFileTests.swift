import Foundation
import HDF5
import LinearAlgebra
import Scenarios
import Testing

@testable import Recording

@Suite("Matrices from files")
struct MatrixFileTests {
  @Test("a dataset of an HDF5 file comes back as a matrix; what is not one is refused")
  func datasets() throws {
    let path = NSTemporaryDirectory() + "/dyn-\(UUID().uuidString).h5"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = try HDF5File.create(path)
    let group = try file.root.createGroup("a")
    try group.createDataset("matrix", values: [1.0, 2, 3, 4, 5, 6], shape: [2, 3])
    try group.createDataset("vector", values: [1.0, 2])
    try group.createDataset("hole", values: [1.0, .nan], shape: [1, 2])
    try file.close()
    #expect(try readMatrix(path + ":/a/matrix") == Matrix([[1, 2, 3], [4, 5, 6]]))
    for name in ["vector", "hole", "none"] {
      let error = #expect(throws: ScenarioError.self) { try readMatrix(path + ":/a/" + name) }
      #expect(error?.problem.contains(path + ":/a/" + name) == true)
    }
  }
}
