import Dynamics
import HDF5
import LinearAlgebra
import Scenarios

/// Writes a run to a file while it happens.
///
/// The file appears complete with everything that is known before the first step. From then on it
/// only grows, in HDF5's mode for a single writer and many readers: at whatever moment the program
/// is killed, every row that ``flush()`` has written can be read. Whoever makes a writer sees to it
/// that there is only one; readers do not stop it.
public final class RunWriter {
  private let path: String
  private let file: HDF5File
  private var columns: [Column] = []
  private var iterations: [Int64] = []
  private let iterationDataset: HDF5Dataset
  private let rowsPerBlock: Int
  /// Rows that are in the file.
  private var rowsWritten: Int
  /// The last iteration that is recorded, in the file or pending; -1 before the first.
  public private(set) var lastIteration: Int

  /// Bytes that rows of all series together gather before they are written.
  private static let blockBytes = 1 << 20

  /// Creates the file with everything that is known before the first step.
  ///
  /// - Parameters:
  ///   - path: where; a file that is there is replaced.
  ///   - training: the run.
  ///   - rows: number of observations that are expected, which sets the size of blocks.
  ///   - provenance: where the run comes from.
  ///   - overlays: theories that are evaluated at what will be recorded.
  /// - Throws: ``RecordingError`` or `HDF5Error`.
  public convenience init(
    path: String, training: any RecordedTraining, rows: Int, provenance: Provenance,
    overlays: [Overlay] = []
  ) throws {
    let quantities = try Quantity.recorded(by: training.scenario)
    try replaceHDF5File(at: path) { file in
      try Self.prepare(
        file, training: training, quantities: quantities, rows: rows, provenance: provenance)
      try OverlayGroup.write(overlays, to: file.root)
    }
    try self.init(growing: path, training: training, quantities: quantities, rows: rows)
  }

  /// Goes on with a file that was left behind, after its last complete row.
  ///
  /// - Parameters:
  ///   - path: where the file is.
  ///   - training: the run; its scenario is that of the file but for the number of steps.
  ///   - rows: number of observations that are expected in all.
  /// - Throws: ``RecordingError`` or `HDF5Error`.
  public convenience init(continuing path: String, training: any RecordedTraining, rows: Int) throws
  {
    let quantities = try Quantity.recorded(by: training.scenario)
    let file = try HDF5File.open(path, mode: .recover, isLocked: false)
    try Self.set(.running, in: file)
    try file.close()
    try self.init(growing: path, training: training, quantities: quantities, rows: rows)
  }

  private init(
    growing path: String, training: any RecordedTraining, quantities: [Quantity], rows: Int
  ) throws {
    self.path = path
    file = try HDF5File.open(path, mode: .readWrite, isLocked: false)
    let trajectory = try file.root.group(RunFormat.trajectory)
    iterationDataset = try trajectory.dataset(Axis.iteration.rawValue)
    let sizes = training.axisSizes
    rowsPerBlock = Self.rowsPerBlock(of: quantities, sizes, rows: rows)
    rowsWritten = try iterationDataset.shape.first ?? 0
    lastIteration =
      try iterationDataset.readRows(max(0, rowsWritten - 1)..<rowsWritten, as: Int64.self)
      .last.map(Int.init) ?? -1
    for quantity in quantities {
      let dataset = try trajectory.dataset(quantity.name)
      let shape = try dataset.shape
      guard Array(shape.dropFirst()) == quantity.axes.map({ sizes[$0] ?? 0 }),
        shape.first ?? 0 >= rowsWritten || quantity.width(sizes) == 0
      else {
        throw RecordingError.notARun(
          path: path, reason: "trajectory/\(quantity.name) has the shape \(shape)")
      }
      let width = quantity.width(sizes)
      var column = Column(quantity: quantity, dataset: dataset, width: width)
      column.buffer.reserveCapacity(width * rowsPerBlock)
      if rowsWritten > 0, width > 0 {
        column.last = try dataset.readRows(rowsWritten - 1..<rowsWritten)
      }
      columns.append(column)
    }
    try file.startSWMRWrite()
  }

  /// Rows that are written together: those of about a mebibyte.
  private static func rowsPerBlock(
    of quantities: [Quantity], _ sizes: [Axis: Int], rows: Int
  ) -> Int {
    let rowBytes = quantities.reduce(8) { $0 + 8 * $1.width(sizes) }
    return max(1, min(blockBytes / rowBytes, max(rows, 1)))
  }

  /// Writes everything that is known before the first step, and empty series.
  private static func prepare(
    _ file: HDF5File, training: any RecordedTraining, quantities: [Quantity], rows: Int,
    provenance: Provenance
  ) throws {
    let root = try file.root
    try root.attributes.set("format", to: RunFormat.name)
    try root.attributes.set("format_version", to: RunFormat.version)
    try root.attributes.set("title", to: training.scenario.title)
    try root.attributes.set("status", to: RunStatus.running.rawValue)

    let scenario = try root.createGroup(RunFormat.scenario)
    try scenario.attributes.set("name", to: training.scenario.name)
    try scenario.createDataset("json", text: training.scenario.json.prettyText)
    let source = try root.createGroup(RunFormat.provenance)
    for entry in provenance.entries { try source.attributes.set(entry.name, to: entry.value) }
    try training.writeData(to: root.createGroup(RunFormat.data))

    let trajectory = try root.createGroup(RunFormat.trajectory)
    let sizes = training.axisSizes
    // A chunk of the file is what is written at once, so that none is written twice.
    let block = rowsPerBlock(of: quantities, sizes, rows: rows)
    let labels = try trajectory.createDataset(
      Axis.iteration.rawValue, elementType: .int64, shape: [0], unlimitedFirstAxis: true,
      chunk: [block])
    try labels.makeScale(name: Axis.iteration.rawValue)
    try labels.attributes.set("long_name", to: Axis.iteration.longName)
    try labels.attributes.set("units", to: "1")
    var scales = Scales(group: trajectory)
    for quantity in quantities {
      let shape = quantity.axes.map { sizes[$0] ?? 0 }
      let width = quantity.width(sizes)
      // A block that is written again while it fills up takes new space if it is compressed, so
      // compressed blocks are few rows.
      let isLarge = !quantity.isUsual && width >= 512
      let dataset = try trajectory.createDataset(
        quantity.name, elementType: .float64, shape: [0] + shape, unlimitedFirstAxis: true,
        chunk: [isLarge ? max(1, min(block, (32 << 10) / (8 * width))) : block]
          + shape.map { max($0, 1) },
        compression: isLarge ? 4 : nil)
      try dataset.attachScale(labels, axis: 0)
      try scales.attach(quantity.axes, sizes: shape, to: dataset, from: 1)
      try dataset.attributes.set("units", to: quantity.units)
      try dataset.attributes.set("long_name", to: quantity.longName)
      try dataset.attributes.set("symbol", to: quantity.symbol)
    }
  }

  private static func set(_ status: RunStatus, in file: HDF5File) throws {
    let root = try file.root
    // Left alone where it is right already: a program that is killed while it changes an attribute
    // could leave one that cannot be read.
    guard try root.attributes.get("status", as: String.self) != status.rawValue else { return }
    try root.attributes.set("status", to: status.rawValue)
  }

  /// Adds one row to every series, unless it is recorded already; rows reach the file in blocks.
  ///
  /// Of weights that are not finite, as at the end of a run that diverged, quantities that have no
  /// value become NaN.
  ///
  /// - Throws: `HDF5Error` when a block cannot be written; `LinearAlgebraError`.
  @specialized(where Observation == LinearObservation)
  public func record<Observation: RecordedObservation>(_ observation: Observation) throws {
    guard observation.iteration > lastIteration else { return }
    let isFinite = observation.isFinite
    for i in columns.indices { try columns[i].append(observation, isFinite: isFinite) }
    iterations.append(Int64(observation.iteration))
    lastIteration = observation.iteration
    if iterations.count >= rowsPerBlock { try flush() }
  }

  /// Writes what is pending, so that it survives a killed program and other programs see it.
  ///
  /// - Throws: `HDF5Error`; the rows before stay whole, and nothing more is written.
  public func flush() throws {
    guard !iterations.isEmpty else { return }
    do { try writeBlock() } catch {
      file.abandon()
      throw error
    }
  }

  private func writeBlock() throws {
    for i in columns.indices where columns[i].width > 0 {
      // What a killed program wrote beyond the last label is written over.
      try columns[i].dataset.write(rows: columns[i].buffer, from: rowsWritten)
      columns[i].last = Array(columns[i].buffer.suffix(columns[i].width))
      columns[i].buffer.removeAll(keepingCapacity: true)
    }
    try file.flush()
    // The coordinate last: whatever has a label has its values.
    try iterationDataset.write(rows: iterations, from: rowsWritten)
    try iterationDataset.flush()
    rowsWritten += iterations.count
    iterations.removeAll(keepingCapacity: true)
  }

  /// Adds rows that differ from the last one in iteration and time only.
  ///
  /// - Parameter times: one for each iteration.
  /// - Throws: `HDF5Error` when a block cannot be written.
  public func repeatRow(at iterations: ArraySlice<Int>, times: [Double]) throws {
    var done = 0
    while done < iterations.count {
      let count = min(iterations.count - done, rowsPerBlock - self.iterations.count)
      for i in columns.indices { columns[i].repeatLast(count, times: times[done..<done + count]) }
      let chosen = iterations.dropFirst(done).prefix(count)
      self.iterations += chosen.map(Int64.init)
      lastIteration = chosen.last ?? lastIteration
      done += count
      if self.iterations.count >= rowsPerBlock { try flush() }
    }
  }

  /// Writes what is pending and the final status, and closes the file.
  ///
  /// - Parameters:
  ///   - status: how the run ended.
  ///   - provenance: what is noted besides.
  ///   - complement: adds to the closed file before its status says that it is whole, so that a
  ///     program that is killed meanwhile leaves a run that can be gone on with.
  /// - Throws: `HDF5Error`, or what `complement` throws.
  public func finish(
    _ status: RunStatus, provenance: Provenance,
    complement: (_ path: String) throws -> Void = { _ in }
  ) throws {
    try flush()
    try file.close()
    try complement(path)
    let closed = try HDF5File.open(path, mode: .readWrite, isLocked: false)
    do {
      let source = try closed.root.group(RunFormat.provenance)
      for entry in provenance.entries { try source.attributes.set(entry.name, to: entry.value) }
      try closed.flush()
      try Self.set(status, in: closed)
      try closed.close()
    } catch {
      closed.abandon()
      throw error
    }
  }

  private struct Column {
    let quantity: Quantity
    let dataset: HDF5Dataset
    /// Values in a row.
    let width: Int
    var buffer: [Double] = []
    /// The last row of the block that was written last.
    var last: [Double] = []

    @specialized(where Observation == LinearObservation)
    mutating func append<Observation: RecordedObservation>(
      _ observation: Observation, isFinite: Bool
    ) throws {
      let end = buffer.count + width
      if isFinite || quantity.isUsual {
        try observation.append(quantity, to: &buffer)
      } else {
        buffer.append(contentsOf: repeatElement(.nan, count: width))
      }
      precondition(
        buffer.count == end, "\(quantity.name) has \(buffer.count - end) values too many")
    }

    /// Appends the last row so many times; the time, which goes on, from its own list.
    mutating func repeatLast(_ count: Int, times: ArraySlice<Double>) {
      guard quantity.name != "time" else { return buffer.append(contentsOf: times) }
      let row = buffer.isEmpty ? last : Array(buffer.suffix(width))
      for _ in 0..<count { buffer.append(contentsOf: row) }
    }
  }
}

extension Quantity {
  /// Values in a row, for axes of the given sizes.
  fileprivate func width(_ sizes: [Axis: Int]) -> Int {
    axes.reduce(1) { $0 * (sizes[$1] ?? 0) }
  }
}
