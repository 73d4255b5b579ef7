import LinearAlgebra
import Recording
import Scenarios

/// How well outputs answer some rows: the share of right classes, or the mean squared error.
struct Score {
  /// Whether it is a share of right classes.
  let isAccuracy: Bool
  private let targets: Matrix<Double>

  /// The score that suits what a scenario minimises; only cross-entropy knows classes.
  init(_ scenario: Scenario, targets: Matrix<Double>) {
    isAccuracy = scenario.training.loss == .crossEntropy
    self.targets = targets
  }

  /// Name in the run file.
  var name: String { isAccuracy ? "accuracy" : "mean_squared_error" }
  /// Meaning in words.
  var words: String {
    isAccuracy
      ? "share of validation samples of the right class"
      : "mean squared error on the validation samples"
  }
  /// A short name for tables.
  var label: String { isAccuracy ? "accuracy" : "mean squared error" }

  /// The score of outputs, shape [sample, output].
  ///
  /// The class of a row is the first of its largest targets.
  func value(of outputs: Matrix<Double>) -> Double {
    guard isAccuracy else {
      return (outputs - targets).squaredNorm / Double(outputs.elements.count)
    }
    func label(_ matrix: Matrix<Double>, _ row: Int) -> Int {
      (1..<matrix.columns).reduce(0) { matrix[row, $1] > matrix[row, $0] ? $1 : $0 }
    }
    let right = (0..<outputs.rows).count { label(outputs, $0) == label(targets, $0) }
    return Double(right) / Double(outputs.rows)
  }
}
