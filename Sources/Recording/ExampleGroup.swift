import HDF5
import LinearAlgebra

/// Examples of the images of a run, in its group `/data`.
public enum ExampleGroup {
  private static let inputs = "example_inputs"
  private static let classes = "example_class"

  static func write(_ rows: Matrix<Double>, classes numbers: [Int], to group: HDF5Group) throws {
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

  static func read(_ group: HDF5Group, path: String) throws -> (Matrix<Double>, [Int])? {
    guard try group.contains(inputs) else { return nil }
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
