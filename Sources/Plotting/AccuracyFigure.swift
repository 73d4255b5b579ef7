import Recording

/// Share of the samples of the right class, before training and over its epochs.
public enum AccuracyFigure {
  /// Name of the figure.
  public static let name = "accuracy"

  /// The figure of a run; nil if the run knows no classes.
  ///
  /// - Throws: `HDF5Error` when the run cannot be read.
  public static func figure(of run: RunFile) throws -> Figure? {
    guard let training = try run.recorded("train_accuracy"),
      let valid = try run.recorded("valid_accuracy"), let epochs = try run.recorded("epoch")
    else { return nil }
    let epoch = epochs.column()
    func curves(_ accuracy: RecordedQuantity, _ words: String, _ style: Curve.Style) -> [Curve] {
      (0..<min(accuracy.series.width, 4)).map { net in
        Curve(
          label: accuracy.series.width > 1 ? "\(words), network \(net + 1)" : words, along: epoch,
          y: accuracy.column(net), style: style, colour: .number(net))
      }
    }
    return Figure(
      name: name, title: run.title("Accuracy"),
      panels: [
        Panel(
          x: .linear(from: 0, through: epoch.values.last ?? 1, label: "passes over the samples"),
          y: PlotAxis(label: "share of samples of the right class", range: 0...1.02),
          marks: curves(training, "training", .empirical) + curves(valid, "validation", .contrast),
          legend: .right)
      ])
  }
}
