import CHDF5

/// Dimension scales: datasets that name an axis of others and hold its coordinates.
///
/// Tools such as xarray take the names of axes from them. This module keeps to one scale per axis,
/// since readers disagree on what several mean; a scale serves datasets in its own group and in
/// the groups below.
extension HDF5Dataset {
  /// Makes this dataset a scale of this name, to be attached to axes of others.
  public func makeScale(name: String) throws {
    try requireNoNullCharacter(name, object.location)
    try object.use { id in
      _ = try checked("make a dimension scale of", object.location) { H5DSset_scale(id, name) }
    }
  }

  /// Whether ``makeScale(name:)`` was called on it.
  public var isScale: Bool {
    get throws {
      guard try attributes.contains("CLASS") else { return false }
      return (try? attributes.get("CLASS", as: String.self)) == "DIMENSION_SCALE"
    }
  }

  /// Attaches a scale to an axis, and labels the axis with the scale's name.
  ///
  /// - Throws: ``HDF5Error/wrongShape(name:expected:found:)`` when there is no such axis, or when
  ///   it has a scale; ``HDF5Error/failed(operation:name:message:)``.
  public func attachScale(_ scale: HDF5Dataset, axis: Int) throws {
    try requireAxis(axis)
    if let other = try scaleName(axis) {
      throw HDF5Error.wrongShape(
        name: object.location,
        expected: "one dimension scale on axis \(axis), which has '\(other)'",
        found: "a second one")
    }
    try object.use { id in
      try scale.object.use { scaleID in
        _ = try checked("attach \(scale.path) to axis \(axis) of", object.location) {
          H5DSattach_scale(id, scaleID, UInt32(axis))
        }
      }
    }
    try setLabel(scaleName(axis) ?? scale.path, axis: axis)
  }

  /// Labels an axis.
  public func setLabel(_ label: String, axis: Int) throws {
    try requireAxis(axis)
    try requireNoNullCharacter(label, object.location)
    try object.use { id in
      _ = try checked("label axis \(axis) of", object.location) {
        H5DSset_label(id, UInt32(axis), label)
      }
    }
  }

  /// The label of an axis, nil when it has none.
  public func label(_ axis: Int) throws -> String? {
    let rank = try requireAxis(axis)
    guard try attributes.contains("DIMENSION_LABELS") else { return nil }
    let labels = try attributes.get("DIMENSION_LABELS", as: [String].self)
    return labels.count == rank && !labels[axis].isEmpty ? labels[axis] : nil
  }

  /// The name of the scale attached to an axis (the first, if several are), nil without one.
  ///
  /// A scale without a name goes by its path.
  public func scaleName(_ axis: Int) throws -> String? {
    let rank = try requireAxis(axis)
    guard try attributes.contains("DIMENSION_LIST") else { return nil }
    // Not through the library's own functions: they trust the type of this attribute, which a
    // damaged file may have changed.
    return try attributes.withAttribute("DIMENSION_LIST") { attribute, _, space, extent in
      guard extent.shape == [rank] else { return nil }
      let type = try checked("read the scales of", object.location) {
        H5Tvlen_create(dyn_H5T_STD_REF_OBJ())
      }
      defer { H5Tclose(type) }
      var lists = [hvl_t](repeating: hvl_t(), count: rank)
      defer { H5Dvlen_reclaim(type, space, hid_t(H5P_DEFAULT), &lists) }
      try checked("read the scales of", object.location) { H5Aread(attribute, type, &lists) }
      guard lists[axis].len > 0, let references = lists[axis].p else { return nil }
      let id = try object.use { id in
        try checked("follow the scale of axis \(axis) of", object.location) {
          H5Rdereference2(id, hid_t(H5P_DEFAULT), H5R_OBJECT, references)
        }
      }
      let scale = OpenObject(id: id, file: object.file, path: try nameOfObject(id))
      let attributes = HDF5Attributes(object: scale)
      guard try attributes.contains("NAME") else { return scale.path }
      return try attributes.get("NAME", as: String.self)
    }
  }

  @discardableResult
  private func requireAxis(_ axis: Int) throws -> Int {
    let rank = try shape.count
    guard (0..<rank).contains(axis) else {
      throw HDF5Error.wrongShape(
        name: object.location, expected: "an axis below \(rank)", found: "\(axis)")
    }
    return rank
  }

  private func nameOfObject(_ id: hid_t) throws -> String {
    var name = [CChar](repeating: 0, count: 1024)
    let size = name.count
    return try name.withUnsafeMutableBufferPointer { buffer in
      try checked("name a scale of", object.location) {
        H5Iget_name(id, buffer.baseAddress, size)
      }
      return buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
  }
}
