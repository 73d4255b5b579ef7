import Foundation
import LinearAlgebra
import Networks
import Scenarios

/// What a dense network minimises over some rows.
public struct Objective: Equatable, Sendable {
  /// Which losses are added up.
  public let loss: TrainingSection.Loss
  /// Whether they are added up or averaged.
  public let reduction: TrainingSection.SampleReduction

  /// An objective of losses, added up or averaged.
  public init(_ loss: TrainingSection.Loss, reduction: TrainingSection.SampleReduction) {
    self.loss = loss
    self.reduction = reduction
  }

  /// What the risk adds up over other rows: squared or absolute errors, divided by the same N.
  public init(risk: RecordSection.RiskLoss, reduction: TrainingSection.SampleReduction) {
    self.init(risk == .absolute ? .absolute : .squared, reduction: reduction)
  }

  /// A loss, and how many rows have their largest output where their largest target is.
  public struct Value: Equatable, Sendable {
    /// The loss, as it is reported: 2J where J is minimised.
    public var loss = 0.0
    /// Number of rows of the right class; 0 for losses that know no classes.
    public var correct = 0
  }

  /// What the losses of so many rows are divided by.
  func divisor(rows: Int, outputs: Int) -> Double {
    switch (reduction, loss) {
    case (.sum, _): 1
    case (.mean, .meanSquared): Double(rows * outputs)
    case (.mean, _): Double(rows)
    }
  }

  /// Adds up the undivided losses of a block, and sets its gradient; arrays are [output][row].
  ///
  /// - Parameters:
  ///   - filled: number of rows that count; the gradient is 0 in the others.
  ///   - divisor: what the whole sum is to be divided by.
  func evaluate<Scalar: DenseScalar>(
    _ value: inout Value, units: Int, rows: Int, filled: Int, outputs: UnsafePointer<Scalar>,
    targets: UnsafePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>, divisor: Double
  ) {
    switch loss {
    case .squared, .meanSquared:
      value.loss += Scalar.squaredErrors(
        units: units, rows: rows, filled: filled, outputs: outputs, targets: targets,
        scale: Scalar((loss == .squared ? 1 : 2) / divisor), gradient: gradient)
    case .absolute:
      value.loss += Scalar.absoluteErrors(
        units: units, rows: rows, filled: filled, outputs: outputs, targets: targets,
        scale: Scalar(1 / divisor), gradient: gradient)
    case .crossEntropy:
      crossEntropies(
        &value, units: units, rows: rows, filled: filled, outputs: outputs, targets: targets,
        gradient: gradient, divisor: divisor)
    }
  }

  /// The largest output is taken out before exponentials are formed; the class of a row is the
  /// first of its largest targets.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private func crossEntropies<Scalar: DenseScalar>(
    _ value: inout Value, units: Int, rows: Int, filled: Int, outputs: UnsafePointer<Scalar>,
    targets: UnsafePointer<Scalar>, gradient: UnsafeMutablePointer<Scalar>, divisor: Double
  ) {
    for row in 0..<rows {
      guard row < filled else {
        for unit in 0..<units { gradient[unit * rows + row] = 0 }
        continue
      }
      var (highest, label) = (0, 0)
      for unit in 1..<units {
        if outputs[unit * rows + row] > outputs[highest * rows + row] { highest = unit }
        if targets[unit * rows + row] > targets[label * rows + row] { label = unit }
      }
      let top = Double(outputs[highest * rows + row])
      var total = 0.0
      for unit in 0..<units { total += exp(Double(outputs[unit * rows + row]) - top) }
      let logTotal = log(total)
      for unit in 0..<units {
        let probability = exp(Double(outputs[unit * rows + row]) - top - logTotal)
        gradient[unit * rows + row] = Scalar((probability - (unit == label ? 1 : 0)) / divisor)
      }
      value.loss += logTotal + top - Double(outputs[label * rows + row])
      value.correct += highest == label ? 1 : 0
    }
  }
}
