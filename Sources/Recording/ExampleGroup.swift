import HDF5
import LinearAlgebra

/// Examples of the images of a run, in the group `/data/examples`.
public enum ExampleGroup {
  private static let name = "examples"
  private static let inputs = "inputs"
  private static let classes = "class"

  static func write(_ rows: Matrix<Double>, classes numbers: [Int], to data: HDF5Group) throws {
    let group = try data.createGroup(name)
    var scales = Scales(group: group)
    let images = try group.createDataset(
      inputs, values: rows.elements, shape: [rows.rows, rows.columns])
    try scales.attach([.example, .input], sizes: [rows.rows, rows.columns], to: images)
    try images.attributes.set("units", to: "1")
    try images.attributes.set("long_name", to: "inputs of examples of every class")
    let labels = try group.createDataset(classes, values: numbers.map(Int64.init))
    try scales.attach([.example], sizes: [rows.rows], to: labels)
    try labels.attributes.set("units", to: "1")
    try labels.attributes.set("long_name", to: "class of each example, from 0")
  }

  static func read(_ data: HDF5Group, path: String) throws -> (Matrix<Double>, [Int])? {
    guard try data.contains(name) else { return nil }
    let group = try data.group(name)
    let images = try group.dataset(inputs)
    let (shape, numbers): ([Int], [Double]) = (
      try images.shape, try group.dataset(classes).read()
    )
    guard shape.count == 2, numbers.count == shape[0],
      numbers.allSatisfy({ $0 >= 0 && $0 < 1e6 && $0 == $0.rounded() })
    else {
      throw RecordingError.notARun(
        path: path, reason: "\(inputs) has the shape \(shape) for \(numbers.count) classes")
    }
    return (
      Matrix(rows: shape[0], columns: shape[1], elements: try images.read()),
      numbers.map { Int($0) }
    )
  }
}

extension RunFile {
  /// Examples of every class, class after class; nil for data that are no images.
  ///
  /// - Throws: `HDF5Error`, or ``RecordingError/notARun(path:reason:)`` when they do not fit together.
  public func examples() throws -> (inputs: Matrix<Double>, classes: [Int])? {
    try ExampleGroup.read(root.group(RunFormat.data), path: path).map { ($0.0, $0.1) }
  }
}
