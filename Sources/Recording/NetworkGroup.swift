import HDF5
import LinearAlgebra
import Networks
import Scenarios

/// The group `/network`: weights and biases of every dense network at the end of a run.
///
/// The same datasets, named `initial_…`, are in `/data`.
public enum NetworkGroup {
  static let name = "network"

  static func write(
    _ networks: [DenseNetwork<Double>], seeds: [Int], to group: HDF5Group, prefix: String = ""
  ) throws {
    guard let shape = networks.first?.shape else { return }
    var scales = Scales(group: group)
    func add(_ name: String, _ values: [Double], _ axes: [Axis], _ sizes: [Int], _ words: String)
      throws
    {
      let dataset = try group.createDataset(
        name, values: values, shape: [networks.count] + sizes)
      try scales.attach([.net] + axes, sizes: [networks.count] + sizes, to: dataset)
      try dataset.attributes.set("units", to: "1")
      try dataset.attributes.set("long_name", to: words)
    }
    let when = prefix.isEmpty ? "at the end" : "at the start"
    for layer in 1...shape.depth {
      let (output, input) = Axis.layer(
        layer, depth: shape.depth, convolutions: shape.convolutions.count)
      try add(
        "\(prefix)W\(layer)", networks.flatMap { $0.weights(layer).elements }, [output, input],
        [shape.channels(layer), shape.fanIn(layer)], "weights of layer \(layer) \(when)")
      guard shape.hasBiases else { continue }
      try add(
        "\(prefix)b\(layer)", networks.flatMap { $0.biases(layer) }, [output],
        [shape.channels(layer)], "biases of layer \(layer) \(when)")
    }
    let seed = try group.createDataset("seed", values: seeds.map(Int64.init))
    try scales.attach([.net], sizes: [networks.count], to: seed)
    try seed.attributes.set("units", to: "1")
    try seed.attributes.set("long_name", to: "seed of each network")
  }

  /// The networks of a group.
  ///
  /// - Throws: `HDF5Error`, or ``RecordingError/notARun(path:reason:)`` when they have another shape.
  static func read(
    _ group: HDF5Group, shape: DenseShape, count: Int, path: String, prefix: String = ""
  ) throws -> [DenseNetwork<Double>] {
    func values(_ name: String, _ sizes: [Int]) throws -> [Double] {
      let dataset = try group.dataset(prefix + name)
      guard try dataset.shape == [count] + sizes else {
        throw RecordingError.notARun(
          path: path, reason: "\(prefix + name) has the shape \(try dataset.shape)")
      }
      return try dataset.read()
    }
    var parameters = [[Double]](repeating: [], count: count)
    for layer in 1...shape.depth {
      let (rows, columns) = (shape.channels(layer), shape.fanIn(layer))
      let weights = try values("W\(layer)", [rows, columns])
      let biases = shape.hasBiases ? try values("b\(layer)", [rows]) : []
      for net in 0..<count {
        parameters[net] += weights[net * rows * columns..<(net + 1) * rows * columns]
        if shape.hasBiases { parameters[net] += biases[net * rows..<(net + 1) * rows] }
      }
    }
    return parameters.map { DenseNetwork(shape: shape, parameters: $0) }
  }
}

extension RunFile {
  /// Writes the dense networks at the end of a run into its file.
  ///
  /// - Throws: `HDF5Error`.
  public static func add(
    networks: [DenseNetwork<Double>], seeds: [Int], to path: String
  ) throws {
    try rewriteCopy(of: path) { root in
      if try root.contains(NetworkGroup.name) { try root.remove(NetworkGroup.name) }
      try NetworkGroup.write(networks, seeds: seeds, to: root.createGroup(NetworkGroup.name))
    }
  }

  /// The dense networks at the end of the run, or at its start.
  ///
  /// - Throws: ``RecordingError/noNetworks(path:)`` when the run has not kept any, `HDF5Error`, or
  ///   `RecordingError` when they do not fit the scenario.
  public func networks(atStart: Bool = false) throws -> [DenseNetwork<Double>] {
    guard case .dense(let section) = scenario.network else {
      throw RecordingError.noNetworks(path: path)
    }
    let shape = section.shape(of: scenario.data)
    if atStart {
      return try NetworkGroup.read(
        root.group(RunFormat.data), shape: shape, count: scenario.ensemble, path: path,
        prefix: "initial_")
    }
    guard try root.contains(NetworkGroup.name) else { throw RecordingError.noNetworks(path: path) }
    return try NetworkGroup.read(
      root.group(NetworkGroup.name), shape: shape, count: scenario.ensemble, path: path)
  }
}
