import HDF5
import LearningProblems
import Networks
import Scenarios

/// A run read back from its file.
public struct RunFile {
  /// Where the file is.
  public let path: String
  /// How far the run came.
  public let status: RunStatus
  /// The scenario, resolved.
  public let scenario: Scenario
  /// Number of recorded rows.
  public let rows: Int
  let root: HDF5Group
  private let linearProblem: LearningProblem?
  private let file: HDF5File
  private let trajectory: HDF5Group

  /// Opens a run file for reading.
  ///
  /// A file that a program is writing, or was writing when it was killed, is read up to the last
  /// iteration that it holds completely; its status is ``RunStatus/running``.
  ///
  /// - Throws: ``RecordingError`` or `HDF5Error` when it is not one.
  public init(path: String) throws {
    self.path = path
    file = try Self.open(path)
    root = try file.root
    guard try root.attributes.contains("format"),
      try root.attributes.get("format", as: String.self) == RunFormat.name
    else { throw RecordingError.notARun(path: path, reason: "it lacks the format's name") }
    let version: [Int] = try root.attributes.get("format_version")
    guard let major = version.first, major <= RunFormat.version[0] else {
      throw RecordingError.newerFormat(
        path: path, version: version.first ?? 0, known: RunFormat.version[0])
    }
    let word: String = try root.attributes.get("status")
    guard let status = RunStatus(rawValue: word) else {
      throw RecordingError.notARun(path: path, reason: "its status is \(word)")
    }
    self.status = status
    let json = try root.group(RunFormat.scenario).dataset("json").readText()
    do {
      scenario = try Scenario(JSON.read(Array(json.utf8), name: path))
    } catch let error as ScenarioError {
      throw RecordingError.notARun(path: path, reason: "its scenario is damaged (\(error))")
    }
    if case .linear = scenario.network {
      linearProblem = try ProblemGroup.read(root.group(RunFormat.data), path: path)
    } else {
      linearProblem = nil
    }
    trajectory = try root.group(RunFormat.trajectory)
    let labels = try trajectory.dataset(Axis.iteration.rawValue)
    guard try labels.shape.count == 1, let rows = try labels.shape.first else {
      throw RecordingError.notARun(path: path, reason: "its iterations have not one axis")
    }
    self.rows = rows
    try checkShapes()
    try checkIterations()
  }

  /// Throws unless the iterations ascend from 0 or later to the last step at most.
  private func checkIterations() throws {
    var before = -1
    for block in Self.blocks(of: rows, width: 1) {
      for iteration in try iterations(rows: block) {
        guard iteration > before, iteration <= scenario.training.iterations else {
          throw RecordingError.notARun(
            path: path,
            reason: "iteration \(iteration) stands behind \(before), in a run of "
              + "\(scenario.training.iterations) steps")
        }
        before = iteration
      }
    }
  }

  /// Sizes of axes that follow from the learning problem or from the scenario.
  private var knownSizes: [Axis: Int] {
    if let problem = linearProblem {
      let (inputs, outputs) = (problem.correlations.inputs, problem.correlations.outputs)
      return [
        .output: outputs, .input: inputs, .mode: outputs, .layer: problem.initialWeights.depth,
        .direction: inputs * outputs,
      ]
    }
    return scenario.networkShape?.axisSizes(networks: scenario.ensemble) ?? [:]
  }

  /// Throws unless every recorded quantity has the axes that belong to it, and at least as many rows
  /// as there are iterations.
  private func checkShapes() throws {
    var sizes = knownSizes
    for quantity in try quantities() {
      let shape = try trajectory.dataset(quantity.name).shape
      for axis in quantity.axes where sizes[axis] == nil {
        sizes[axis] = try trajectory.dataset(axis.rawValue).shape.first ?? 0
      }
      let row = quantity.axes.map { sizes[$0] ?? 0 }
      guard shape.dropFirst().elementsEqual(row),
        let recorded = shape.first, recorded >= rows || row.contains(0)
      else {
        throw RecordingError.notARun(
          path: path,
          reason: "\(quantity.name) has the shape \(shape), not \([rows] + row)")
      }
    }
  }

  /// The learning problem of a linear network.
  ///
  /// - Throws: ``RecordingError/noProblem(path:)`` when the network is not linear.
  public var problem: LearningProblem {
    get throws {
      guard let linearProblem else { throw RecordingError.noProblem(path: path) }
      return linearProblem
    }
  }

  /// Closes the file, so that it can be opened for writing; nothing can be read after.
  ///
  /// Without a call the file closes with the last value that refers to it.
  public func close() throws { try file.close() }

  private static func open(_ path: String) throws -> HDF5File {
    do { return try HDF5File.open(path) } catch let error as HDF5Error {
      guard case .failed(_, _, let message) = error, message.contains("already open for") else {
        throw error
      }
      return try HDF5File.open(path, mode: .readUnfinished)
    }
  }

  /// The recorded iterations, ascending.
  public func iterations() throws -> [Int] { try iterations(rows: 0..<rows) }

  /// Some of the recorded iterations, by rows counted from 0.
  public func iterations(rows: Range<Int>) throws -> [Int] {
    try trajectory.dataset(Axis.iteration.rawValue).readRows(rows, as: Int64.self).map(Int.init)
  }

  /// The recorded iterations of chosen rows, counted from 0 and ascending.
  public func iterations(atRows rows: [Int]) throws -> [Int] {
    let labels = try trajectory.dataset(Axis.iteration.rawValue)
    return try Self.neighbours(in: rows, width: 1).flatMap { near in
      let first = near[near.startIndex]
      let read = try labels.readRows(first..<near[near.endIndex - 1] + 1, as: Int64.self)
      return near.map { Int(read[$0 - first]) }
    }
  }

  /// Ascending rows in groups that are worth reading together: none spans more than a mebibyte, so
  /// that memory does not grow with the length of the run.
  private static func neighbours(in rows: [Int], width: Int) -> [ArraySlice<Int>] {
    let block = max(1, (1 << 20) / (8 * max(width, 1)))
    var groups: [ArraySlice<Int>] = []
    var rest = rows[...]
    while let first = rest.first {
      let near = rest.prefix { $0 - first < block }
      groups.append(near)
      rest = rest.dropFirst(near.count)
    }
    return groups
  }

  /// Number of rows that were recorded before an iteration.
  ///
  /// - Complexity: O(log rows) looks into the file.
  public func rows(before iteration: Int) throws -> Int {
    guard iteration < .max else { return rows }
    var (low, high) = (0, rows)
    while low < high {
      let middle = (low + high) / 2
      if try iterations(atRows: [middle])[0] < iteration { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Calls a function with the values of a quantity in blocks of rows, in order.
  ///
  /// - Throws: `HDF5Error` when the run did not record it, and what `body` throws.
  /// - Complexity: memory for 65536 values, or for one row if that has more.
  public func forEachBlock(
    of name: String, _ body: (_ rows: Range<Int>, _ series: Series) throws -> Void
  ) throws {
    let width = try shape(of: name).reduce(1, *)
    for block in Self.blocks(of: rows, width: width) { try body(block, series(name, rows: block)) }
  }

  /// Ranges of rows of 65536 values at most, or one row if that has more, which together are all.
  static func blocks(of rows: Int, width: Int) -> [Range<Int>] {
    let step = max(1, (1 << 16) / max(width, 1))
    return stride(from: 0, to: rows, by: step).map { $0..<min($0 + step, rows) }
  }

  /// Sizes of the axes of a quantity after the iteration.
  ///
  /// - Throws: `HDF5Error` when the run did not record it.
  public func shape(of name: String) throws -> [Int] {
    Array(try trajectory.dataset(name).shape.dropFirst())
  }

  /// The recorded quantities, in the order of the file.
  public func quantities() throws -> [Quantity] {
    let all = Quantity.all(of: scenario)
    return try trajectory.childNames.compactMap { name in all.first { $0.name == name } }
  }

  /// The values of a quantity at every recorded iteration.
  ///
  /// - Throws: `HDF5Error` when the run did not record it.
  public func series(_ name: String) throws -> Series { try series(name, rows: 0..<rows) }

  /// The values of a quantity at some of the recorded iterations, counted from 0.
  ///
  /// - Throws: `HDF5Error` when the run did not record it, or not that many.
  public func series(_ name: String, rows: Range<Int>) throws -> Series {
    let dataset = try trajectory.dataset(name)
    let shape = try dataset.shape
    let values = try dataset.readRows(rows)
    return Series(
      width: rows.isEmpty ? 0 : values.count / rows.count,
      shape: Array(shape.dropFirst()), values: values)
  }

  /// The values of a quantity at chosen rows, counted from 0 and ascending.
  ///
  /// - Throws: `HDF5Error` when the run did not record it, or not that many.
  public func series(_ name: String, atRows rows: [Int]) throws -> Series {
    let shape = try shape(of: name)
    let width = shape.reduce(1, *)
    let values = try Self.neighbours(in: rows, width: width).flatMap { near in
      let first = near[near.startIndex]
      let read = try series(name, rows: first..<near[near.endIndex - 1] + 1).values
      return near.flatMap { read[($0 - first) * width..<($0 - first + 1) * width] }
    }
    return Series(width: width, shape: shape, values: values)
  }

  /// Digest of everything in the file but its provenance.
  public func digest() throws -> String {
    try file.contentDigest(excluding: ["/" + RunFormat.provenance])
  }

  /// Reads all names, shapes, attributes and texts, so that damage in them throws now.
  ///
  /// - Throws: `HDF5Error`.
  /// - Complexity: does not grow with the rows.
  public func readStructure() throws { _ = try root.structureDigest() }

  /// Where the run came from.
  public func provenance() throws -> Provenance {
    let attributes = try root.group(RunFormat.provenance).attributes
    return Provenance(try attributes.names.map { ($0, try attributes.get($0, as: String.self)) })
  }
}

/// The values of one quantity over a run.
public struct Series: Equatable, Sendable {
  /// Number of values in a row.
  public let width: Int
  /// Sizes of the axes after the iteration.
  public let shape: [Int]
  /// All values, row after row.
  public let values: [Double]

  /// Number of rows.
  public var rows: Int { width > 0 ? values.count / width : 0 }

  /// The values of one row.
  public func row(_ index: Int) -> [Double] {
    Array(values[index * width..<(index + 1) * width])
  }

  /// One value of every row.
  public func column(_ index: Int) -> [Double] {
    stride(from: index, to: values.count, by: max(width, 1)).map { values[$0] }
  }
}
