import Dynamics
import HDF5
import LinearAlgebra
import Networks
import Scenarios

/// The group `/network`: all parameters of every network that trains on rows, at the end of a run.
///
/// The same datasets, named `initial_…`, are in `/data`.
public enum NetworkGroup {
  static let name = "network"

  /// - Parameter networks: all parameters of each, shape [net][parameter].
  static func write(
    _ networks: [[Double]], of shape: any NetworkShape, seeds: [Int], to group: HDF5Group,
    prefix: String = ""
  ) throws {
    guard !networks.isEmpty else { return }
    var scales = Scales(group: group)
    let when = prefix.isEmpty ? "at the end" : "at the start"
    for array in shape.arrays {
      let sizes = [networks.count] + array.sizes
      let dataset = try group.createDataset(
        prefix + array.name, values: networks.flatMap { $0[array.range] }, shape: sizes)
      try scales.attach([.net] + shape.axes(of: array), sizes: sizes, to: dataset)
      try dataset.attributes.set("units", to: "1")
      try dataset.attributes.set("long_name", to: "\(array.longName) \(when)")
    }
    let seed = try group.createDataset("seed", values: seeds.map(Int64.init))
    try scales.attach([.net], sizes: [networks.count], to: seed)
    try seed.attributes.set("units", to: "1")
    try seed.attributes.set("long_name", to: "seed of each network")
  }

  /// All parameters of each network of a group, shape [net][parameter].
  ///
  /// - Throws: `HDF5Error`, or ``RecordingError/notARun(path:reason:)`` when they have another shape.
  static func read(
    _ group: HDF5Group, shape: any NetworkShape, count: Int, path: String, prefix: String = ""
  ) throws -> [[Double]] {
    var parameters = [[Double]](repeating: [], count: count)
    for array in shape.arrays {
      let dataset = try group.dataset(prefix + array.name)
      guard try dataset.shape == [count] + array.sizes else {
        throw RecordingError.notARun(
          path: path, reason: "\(prefix + array.name) has the shape \(try dataset.shape)")
      }
      let values: [Double] = try dataset.read()
      let size = array.range.count
      for net in 0..<count { parameters[net] += values[net * size..<(net + 1) * size] }
    }
    return parameters
  }
}

extension Scenario {
  /// Where the parameters of networks that train on rows lie; nil for linear networks.
  public var networkShape: (any NetworkShape)? {
    switch network {
    case .linear: nil
    case .dense(let section): section.shape(of: data)
    case .composition(let section): CompositionShape(section, elements: data.outputs)
    }
  }
}

extension RunFile {
  /// Writes the networks at the end of a run into its file.
  ///
  /// - Throws: `HDF5Error`.
  public static func add(networks end: NetworkObservation, seeds: [Int], to path: String) throws {
    try rewriteCopy(of: path) { root in
      if try root.contains(NetworkGroup.name) { try root.remove(NetworkGroup.name) }
      try NetworkGroup.write(
        end.parameters, of: end.shape, seeds: seeds, to: root.createGroup(NetworkGroup.name))
    }
  }

  /// All parameters of each network that trained on rows, at the end of the run or at its start,
  /// shape [net][parameter].
  ///
  /// - Throws: ``RecordingError/noNetworks(path:)`` when the run has not kept any, `HDF5Error`, or
  ///   `RecordingError` when they do not fit the scenario.
  public func networkParameters(atStart: Bool = false) throws -> [[Double]] {
    guard let shape = scenario.networkShape, try atStart || root.contains(NetworkGroup.name) else {
      throw RecordingError.noNetworks(path: path)
    }
    return try NetworkGroup.read(
      root.group(atStart ? RunFormat.data : NetworkGroup.name), shape: shape,
      count: scenario.ensemble, path: path, prefix: atStart ? "initial_" : "")
  }

  /// The dense networks at the end of the run, or at its start.
  ///
  /// - Throws: as ``networkParameters(atStart:)``, and where the networks are of another kind.
  public func networks(atStart: Bool = false) throws -> [DenseNetwork<Double>] {
    guard let shape = scenario.networkShape as? DenseShape else {
      throw RecordingError.noNetworks(path: path)
    }
    return try networkParameters(atStart: atStart).map {
      DenseNetwork(shape: shape, parameters: $0)
    }
  }

  /// The parameters of each network at a recorded row, shape [net][parameter]; nil if the run did not
  /// record them.
  ///
  /// - Throws: `HDF5Error` or `RecordingError`.
  public func networkParameters(atRow row: Int) throws -> [[Double]]? {
    guard let shape = scenario.networkShape else { return nil }
    let known = Set(try quantities().map(\.name))
    guard shape.arrays.allSatisfy({ known.contains($0.name) }) else { return nil }
    var parameters = [[Double]](repeating: [], count: scenario.ensemble)
    for array in shape.arrays {
      let (values, size) = (try series(array.name, rows: row..<row + 1).values, array.range.count)
      guard values.count == parameters.count * size else {
        throw RecordingError.notARun(
          path: path, reason: "\(array.name) has \(values.count) values in a row")
      }
      for net in parameters.indices { parameters[net] += values[net * size..<(net + 1) * size] }
    }
    return parameters
  }
}
