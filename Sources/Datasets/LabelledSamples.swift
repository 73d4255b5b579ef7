import LinearAlgebra
import RandomStreams
import Scenarios

/// Training and validation rows with their targets, of whatever origin.
public struct LabelledSamples: Equatable, Sendable {
  /// Training inputs, shape [sample, input].
  public var inputs: Matrix<Double>
  /// Training targets, shape [sample, output].
  public var targets: Matrix<Double>
  /// Validation inputs, shape [sample, input].
  public var validInputs: Matrix<Double>
  /// Validation targets, shape [sample, output].
  public var validTargets: Matrix<Double>

  /// Rows of the given inputs and targets.
  ///
  /// - Throws: `ScenarioError` when an entry is not finite; it says where.
  public init(
    inputs: Matrix<Double>, targets: Matrix<Double>, validInputs: Matrix<Double>,
    validTargets: Matrix<Double>
  ) throws {
    precondition(
      inputs.rows == targets.rows && validInputs.rows == validTargets.rows
        && inputs.columns == validInputs.columns && targets.columns == validTargets.columns,
      "inputs \(inputs.shape) and \(validInputs.shape), targets \(targets.shape) and "
        + "\(validTargets.shape) do not fit together")
    self.inputs = inputs
    self.targets = targets
    self.validInputs = validInputs
    self.validTargets = validTargets
    for (name, matrix) in [
      ("training inputs", inputs), ("training targets", targets),
      ("validation inputs", validInputs), ("validation targets", validTargets),
    ] {
      guard let place = matrix.elements.firstIndex(where: { !$0.isFinite }) else { continue }
      throw ScenarioError(
        key: "data",
        problem: "The \(name) have the value \(matrix.elements[place]) in row "
          + "\(place / matrix.columns + 1), column \(place % matrix.columns + 1)",
        remedy: "give data of finite numbers")
    }
  }
}

extension Scenario {
  /// Draws the rows of one network of an ensemble.
  ///
  /// - Parameters:
  ///   - numPy: NumPy's stream at the network's seed.
  ///   - torch: PyTorch's stream at the same seed; the network starts from what follows.
  ///   - reading: reads the matrix at a path.
  /// - Throws: `ScenarioError` for data that cannot be read or are not finite, `LinearAlgebraError`
  ///   if a factorisation fails.
  public func drawLabelledSamples(
    numPy: inout NumPyStream, torch: inout TorchStream,
    reading: MatrixReader = { try readMatrixFile($0) }
  ) throws -> LabelledSamples {
    switch data {
    case .twoTask(let data): return try data.draw(numPy: &numPy, torch: &torch)
    case .group(let data): return try data.drawRows(numPy: &numPy)
    case .images(let data): return try data.samples(reading: reading)
    case .powerLaw(let data):
      guard let seed = data.seed else { return try data.draw(using: &numPy) }
      var own = try NumPyStream(seed: seed)
      return try data.draw(using: &own)
    default: break
    }
    let samples = try drawSamples(using: &numPy, reading: reading)
    return try LabelledSamples(
      inputs: samples.inputs, targets: samples.targets, validInputs: samples.testInputs,
      validTargets: samples.testTargets)
  }
}
