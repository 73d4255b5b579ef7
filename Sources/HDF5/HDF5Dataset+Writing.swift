import CHDF5

extension HDF5Dataset {
  /// Replaces all values, in row-major order.
  ///
  /// - Throws: ``HDF5Error/wrongShape(name:expected:found:)`` when their number differs;
  ///   ``HDF5Error/wrongType(name:expected:found:)`` when the dataset cannot hold them.
  public func write<Element: HDF5Element>(_ values: [Element]) throws {
    let extent = try extent
    guard extent.count == values.count else {
      throw HDF5Error.wrongShape(
        name: object.location, expected: "\(extent.count) values (shape \(extent.shape))",
        found: "\(values.count)")
    }
    try values.withUnsafeBufferPointer { buffer in
      try write(buffer, start: extent.origin, shape: extent.shape)
    }
  }

  /// Adds rows (steps along the first axis) at the end, in one write.
  ///
  /// - Parameter values: whole rows in row-major order; none is allowed.
  /// - Throws: ``HDF5Error/wrongShape(name:expected:found:)`` when the values are no whole number
  ///   of rows; ``HDF5Error/wrongType(name:expected:found:)`` when the dataset cannot hold them;
  ///   ``HDF5Error/failed(operation:name:message:)`` when it cannot grow. The dataset keeps its
  ///   old length then.
  public func append<Element: HDF5Element>(rows values: [Element]) throws {
    try values.withUnsafeBufferPointer { try append(rows: $0) }
  }

  /// Adds rows (steps along the first axis) at the end, in one write, from memory.
  ///
  /// - Parameter values: whole rows in row-major order; none is allowed.
  /// - Throws: as the overload for arrays.
  public func append<Element: HDF5Element>(rows values: UnsafeBufferPointer<Element>) throws {
    try write(rows: values, from: try extent.shape.first ?? 0)
  }

  /// Writes rows (steps along the first axis) from one on, over what is there, growing as needed.
  ///
  /// - Parameters:
  ///   - values: whole rows in row-major order; none is allowed.
  ///   - first: the first row to write, at most one behind the last.
  /// - Throws: as ``append(rows:)-(Array<_>)``.
  public func write<Element: HDF5Element>(rows values: [Element], from first: Int) throws {
    try values.withUnsafeBufferPointer { try write(rows: $0, from: first) }
  }

  private func write<Element: HDF5Element>(
    rows values: UnsafeBufferPointer<Element>, from first: Int
  ) throws {
    try requireHolds(Element.elementType)
    let extent = try extent
    guard let old = extent.shape.first, extent.rowSize > 0,
      values.count.isMultiple(of: extent.rowSize)
    else {
      throw HDF5Error.wrongShape(
        name: object.location, expected: "whole rows of \(extent.rowSize) values",
        found: "\(values.count) values")
    }
    guard (0...old).contains(first) else {
      throw HDF5Error.wrongShape(
        name: object.location, expected: "a first row of at most \(old)", found: "\(first)")
    }
    guard !values.isEmpty else { return }
    let count = values.count / extent.rowSize
    if first + count > old { try resize(rows: first + count, extent) }
    do {
      try write(values, start: extent.start(ofRow: first), shape: extent.shape(rows: count))
    } catch {
      if first + count > old { try? resize(rows: old, extent) }
      throw error
    }
  }

  private func resize(rows: Int, _ extent: Extent) throws {
    let sizes = extent.shape(rows: rows).map(hsize_t.init)
    try object.use { id in
      _ = try checked("resize", object.location) { H5Dset_extent(id, sizes) }
    }
  }

  /// Throws unless the values keep their kind: floating-point goes to floating-point only.
  private func requireHolds(_ type: HDF5ElementType) throws {
    let found = try elementType
    var fits = found.holds(type)
    if case .float = found, case .integer = type { fits = false }
    guard fits else {
      throw HDF5Error.wrongType(
        name: object.location, expected: "writing \(type)", found: "\(found)")
    }
  }

  private func write<Element: HDF5Element>(
    _ values: UnsafeBufferPointer<Element>, start: [Int], shape: [Int]
  ) throws {
    try requireHolds(Element.elementType)
    guard let type = Element.elementType.memoryType, !values.isEmpty else { return }
    func write(_ memory: hid_t, _ space: hid_t) throws {
      try object.use { id in
        _ = try checked("write", object.location) {
          H5Dwrite(id, type, memory, space, hid_t(H5P_DEFAULT), values.baseAddress)
        }
      }
    }
    if shape.isEmpty { return try write(hid_t(H5S_ALL), hid_t(H5S_ALL)) }
    try withSelection(start: start, count: shape) { space in
      try withSpace(shape: shape, object.location) { try write($0, space) }
    }
  }
}
