import HDF5
import Scenarios

/// Writes the arrays of a sweep, run after run in their order, in blocks.
struct SweepWriter {
  private let root: HDF5Group
  private let layout: SweepLayout
  /// The scales of the axes of the sweep.
  private var axes: [HDF5Dataset] = []
  private var inner: [Axis: HDF5Dataset] = [:]
  private var arrays: [Array] = []

  /// An array of the file, and what of it waits to be written.
  private struct Array {
    let dataset: HDF5Dataset
    /// Shape of what a run has.
    let shape: [Int]
    /// Axes of what a run has.
    let axes: [Axis]
    var pending: [Double] = []

    var width: Int { shape.reduce(1, *) }
  }

  /// Creates all arrays, empty.
  init(_ root: HDF5Group, layout: SweepLayout) throws {
    (self.root, self.layout) = (root, layout)
    for axis in layout.grid.axes { axes.append(try createScale(axis)) }
    for measure in layout.measures {
      try create(measure.name, measure.symbol, measure.longName, measure.axes)
    }
    for quantity in layout.quantities {
      try create(quantity.name, quantity.symbol, quantity.longName, [.iteration] + quantity.axes)
    }
  }

  private mutating func create(
    _ name: String, _ symbol: String, _ longName: String, _ axes: [Axis]
  ) throws {
    let dataset = try root.createDataset(
      name, elementType: .float64, shape: layout.shape(axes))
    for number in self.axes.indices { try dataset.attachScale(self.axes[number], axis: number) }
    for (number, axis) in axes.enumerated() {
      let scale = try inner[axis] ?? createScale(axis)
      inner[axis] = scale
      try dataset.attachScale(scale, axis: self.axes.count + number)
    }
    try dataset.attributes.set("units", to: "1")
    try dataset.attributes.set("long_name", to: longName)
    try dataset.attributes.set("symbol", to: symbol)
    let shape = Swift.Array(layout.shape(axes).dropFirst(self.axes.count))
    arrays.append(Array(dataset: dataset, shape: shape, axes: axes))
  }

  /// The labels of an axis of recorded arrays.
  private func createScale(_ axis: Axis) throws -> HDF5Dataset {
    let labels =
      axis == .iteration
      ? layout.iterations : (0..<(layout.sizes[axis] ?? 0)).map { $0 + 1 }
    let name = layout.name(of: axis)
    let scale = try root.createDataset(name, values: labels.map(Int64.init))
    try scale.makeScale(name: name)
    try scale.attributes.set("long_name", to: axis.longName)
    return scale
  }

  /// The values of an axis of the sweep; further keys that it sets lie along it under their names.
  private func createScale(_ axis: SweepAxis) throws -> HDF5Dataset {
    let places = axis.values.values.indices
    let scale = try createCoordinate(
      axis.coordinate, places.map { layout.label(of: axis, at: $0) })
    try scale.makeScale(name: axis.coordinate)
    try scale.attributes.set("long_name", to: axis.keys.joined(separator: ", "))
    for number in axis.keys.indices where number > 0 || !axis.labels.isEmpty {
      let own = try createCoordinate(
        layout.name(ofKey: axis.keys[number]), places.map { axis.value(of: number, at: $0) })
      try own.attachScale(scale, axis: 0)
      try own.attributes.set("long_name", to: axis.keys[number])
    }
    return scale
  }

  /// Values as whole numbers if all are, as numbers if all are, otherwise as texts.
  private func createCoordinate(_ name: String, _ values: [JSON]) throws -> HDF5Dataset {
    let numbers = values.compactMap(\.number)
    guard numbers.count == values.count else {
      return try root.createDataset(name, texts: values.map { $0.string ?? $0.compactText })
    }
    let whole = numbers.compactMap { Int64(exactly: $0) }
    return whole.count == numbers.count
      ? try root.createDataset(name, values: whole) : try root.createDataset(name, values: numbers)
  }

  /// Writes every run, NaN for those that are missing, and how each ended.
  mutating func write(
    _ journals: RunJournals, blockBytes: Int, _ progress: (Int) -> Void
  ) throws {
    let count = layout.grid.count
    let rowBytes = arrays.reduce(1) { $0 + 8 * $1.width }
    let block = max(1, min(count, blockBytes / rowBytes))
    let statuses = try root.createDataset(
      "status", elementType: .int8, shape: layout.grid.shape)
    for number in axes.indices { try statuses.attachScale(axes[number], axis: number) }
    try statuses.attributes.set("long_name", to: "how the run ended")
    try statuses.attributes.set("flag_values", to: RunRecord.Status.allCases.map(\.rawValue))
    try statuses.attributes.set(
      "flag_meanings", to: RunRecord.Status.allCases.map(\.name).joined(separator: " "))
    var failures: [(run: Int, message: String)] = []
    for i in arrays.indices { arrays[i].pending.reserveCapacity(block * arrays[i].width) }
    var done = 0
    while done < count {
      let runs = done..<min(count, done + block)
      var ends: [Int8] = []
      for run in runs {
        let record = journals.record(of: run)
        ends.append(Int8(record?.status.rawValue ?? 0))
        if let record, record.status == .failed { failures.append((run, record.message)) }
        append(record)
      }
      let boxes = boxes(of: runs, in: layout.grid.shape)
      try write(ends, width: 1, shape: [], to: statuses, boxes)
      for i in arrays.indices where arrays[i].width > 0 {
        let array = arrays[i]
        try write(array.pending, width: array.width, shape: array.shape, to: array.dataset, boxes)
        arrays[i].pending.removeAll(keepingCapacity: true)
      }
      done = runs.upperBound
      progress(done)
    }
    guard !failures.isEmpty else { return }
    let group = try root.createGroup("failures")
    try group.createDataset("run", values: failures.map { Int64($0.run) })
    try group.createDataset("message", texts: failures.map(\.message))
  }

  private func write<Element: HDF5Element>(
    _ values: [Element], width: Int, shape: [Int], to dataset: HDF5Dataset, _ boxes: [RunBox]
  ) throws {
    try values.withUnsafeBufferPointer { values in
      var place = 0
      for box in boxes {
        let count = box.shape.reduce(1, *) * width
        try dataset.write(
          UnsafeBufferPointer(rebasing: values[place..<place + count]),
          at: box.start + shape.map { _ in 0 }, shape: box.shape + shape)
        place += count
      }
    }
  }

  /// Adds a run to what waits, NaN where it has nothing.
  private mutating func append(_ record: RunRecord?) {
    let rows =
      record.map { $0.iterations == layout.iterations ? nil : layout.rows(of: $0.iterations) }
      ?? nil
    let isWhole = record?.sizes == layout.sizes
    var measured = 0
    for i in arrays.indices {
      let width = arrays[i].width
      guard let record, record.status != .failed else {
        arrays[i].pending.append(contentsOf: repeatElement(.nan, count: width))
        continue
      }
      let isMeasure = i < layout.measures.count
      let own = arrays[i].axes.map {
        $0 == .iteration ? record.iterations.count : record.sizes[$0] ?? 0
      }
      let size = own.reduce(1, *)
      let values: ArraySlice<Double>
      if isMeasure {
        values = record.measures[measured..<measured + size]
        measured += size
      } else {
        values = record.series[i - layout.measures.count][...]
      }
      if isWhole, isMeasure || rows == nil {
        arrays[i].pending.append(contentsOf: values)
      } else {
        let start = arrays[i].pending.count
        arrays[i].pending.append(contentsOf: repeatElement(.nan, count: width))
        scatter(
          values, own, into: &arrays[i].pending, at: start, arrays[i].shape,
          rows: isMeasure ? nil : rows)
      }
    }
  }

  /// Puts values of one shape into the corner of another; rows along the first axis where told.
  private func scatter(
    _ values: ArraySlice<Double>, _ own: [Int], into all: inout [Double], at start: Int,
    _ shape: [Int], rows: [Int]?
  ) {
    guard !values.isEmpty else { return }
    for (number, value) in values.enumerated() {
      var (rest, place, stride) = (number, 0, 1)
      for axis in own.indices.reversed() {
        var index = rest % own[axis]
        rest /= own[axis]
        if axis == 0, let rows { index = rows[index] }
        place += index * stride
        stride *= shape[axis]
      }
      all[start + place] = value
    }
  }
}

/// A box of runs: places along the axes of a sweep.
struct RunBox: Equatable {
  var start: [Int]
  var shape: [Int]
}

/// The boxes that a range of runs consists of, in the order of the runs.
func boxes(of runs: Range<Int>, in shape: [Int]) -> [RunBox] {
  guard let size = shape.first else { return runs.isEmpty ? [] : [RunBox(start: [], shape: [])] }
  let inner = Array(shape.dropFirst())
  let width = inner.reduce(1, *)
  guard width > 0, size > 0, !runs.isEmpty else { return [] }
  var boxes: [RunBox] = []
  var next = runs.lowerBound
  while next < runs.upperBound {
    let (place, offset) = next.quotientAndRemainder(dividingBy: width)
    let whole = (runs.upperBound - next) / width
    if offset == 0, whole > 0 {
      boxes.append(RunBox(start: [place] + inner.map { _ in 0 }, shape: [whole] + inner))
      next += whole * width
    } else {
      let end = min(runs.upperBound, (place + 1) * width)
      boxes += Recording.boxes(of: offset..<offset + end - next, in: inner).map {
        RunBox(start: [place] + $0.start, shape: [1] + $0.shape)
      }
      next = end
    }
  }
  return boxes
}
