/// A number, or one for each mode, that a sweep keeps of every run.
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

  /// All measures, in the order in which a file lists them.
  public static let all: [RunMeasure] = [
    RunMeasure("last_iteration", "T", "steps taken"),
    RunMeasure("final_loss", "L(T)", "training loss after the last step"),
    RunMeasure("final_risk", "R(T)", "risk after the last step"),
    RunMeasure("least_risk", "min R", "least recorded risk"),
    RunMeasure("least_risk_iteration", "t_stop", "recorded step of least risk, where to stop"),
    RunMeasure(
      "peak_iteration", "t_peak",
      "recorded step of the most prominent peak of the risk inside the run, NaN without one"),
    RunMeasure(
      "peak_prominence", "prominence",
      "how far the risk rises to its most prominent peak and falls after it, the smaller of both, in "
        + "parts of its range; 0 without a peak"),
    RunMeasure(
      "half_learning", "t_½", "first step at which a mode is at least half of the fit", [.mode]),
    RunMeasure(
      "predicted_half_learning", "t_½ (theory)",
      "the same as the first exact solution predicts it", [.mode]),
  ]

  /// The measure of the given name.
  public static func named(_ name: String) -> RunMeasure? { all.first { $0.name == name } }
}
