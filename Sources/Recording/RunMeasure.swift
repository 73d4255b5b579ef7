import Scenarios

/// A number, or one for each mode or network, that a sweep keeps of every run.
public struct RunMeasure: Sendable, Equatable {
  /// Name in the file.
  public let name: String
  /// Symbol in formulas, as plots show it.
  public let symbol: String
  /// Meaning in words.
  public let longName: String
  /// Axes besides those of the sweep.
  public let axes: [Axis]

  init(_ name: String, _ symbol: String, _ longName: String, _ axes: [Axis] = []) {
    (self.name, self.symbol, self.longName, self.axes) = (name, symbol, longName, axes)
  }

  private static let lastIteration = RunMeasure("last_iteration", "T", "steps taken")

  /// The measures of linear networks, in the order in which a file lists them.
  static let linear =
    [
      lastIteration,
      RunMeasure("final_loss", "L(T)", "training loss after the last step"),
      RunMeasure("final_risk", "R(T)", "risk after the last step"),
    ] + ofLeast("risk", "R", "risk", []) + [
      RunMeasure(
        "half_learning", "t_½", "first step at which a mode is at least half of the fit", [.mode]),
      RunMeasure(
        "predicted_half_learning", "t_½ (theory)",
        "the same as the first exact solution predicts it", [.mode]),
    ]

  /// The measures of networks that train on rows, of each network of an ensemble.
  static func ofRows(hasClasses: Bool) -> [RunMeasure] {
    var measures = [
      lastIteration,
      RunMeasure("final_train_loss", "L(T)", "training loss after the last step", [.net]),
      RunMeasure("final_valid_loss", "Lᵥ(T)", "validation loss after the last step", [.net]),
    ]
    if hasClasses {
      measures += [
        RunMeasure(
          "final_train_accuracy", "a(T)", "training accuracy after the last step", [.net]),
        RunMeasure(
          "final_valid_accuracy", "aᵥ(T)", "validation accuracy after the last step", [.net]),
      ]
    }
    return measures + ofLeast("valid_loss", "Lᵥ", "validation loss", [.net])
  }

  /// Where a curve is least, and its most prominent peak.
  private static func ofLeast(
    _ name: String, _ symbol: String, _ words: String, _ axes: [Axis]
  ) -> [RunMeasure] {
    [
      RunMeasure("least_\(name)", "min \(symbol)", "least recorded \(words)", axes),
      RunMeasure(
        "least_\(name)_iteration", "t_stop", "recorded step of least \(words), where to stop",
        axes),
      RunMeasure(
        "peak_iteration", "t_peak",
        "recorded step of the most prominent peak of the \(words) inside the run, NaN without one",
        axes),
      RunMeasure(
        "peak_prominence", "prominence",
        "how far the \(words) rises to its most prominent peak and falls after it, the smaller of "
          + "both, in parts of its range; 0 without a peak", axes),
    ]
  }

  /// The measures of a scenario's networks, in the order in which a file lists them.
  public static func all(of scenario: Scenario) -> [RunMeasure] {
    switch scenario.network {
    case .linear: linear
    case .dense, .composition: ofRows(hasClasses: hasClasses(scenario))
    }
  }

  /// Whether rows belong to classes, of which some are right.
  public static func hasClasses(_ scenario: Scenario) -> Bool {
    if case .composition = scenario.network {
      true
    } else {
      scenario.training.loss == .crossEntropy
    }
  }
}
