import FiniteGroups
import LinearAlgebra
import RandomStreams
import Scenarios

/// All pairs of elements of a group, of which some are for training.
public struct CompositionPairs: Sendable {
  /// The group.
  public let group: FiniteGroup
  /// Training pairs x · order + y, ascending.
  public let training: [Int]
  /// Validation pairs, ascending.
  public let valid: [Int]
}

extension GroupData {
  /// Draws which pairs are for training: the first of NumPy's permutation of all.
  ///
  /// - Throws: `GroupError` for a group whose tables do not fit in memory.
  public func draw(
    numPy: inout NumPyStream, available: Double = .infinity
  ) throws -> CompositionPairs {
    let group = try FiniteGroup(group, available: available)
    let permutation = numPy.permutation(count: group.order * group.order)
    return CompositionPairs(
      group: group, training: permutation[..<samples].sorted(),
      valid: permutation[samples...].sorted())
  }

  /// The pairs as rows of a dense network, one-hot: x and y side by side, and xy.
  func drawRows(numPy: inout NumPyStream) throws -> LabelledSamples {
    let pairs = try draw(numPy: &numPy)
    let order = pairs.group.order
    func inputs(_ chosen: [Int]) -> Matrix<Double> {
      Matrix(rows: chosen.count, columns: 2 * order) { row, input in
        input == chosen[row] / order || input == order + chosen[row] % order ? 1 : 0
      }
    }
    func targets(_ chosen: [Int]) -> Matrix<Double> {
      Matrix(rows: chosen.count, columns: order) { row, output in
        output == Int(pairs.group.table[chosen[row]]) ? 1 : 0
      }
    }
    return try LabelledSamples(
      inputs: inputs(pairs.training), targets: targets(pairs.training),
      validInputs: inputs(pairs.valid), validTargets: targets(pairs.valid))
  }
}
