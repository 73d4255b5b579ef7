import Foundation
import HDF5

/// What an analysis of a run found, as the run's file keeps it in `/analysis/<name>`.
public struct AnalysisRecord: Equatable, Sendable {
  /// Name of the analysis, such as `readout`.
  public var name: String
  /// The iteration whose weights were analysed.
  public var iteration: Int
  /// What was found.
  public var entries: [Entry]

  /// Name of the array that says at which iterations the steps of others are.
  public static let stepsName = "step_iteration"

  /// One array of numbers.
  public struct Entry: Equatable, Sendable {
    /// Name in the file.
    public var name: String
    /// Meaning in words.
    public var longName: String
    /// Axes.
    public var axes: [Axis]
    /// Sizes of the axes.
    public var shape: [Int]
    /// The numbers, row-major; NaN where there is none.
    public var values: [Double]

    /// An array of numbers.
    ///
    /// - Precondition: there is a size for each axis and a value for each place.
    public init(
      _ name: String, _ longName: String, axes: [Axis] = [], shape: [Int] = [], values: [Double]
    ) {
      precondition(
        axes.count == shape.count && shape.reduce(1, *) == values.count,
        "\(values.count) values of \(name) for the shape \(shape) along \(axes.map(\.rawValue))")
      self.name = name
      self.longName = longName
      self.axes = axes
      self.shape = shape
      self.values = values
    }
  }

  /// A record of arrays.
  public init(name: String, iteration: Int, entries: [Entry]) {
    self.name = name
    self.iteration = iteration
    self.entries = entries
  }

  /// The array of a name.
  public func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }

  fileprivate func write(to group: HDF5Group) throws {
    try group.attributes.set("iteration", to: iteration)
    var scales = Scales(group: group)
    for entry in entries {
      let dataset = try group.createDataset(entry.name, values: entry.values, shape: entry.shape)
      try scales.attach(entry.axes, sizes: entry.shape, to: dataset)
      try dataset.attributes.set("units", to: "1")
      try dataset.attributes.set("long_name", to: entry.longName)
    }
  }

  fileprivate init(reading group: HDF5Group, name: String, path: String) throws {
    self.name = name
    iteration = try group.attributes.get("iteration")
    entries = []
    for name in try group.childNames {
      let dataset = try group.dataset(name)
      guard try !dataset.isScale else { continue }
      let shape = try dataset.shape
      let axes = try shape.indices.compactMap {
        Axis(rawValue: try dataset.scaleName($0) ?? "")
      }
      let values: [Double] = try dataset.read()
      guard axes.count == shape.count, values.count == shape.reduce(1, *) else {
        throw RecordingError.notARun(path: path, reason: "\(name) has axes without names")
      }
      entries.append(
        Entry(
          name, try dataset.attributes.get("long_name"), axes: axes, shape: shape, values: values))
    }
  }
}

extension RunFile {
  /// Writes what an analysis found into a run file, in the place of what it found before.
  ///
  /// - Throws: `HDF5Error` or an error of Foundation; the file is as it was then.
  public static func add(_ record: AnalysisRecord, to path: String) throws {
    try rewriteCopy(of: path) { root in
      let parent =
        try root.contains(RunFormat.analysis)
        ? root.group(RunFormat.analysis) : root.createGroup(RunFormat.analysis)
      if try parent.contains(record.name) { try parent.remove(record.name) }
      try record.write(to: parent.createGroup(record.name))
    }
  }

  /// What an analysis found; nil if the run was not analysed so.
  ///
  /// - Throws: `HDF5Error` or ``RecordingError``.
  public func analysis(_ name: String) throws -> AnalysisRecord? {
    guard try root.contains(RunFormat.analysis) else { return nil }
    let parent = try root.group(RunFormat.analysis)
    guard try parent.contains(name) else { return nil }
    return try AnalysisRecord(reading: parent.group(name), name: name, path: path)
  }
}
