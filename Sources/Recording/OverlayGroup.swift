import Foundation
import HDF5

/// The groups `/theory/<id>` of a run file.
enum OverlayGroup {
  static let parent = "theory"

  /// Name of the group of a solution: hyphens are no letters in the languages that read files.
  static func name(of id: String) -> String { id.map { $0 == "-" ? "_" : "\($0)" }.joined() }

  static func write(_ overlay: Overlay, to group: HDF5Group) throws {
    let attributes = group.attributes
    try attributes.set("id", to: overlay.id)
    try attributes.set("title", to: overlay.title)
    try attributes.set("source", to: overlay.source)
    try attributes.set("verdict", to: overlay.verdict)
    try attributes.set("assumptions", to: overlay.assumptions.map(\.name))
    try attributes.set("violations", to: overlay.assumptions.map(\.violation))
    try attributes.set("expected_errors", to: overlay.assumptions.map(\.expectedError))
    try attributes.set("warnings", to: overlay.warnings)
    // Empty at first, so that the file is the same whether it knows the gaps already or not.
    try setGaps([], of: group)

    let scale = try group.createDataset(
      Axis.iteration.rawValue, values: overlay.iterations.map(Int64.init))
    try scale.makeScale(name: Axis.iteration.rawValue)
    try scale.attributes.set("long_name", to: Axis.iteration.longName)
    try scale.attributes.set("units", to: "1")
    let time = try group.createDataset("time", values: overlay.times)
    try time.attachScale(scale, axis: 0)
    try describe(time, as: "time")
    var scales = Scales(group: group)
    for curve in overlay.curves {
      let dataset = try group.createDataset(
        curve.quantity, values: curve.values, shape: [overlay.iterations.count] + curve.shape)
      try dataset.attachScale(scale, axis: 0)
      try scales.attach(curve.axes, sizes: curve.shape, to: dataset, from: 1)
      try describe(dataset, as: curve.quantity)
    }
    if !overlay.gaps.isEmpty { try setGaps(overlay.gaps, of: group) }
  }

  /// Writes how far the run is from a theory, replacing what was known of it.
  static func setGaps(_ gaps: [Overlay.Gap], of group: HDF5Group) throws {
    let attributes = group.attributes
    try attributes.set("gap_quantities", to: gaps.map(\.quantity))
    try attributes.set("largest_gaps", to: gaps.map(\.absolute))
    try attributes.set("relative_gaps", to: gaps.map(\.relative))
    try attributes.set("gap_iterations", to: gaps.map { Int64($0.iteration) })
    try attributes.set("step_size_gaps", to: gaps.map(\.stepSize))
  }

  /// Writes overlays into the groups of a file, replacing those of the same ids.
  static func write(_ overlays: [Overlay], to root: HDF5Group) throws {
    guard !overlays.isEmpty else { return }
    let parent =
      try root.contains(OverlayGroup.parent)
      ? root.group(OverlayGroup.parent) : root.createGroup(OverlayGroup.parent)
    for overlay in overlays {
      let name = OverlayGroup.name(of: overlay.id)
      if try parent.contains(name) { try parent.remove(name) }
      try OverlayGroup.write(overlay, to: parent.createGroup(name))
    }
  }

  /// Whether a file holds an overlay with as many iterations, as it was laid before the run.
  static func holds(_ overlay: Overlay, in root: HDF5Group) throws -> Bool {
    guard try root.contains(parent) else { return false }
    let parent = try root.group(parent)
    let name = name(of: overlay.id)
    guard try parent.contains(name) else { return false }
    return try parent.group(name).dataset(Axis.iteration.rawValue).read(as: Int64.self)
      == overlay.iterations.map(Int64.init)
  }

  private static func describe(_ dataset: HDF5Dataset, as quantity: String) throws {
    try dataset.attributes.set("units", to: "1")
    guard let known = Quantity.named(quantity) else { return }
    try dataset.attributes.set("long_name", to: known.longName)
    try dataset.attributes.set("symbol", to: known.symbol)
  }

  static func read(_ group: HDF5Group, path: String) throws -> Overlay {
    let attributes = group.attributes
    func texts(_ name: String) throws -> [String] { try attributes.get(name) }
    func numbers(_ name: String) throws -> [Double] { try attributes.get(name) }
    let names = try texts("assumptions")
    let (violations, errors) = (try numbers("violations"), try numbers("expected_errors"))
    let quantities = try texts("gap_quantities")
    let (absolute, relative) = (try numbers("largest_gaps"), try numbers("relative_gaps"))
    let places: [Int64] = try attributes.get("gap_iterations")
    let explained = try numbers("step_size_gaps")
    guard
      [violations.count, errors.count].allSatisfy({ $0 == names.count }),
      [absolute.count, relative.count, places.count, explained.count]
        .allSatisfy({ $0 == quantities.count })
    else {
      throw RecordingError.notARun(path: path, reason: "a theory's attributes differ in length")
    }
    let iterations = try group.dataset(Axis.iteration.rawValue).read(as: Int64.self).map(Int.init)
    var curves: [Overlay.Curve] = []
    for name in try group.childNames where name != "time" && name != Axis.iteration.rawValue {
      let dataset = try group.dataset(name)
      guard try !dataset.isScale else { continue }
      let shape = try dataset.shape
      guard shape.first == iterations.count else {
        throw RecordingError.notARun(path: path, reason: "theory/\(name) has the shape \(shape)")
      }
      let axes = try (1..<shape.count).compactMap {
        Axis(rawValue: try dataset.scaleName($0) ?? "")
      }
      curves.append(
        Overlay.Curve(
          quantity: name, axes: axes, shape: Array(shape.dropFirst()), values: try dataset.read()))
    }
    return Overlay(
      id: try attributes.get("id"), title: try attributes.get("title"),
      source: try attributes.get("source"), verdict: try attributes.get("verdict"),
      assumptions: names.indices.map {
        Overlay.Assumption(
          name: names[$0], violation: violations[$0], expectedError: errors[$0])
      },
      warnings: try texts("warnings"), iterations: iterations,
      times: try group.dataset("time").read(), curves: curves,
      gaps: quantities.indices.map {
        Overlay.Gap(
          quantity: quantities[$0], absolute: absolute[$0], relative: relative[$0],
          iteration: Int(places[$0]), stepSize: explained[$0])
      })
  }
}

extension RunFile {
  /// The theories laid over the run, in the order in which they were added.
  ///
  /// - Throws: ``RecordingError`` or `HDF5Error`.
  public func overlays() throws -> [Overlay] {
    guard try root.contains(OverlayGroup.parent) else { return [] }
    let parent = try root.group(OverlayGroup.parent)
    return try parent.childNames.map { try OverlayGroup.read(parent.group($0), path: path) }
  }

  /// Writes overlays with their gaps into a run file, replacing those of the same ids.
  ///
  /// Where the file holds the overlays already, laid before the first step, only the gaps are set.
  /// Otherwise they are written into a copy that then takes the file's place, so that whatever
  /// happens the file is as it was or whole.
  ///
  /// - Throws: `HDF5Error` or an error of Foundation when the copy cannot be written.
  public static func add(_ overlays: [Overlay], to path: String) throws {
    let file = try HDF5File.open(path, mode: .readWrite, isLocked: false)
    let root = try file.root
    if try overlays.allSatisfy({ try OverlayGroup.holds($0, in: root) }) {
      for overlay in overlays {
        let group = try root.group(OverlayGroup.parent).group(OverlayGroup.name(of: overlay.id))
        try OverlayGroup.setGaps(overlay.gaps, of: group)
      }
      return try file.close()
    }
    try file.close()
    try rewriteCopy(of: path) { try OverlayGroup.write(overlays, to: $0) }
  }

  /// Changes a copy of a run file, which then takes the file's place.
  ///
  /// - Throws: what `change` throws, `HDF5Error`, or an error of Foundation when the copy cannot be
  ///   written; the file is as it was then.
  static func rewriteCopy(of path: String, _ change: (HDF5Group) throws -> Void) throws {
    let copy = path + ".part"
    try? FileManager.default.removeItem(atPath: copy)
    do {
      try FileManager.default.copyItem(atPath: path, toPath: copy)
      let file = try HDF5File.open(copy, mode: .readWrite)
      try change(file.root)
      try file.close()
      guard rename(copy, path) == 0 else {
        throw HDF5Error.failed(
          operation: "replace", name: path, message: String(cString: strerror(errno)))
      }
    } catch {
      try? FileManager.default.removeItem(atPath: copy)
      throw error
    }
  }
}
