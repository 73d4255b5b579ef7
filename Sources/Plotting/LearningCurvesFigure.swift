import Recording

/// Training and validation losses of dense networks over the training.
public enum LearningCurvesFigure {
  /// Name of the figure.
  public static let name = "learning-curves"

  /// The figure of a run; nil if the run did not record both losses.
  ///
  /// - Throws: `HDF5Error` when the run cannot be read.
  public static func figure(of run: RunFile) throws -> Figure? {
    guard let training = try run.recorded("train_loss"),
      let valid = try run.recorded("valid_loss")
    else { return nil }
    let iterations = try run.iterationColumn()
    let groups = [("training", training), ("validation", valid)].map { label, loss in
      SeedsFigure.Group(
        label: label, along: iterations,
        quantity: loss.column(name: "loss", longName: "loss", values: []),
        seeds: (0..<loss.series.width).map(loss.series.column))
    }
    return SeedsFigure.figure(
      name: name, title: run.title("Losses on training and validation samples"), groups: groups,
      x: .iterations(iterations.values), showsSeeds: training.series.width <= 30)
  }
}
