import HDF5
import LearningProblems
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

  /// Sizes of the axes of a quantity after the iteration.
  ///
  /// - Throws: `HDF5Error` when the run did not record it; ``RecordingError`` when a row of it has
  ///   more than 2³² values.
  public func shape(of name: String) throws -> [Int] {
    let shape = Array(try trajectory.dataset(name).shape.dropFirst())
    guard shape.reduce(1.0, { $0 * Double($1) }) < 0x1p32 else {
      throw RecordingError.notARun(path: path, reason: "\(name) has rows of the shape \(shape)")
    }
    return shape
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

  /// The values of a quantity at chosen rows, read in blocks so that memory does not grow with the
  /// length of the run.
  ///
  /// - Parameter rows: counted from 0, ascending.
  /// - Throws: `HDF5Error` when the run did not record it, or not that many.
  public func series(_ name: String, at rows: [Int]) throws -> Series {
    let width = try shape(of: name).reduce(1, *)
    let block = max(1, (1 << 20) / (8 * max(width, 1)))
    var values: [Double] = []
    values.reserveCapacity(rows.count * width)
    var next = 0
    while next < rows.count {
      let start = rows[next]
      let end = min(start + block, (rows.last ?? start) + 1)
      let read = try series(name, rows: start..<end)
      while next < rows.count, rows[next] < end {
        let row = (rows[next] - start) * read.width
        values += read.values[row..<row + read.width]
        next += 1
      }
    }
    return Series(width: width, shape: try shape(of: name), values: values)
  }

  /// Digest of everything in the file but its provenance.
  public func digest() throws -> String {
    try file.contentDigest(excluding: ["/" + RunFormat.provenance])
  }

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
