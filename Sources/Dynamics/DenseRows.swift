import Datasets
import LinearAlgebra
import Networks

/// Training and validation rows in the numbers and the order of memory that networks train with.
///
/// Networks that learn from the same rows share them.
public struct DenseRows<Scalar: DenseScalar>: Sendable {
  /// Inputs and targets in blocks.
  struct Blocks: Sendable {
    var inputs: RowBlocks<Scalar>
    var targets: RowBlocks<Scalar>

    init(_ inputs: Matrix<Double>, _ targets: Matrix<Double>) {
      let height = DensePass<Scalar>.height(rows: inputs.rows)
      self.inputs = RowBlocks(inputs.converted(), height: height)
      self.targets = RowBlocks(targets.converted(), height: height)
    }

    /// Room for so many rows.
    init(room rows: Int, inputs: Int, targets: Int, height: Int) {
      self.inputs = RowBlocks(room: rows, columns: inputs, height: height)
      self.targets = RowBlocks(room: rows, columns: targets, height: height)
    }
  }

  /// Training rows: in blocks where all are taken at every step, otherwise row by row.
  enum Training: Sendable {
    case whole(Blocks)
    case table(inputs: Matrix<Scalar>, targets: Matrix<Scalar>)
  }

  /// The training rows.
  let training: Training
  /// The validation rows.
  let valid: Blocks
  /// Number of training rows.
  let count: Int
  /// Number of inputs and of outputs.
  let columns: (inputs: Int, targets: Int)

  /// The rows of samples.
  ///
  /// - Parameter inBatches: whether steps take some of the training rows.
  public init(_ samples: LabelledSamples, inBatches: Bool) {
    training =
      inBatches
      ? .table(inputs: samples.inputs.converted(), targets: samples.targets.converted())
      : .whole(Blocks(samples.inputs, samples.targets))
    valid = Blocks(samples.validInputs, samples.validTargets)
    count = samples.inputs.rows
    columns = (samples.inputs.columns, samples.targets.columns)
  }
}

extension Matrix<Double> {
  /// The entries in other numbers.
  fileprivate func converted<Other: DenseScalar>() -> Matrix<Other> {
    Matrix<Other>(rows: rows, columns: columns, elements: elements.map { Other($0) })
  }
}
