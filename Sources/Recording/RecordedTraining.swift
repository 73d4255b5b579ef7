import Dynamics
import HDF5
import LinearAlgebra
import Networks
import Scenarios

/// A training that a run file can be made for.
public protocol RecordedTraining {
  /// The scenario.
  var scenario: Scenario { get }
  /// Size of every axis of the recorded arrays but the iteration.
  var axisSizes: [Axis: Int] { get }
  /// Writes everything that is known before the first step into the group `/data`.
  ///
  /// - Throws: `HDF5Error`.
  func writeData(to group: HDF5Group) throws
}

/// What is recorded of a training where it stands.
public protocol RecordedObservation {
  /// Number of steps taken.
  var iteration: Int { get }
  /// Whether quantities that need more than sums have values.
  var isFinite: Bool { get }
  /// Appends the values of a quantity of this kind of network to others.
  ///
  /// - Throws: `LinearAlgebraError` when a factorisation fails.
  func append(_ quantity: Quantity, to values: inout [Double]) throws
}

extension LinearObservation: RecordedObservation {
  /// Appends the values of a quantity of linear networks to others.
  public func append(_ quantity: Quantity, to values: inout [Double]) throws {
    guard case .linear(let read) = quantity.reader else {
      preconditionFailure("\(quantity.name) is none of a linear network")
    }
    try read(self, &values)
  }
}

extension DenseObservation: RecordedObservation {
  /// Everything has a value, though it may not be finite.
  public var isFinite: Bool { true }

  /// Appends the values of a quantity of dense networks to others.
  public func append(_ quantity: Quantity, to values: inout [Double]) throws {
    guard case .dense(let read) = quantity.reader else {
      preconditionFailure("\(quantity.name) is none of a dense network")
    }
    try read(self, &values)
  }
}

extension LinearTraining: RecordedTraining {
  /// Size of every axis of the recorded arrays but the iteration.
  public var axisSizes: [Axis: Int] {
    let (inputs, outputs) = (problem.correlations.inputs, problem.correlations.outputs)
    return [
      .output: outputs, .input: inputs, .input2: inputs, .mode: outputs, .inputMode: inputs,
      .hidden: network.weights.depth > 1 ? network.weights.layers[0].rows : 0,
      .layer: network.weights.depth, .sample: samples.inputs.rows, .direction: inputs * outputs,
      .hessianMode: min(
        LinearObservation.hessianModes,
        network.weights.layers.reduce(0) { $0 + $1.elements.count }),
    ]
  }

  /// Writes the learning problem.
  public func writeData(to group: HDF5Group) throws { try ProblemGroup.write(self, to: group) }
}

extension DenseTraining: RecordedTraining {
  /// Size of every axis of the recorded arrays but the iteration.
  public var axisSizes: [Axis: Int] {
    var sizes = shape.axisSizes(networks: count)
    sizes[.direction] = rows * shape.outputs
    return sizes
  }

  /// Writes sizes, seeds and the networks at their starts.
  public func writeData(to group: HDF5Group) throws {
    let attributes = group.attributes
    try attributes.set("samples", to: rows)
    try attributes.set("valid_samples", to: validRows)
    try attributes.set("training_precision", to: section.precision.rawValue)
    try NetworkGroup.write(
      (0..<count).map { try draw($0).start.widened }, seeds: seeds, to: group, prefix: "initial_")
  }
}

extension DenseShape {
  /// Size of every axis of what is recorded of so many networks of the shape, but the iteration.
  func axisSizes(networks count: Int) -> [Axis: Int] {
    var sizes: [Axis: Int] = [.net: count, .layer: depth, .input: inputs, .output: outputs]
    for layer in 1..<depth { sizes[.hidden(layer)] = widths[layer] }
    return sizes
  }
}
