import LinearAlgebra
import RandomStreams
import Scenarios

extension HierarchyData {
  /// One sample per item: a unit vector, and the features of the item.
  ///
  /// Only diffusing features draw: per feature a uniform number for the sign of the root (positive
  /// below ½), then one per node of each level from the top, left to right, which turns the sign
  /// of the parent if it is below the probability. The test set is the training set.
  public func draw(using stream: inout NumPyStream) -> Samples {
    let levels = nodesPerLevel ?? [1]
    let items = levels.last ?? 1
    var targets = Matrix<Double>(rows: items, columns: outputs)
    switch features {
    case .nodes:
      var feature = 0
      for nodes in levels {
        for item in 0..<items { targets[item, feature + item * nodes / items] = 1 }
        feature += nodes
      }
    case .diffusion:
      for feature in 0..<outputs {
        var signs = [stream.uniform() < 0.5 ? 1.0 : -1]
        for nodes in levels.dropFirst() {
          signs = (0..<nodes).map { node in
            let parent = signs[node / branching]
            return stream.uniform() < flip ? -parent : parent
          }
        }
        for item in 0..<items { targets[item, feature] = signs[item] }
      }
    }
    let inputs = Matrix<Double>.identity(items)
    return Samples(
      inputs: inputs, targets: targets, testInputs: inputs, teacher: targets.transposed,
      noise: [0, 0], count: items)
  }
}
