import Dynamics
import HDF5
import LearningProblems
import LinearAlgebra
import Scenarios

/// Writes a run of a linear network to a file while it happens.
public final class RunWriter {
  private let file: HDF5File
  private let root: HDF5Group
  private var columns: [Column] = []
  private var iterations: [Int64] = []
  private let iterationDataset: HDF5Dataset
  private let rowsPerBlock: Int

  /// Bytes that rows of all series together gather before they are written.
  private static let blockBytes = 1 << 20

  /// Creates the file with everything that is known before the first step.
  ///
  /// - Parameters:
  ///   - path: where; nothing may be there yet.
  ///   - training: the run.
  ///   - rows: number of observations that are expected, which sets the size of blocks.
  ///   - provenance: where the run comes from.
  /// - Throws: ``RecordingError`` or `HDF5Error`.
  public init(
    path: String, training: LinearTraining, rows: Int, provenance: Provenance
  ) throws {
    let quantities = try Quantity.recorded(extra: training.scenario.record.requested)
    file = try HDF5File.create(path)
    root = try file.root
    try root.attributes.set("format", to: RunFormat.name)
    try root.attributes.set("format_version", to: RunFormat.version)
    try root.attributes.set("title", to: training.scenario.title)
    try root.attributes.set("status", to: RunStatus.running.rawValue)

    let scenario = try root.createGroup(RunFormat.scenario)
    try scenario.attributes.set("name", to: training.scenario.name)
    try scenario.createDataset("json", text: training.scenario.json.prettyText)
    let source = try root.createGroup(RunFormat.provenance)
    for entry in provenance.entries { try source.attributes.set(entry.name, to: entry.value) }
    try ProblemGroup.write(training, to: root.createGroup(RunFormat.data))

    let trajectory = try root.createGroup(RunFormat.trajectory)
    let sizes = training.axisSizes
    let rowBytes = quantities.reduce(8) { $0 + 8 * $1.axes.reduce(1) { $0 * (sizes[$1] ?? 1) } }
    rowsPerBlock = max(1, min(Self.blockBytes / rowBytes, max(rows, 1)))

    func chunk(_ width: Int) -> Int { max(1, min(max(rows, 1), (256 << 10) / (8 * width))) }
    iterationDataset = try trajectory.createDataset(
      Axis.iteration.rawValue, elementType: .int64, shape: [0], unlimitedFirstAxis: true,
      chunk: [chunk(1)])
    try iterationDataset.makeScale(name: Axis.iteration.rawValue)
    try iterationDataset.attributes.set("long_name", to: Axis.iteration.longName)
    try iterationDataset.attributes.set("units", to: "1")
    var scales = Scales(group: trajectory)
    for quantity in quantities {
      let shape = quantity.axes.map { sizes[$0] ?? 0 }
      let width = shape.reduce(1, *)
      let dataset = try trajectory.createDataset(
        quantity.name, elementType: .float64, shape: [0] + shape, unlimitedFirstAxis: true,
        chunk: [chunk(max(width, 1))] + shape.map { max($0, 1) },
        compression: quantity.isUsual ? nil : 4)
      try dataset.attachScale(iterationDataset, axis: 0)
      try scales.attach(quantity.axes, sizes: shape, to: dataset, from: 1)
      try dataset.attributes.set("units", to: quantity.units)
      try dataset.attributes.set("long_name", to: quantity.longName)
      try dataset.attributes.set("symbol", to: quantity.symbol)
      columns.append(Column(quantity: quantity, dataset: dataset, width: width))
      columns[columns.count - 1].buffer.reserveCapacity(width * rowsPerBlock)
    }
    try file.flush()
  }

  /// Adds one row to every series; rows reach the file in blocks.
  ///
  /// Of weights that are not finite, as at the end of a run that diverged, quantities that have no
  /// value become NaN.
  ///
  /// - Throws: `HDF5Error` when a block cannot be written; `LinearAlgebraError`.
  public func record(_ observation: LinearObservation) throws {
    let isFinite = observation.isFinite
    for i in columns.indices {
      let (quantity, width) = (columns[i].quantity, columns[i].width)
      let values =
        isFinite || quantity.isUsual
        ? try quantity.values(observation) : Array(repeating: .nan, count: width)
      precondition(
        values.count == width, "\(quantity.name) has \(values.count) values, not \(width)")
      columns[i].buffer.append(contentsOf: values)
    }
    iterations.append(Int64(observation.iteration))
    if iterations.count >= rowsPerBlock { try writeBlock() }
  }

  /// Adds a row that differs from the last one in iteration and time only.
  ///
  /// - Throws: `HDF5Error` when a block cannot be written.
  public func repeatRow(iteration: Int, time: Double) throws {
    for i in columns.indices {
      let width = columns[i].width
      if columns[i].quantity.name == "time" {
        columns[i].buffer.append(time)
      } else {
        columns[i].repeatLast(width)
      }
    }
    iterations.append(Int64(iteration))
    if iterations.count >= rowsPerBlock { try writeBlock() }
  }

  /// Writes what is pending and the final status, and closes the file.
  ///
  /// - Throws: `HDF5Error`.
  public func finish(_ status: RunStatus, provenance: Provenance) throws {
    try writeBlock()
    let source = try root.group(RunFormat.provenance)
    for entry in provenance.entries { try source.attributes.set(entry.name, to: entry.value) }
    try root.attributes.set("status", to: status.rawValue)
    try file.close()
  }

  private func writeBlock() throws {
    guard !iterations.isEmpty else { return }
    for i in columns.indices {
      try columns[i].dataset.append(rows: columns[i].buffer)
      columns[i].last = Array(columns[i].buffer.suffix(columns[i].width))
      columns[i].buffer.removeAll(keepingCapacity: true)
    }
    // The coordinate last: whatever has a label has its values.
    try iterationDataset.append(rows: iterations)
    iterations.removeAll(keepingCapacity: true)
    try file.flush()
  }

  private struct Column {
    let quantity: Quantity
    let dataset: HDF5Dataset
    /// Values in a row.
    let width: Int
    var buffer: [Double] = []
    /// The last row of the block that was written last.
    var last: [Double] = []

    mutating func repeatLast(_ width: Int) {
      let start = buffer.count - width
      if start < 0 {
        buffer.append(contentsOf: last)
      } else {
        for k in start..<start + width { buffer.append(buffer[k]) }
      }
    }
  }
}

extension LinearTraining {
  /// Size of every axis of the recorded arrays but the iteration.
  var axisSizes: [Axis: Int] {
    let (inputs, outputs) = (problem.correlations.inputs, problem.correlations.outputs)
    return [
      .output: outputs, .input: inputs, .input2: inputs, .mode: outputs, .inputMode: inputs,
      .hidden: network.weights.depth > 1 ? network.weights.layers[0].rows : 0,
      .layer: network.weights.depth, .sample: samples.inputs.rows, .direction: inputs * outputs,
      .hessianMode: min(
        LinearObservation.hessianModes,
        network.weights.layers.reduce(0) { $0 + $1.elements.count }),
    ]
  }
}
