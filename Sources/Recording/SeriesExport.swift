import HDF5
import Scenarios

/// The recorded values of a run as text or bytes for other programs, block of rows by block of rows.
public struct SeriesExport {
  /// How values are written.
  public enum Format: String, CaseIterable, Sendable {
    /// A header and one line per iteration, commas between columns.
    case csv
    /// The same with tabs.
    case tsv
    /// One object with an array per quantity, nested as its axes are.
    case json
    /// NumPy's array file, of one quantity.
    case npy
  }

  private let run: RunFile
  private let names: [String]
  private let format: Format

  /// An export of quantities by name; of all that are recorded when none is named.
  ///
  /// - Throws: ``RecordingError/notRecorded(_:known:)``, and
  ///   ``RecordingError/needsOneQuantity(format:)`` for NumPy's format with several.
  public init(of run: RunFile, quantities: [String], as format: Format) throws {
    let known = try run.quantities().map(\.name)
    let iteration = Axis.iteration.rawValue
    for name in quantities where name != iteration && !known.contains(name) {
      throw RecordingError.notRecorded(name, known: known)
    }
    names = quantities.isEmpty ? known : quantities
    if format == .npy, names.count != 1 {
      throw RecordingError.needsOneQuantity(format: format.rawValue)
    }
    self.run = run
    self.format = format
  }

  /// Writes everything through a function that takes bytes.
  ///
  /// - Throws: `HDF5Error` when the run cannot be read, and what `put` throws.
  /// - Complexity: O(values) time; memory for 65536 values, or for one row if that has more.
  public func write(_ put: ([UInt8]) throws -> Void) throws {
    switch format {
    case .csv: try writeTable(separator: ",", put)
    case .tsv: try writeTable(separator: "\t", put)
    case .json: try writeObject(put)
    case .npy: try writeArray(put)
    }
  }

  private func writeTable(separator: String, _ put: ([UInt8]) throws -> Void) throws {
    let columns = names.filter { $0 != Axis.iteration.rawValue }
    let shapes = try columns.map { try run.shape(of: $0) }
    try put(Array(Axis.iteration.rawValue.utf8))
    for (name, shape) in zip(columns, shapes) {
      try Self.forEachPlace(in: shape) { place in
        let text =
          place.isEmpty ? name : "\(name)[\(place.map(String.init).joined(separator: ","))]"
        let isQuoted = separator == "," && place.count > 1
        try put(Array((separator + (isQuoted ? "\"\(text)\"" : text)).utf8))
      }
    }
    try put([UInt8(ascii: "\n")])
    try forEachBlock(of: shapes.reduce(1) { $0 + $1.reduce(1, *) }) { rows in
      let labels = try run.iterations(rows: rows)
      let series = try columns.map { try run.series($0, rows: rows) }
      var text = ""
      for (row, label) in labels.enumerated() {
        text += String(label)
        for one in series {
          for value in one.values[row * one.width..<(row + 1) * one.width] {
            text += separator
            text += "\(value)"
          }
        }
        text += "\n"
      }
      try put(Array(text.utf8))
    }
  }

  private func writeObject(_ put: ([UInt8]) throws -> Void) throws {
    let iteration = Axis.iteration.rawValue
    try put(Array("{\"\(iteration)\": [".utf8))
    try forEachBlock(of: 1) { rows in
      let labels = try run.iterations(rows: rows).map(String.init).joined(separator: ", ")
      try put(Array(((rows.lowerBound > 0 ? ", " : "") + labels).utf8))
    }
    try put(Array("]".utf8))
    for name in names where name != iteration {
      try put(Array(",\n\"\(name)\": [".utf8))
      try forEachBlock(of: run.shape(of: name).reduce(1, *)) { rows in
        let series = try run.series(name, rows: rows)
        var text = ""
        for row in 0..<rows.count {
          if rows.lowerBound + row > 0 { text += ", " }
          Self.nest(
            series.values[row * series.width..<(row + 1) * series.width], series.shape[...],
            into: &text)
        }
        try put(Array(text.utf8))
      }
      try put(Array("]".utf8))
    }
    try put(Array("}\n".utf8))
  }

  /// The format of NumPy's own documentation, version 1.0: magic, length, a literal padded to 64.
  private func writeArray(_ put: ([UInt8]) throws -> Void) throws {
    let name = names[0]
    let isLabel = name == Axis.iteration.rawValue
    let shape = [run.rows] + (isLabel ? [] : try run.shape(of: name))
    let tuple = shape.map { "\($0)," }.joined(separator: " ")
    var header = "{'descr': '\(isLabel ? "<i8" : "<f8")', 'fortran_order': False, "
    header += "'shape': (\(tuple)), }"
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    let length = UInt16(header.utf8.count)
    try put([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)])
    try put(Array(header.utf8))
    try forEachBlock(of: shape.dropFirst().reduce(1, *)) { rows in
      let bits =
        isLabel
        ? try run.iterations(rows: rows).map { UInt64(bitPattern: Int64($0)) }
        : try run.series(name, rows: rows).values.map(\.bitPattern)
      try put(bits.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } })
    }
  }

  private func forEachBlock(of width: Int, _ body: (Range<Int>) throws -> Void) throws {
    for rows in RunFile.blocks(of: run.rows, width: width) { try body(rows) }
  }

  /// Calls a function with the indices from 1 of every value of a row, in row-major order.
  private static func forEachPlace(
    in shape: [Int], _ body: ([Int]) throws -> Void
  ) rethrows {
    guard !shape.contains(0) else { return }
    var place = shape.map { _ in 1 }
    while true {
      try body(place)
      guard let axis = shape.indices.last(where: { place[$0] < shape[$0] }) else { return }
      place[axis] += 1
      for later in place.indices where later > axis { place[later] = 1 }
    }
  }

  private static func nest(
    _ values: ArraySlice<Double>, _ shape: ArraySlice<Int>, into text: inout String
  ) {
    guard let size = shape.first else {
      let value = values.first ?? .nan
      text += value.isFinite ? "\(value)" : "null"
      return
    }
    text += "["
    let width = size > 0 ? values.count / size : 0
    for i in 0..<size {
      if i > 0 { text += ", " }
      let first = values.startIndex + i * width
      nest(values[first..<first + width], shape.dropFirst(), into: &text)
    }
    text += "]"
  }
}
