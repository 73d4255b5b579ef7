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
  /// Number of networks whose risks are told apart.
  var riskCount: Int { get }
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
  /// What is to be small of data that are not trained on, of each network.
  var risks: [Double] { get }
  /// Appends the values of a quantity of this kind of network to others.
  ///
  /// - Throws: `LinearAlgebraError` when a factorisation fails.
  func append(_ quantity: Quantity, to values: inout [Double]) throws
}

extension LinearObservation: RecordedObservation {
  /// The risk.
  public var risks: [Double] { [risk] }

  /// Appends the values of a quantity of linear networks to others.
  public func append(_ quantity: Quantity, to values: inout [Double]) throws {
    guard case .linear(let read) = quantity.reader else {
      preconditionFailure("\(quantity.name) is none of a linear network")
    }
    try read(self, &values)
  }
}

extension NetworkObservation: RecordedObservation {
  /// Everything has a value, though it may not be finite.
  public var isFinite: Bool { true }

  /// The losses on the validation rows.
  public var risks: [Double] { validationLosses }

  /// Appends the values of a quantity of networks that train on rows to others.
  public func append(_ quantity: Quantity, to values: inout [Double]) throws {
    guard case .network(let read) = quantity.reader else {
      preconditionFailure("\(quantity.name) is one of a linear network")
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

  /// One network.
  public var riskCount: Int { 1 }

  /// Writes the learning problem.
  public func writeData(to group: HDF5Group) throws { try ProblemGroup.write(self, to: group) }
}

extension RecordedTraining where Self: NetworkTraining {
  /// Size of every axis of the recorded arrays but the iteration.
  public var axisSizes: [Axis: Int] { networkShape.axisSizes(networks: count) }

  /// One for each network.
  public var riskCount: Int { count }

  /// Writes sizes, seeds and the networks at their starts.
  public func writeData(to group: HDF5Group) throws {
    let attributes = group.attributes
    try attributes.set("samples", to: rows)
    try attributes.set("valid_samples", to: validRows)
    try attributes.set("training_precision", to: precision.rawValue)
    try NetworkGroup.write(
      (0..<count).map { try start(ofNetwork: $0) }, of: networkShape, seeds: seeds, to: group,
      prefix: "initial_")
    if let examples = (self as? DenseTraining)?.examples() {
      try ExampleGroup.write(examples.inputs, classes: examples.classes, to: group)
    }
  }
}

extension DenseTraining: RecordedTraining {
  /// Size of every axis of the recorded arrays but the iteration.
  public var axisSizes: [Axis: Int] {
    var sizes = shape.axisSizes(networks: count)
    sizes[.direction] = rows * shape.outputs
    return sizes
  }
}
extension CompositionTraining: RecordedTraining {}

extension NetworkShape {
  /// Size of every axis of what is recorded of so many networks of the shape, but the iteration.
  func axisSizes(networks count: Int) -> [Axis: Int] {
    var sizes: [Axis: Int] = [.net: count, .layer: layers.count]
    for array in arrays {
      for (axis, size) in zip(axes(of: array), array.sizes) { sizes[axis] = size }
    }
    return sizes
  }

  /// The axes of an array of parameters.
  func axes(of array: ParameterArray) -> [Axis] {
    if self is CompositionShape {
      return switch array.name {
      case "W": [.embedding2, .hidden]
      case "W_U": [.hidden, .element]
      default: [.element, .embedding]
      }
    }
    let (output, input) = Axis.layer(
      array.layer, depth: layers.count,
      convolutions: (self as? DenseShape)?.convolutions.count ?? 0)
    return array.sizes.count == 2 ? [output, input] : [output]
  }
}
