import Recording

/// The loss on the training samples over the training.
public enum LossFigure {
  /// Name of the figure.
  public static let name = "loss"

  /// The figure of a run; nil if the run did not record the loss.
  ///
  /// - Throws: `HDF5Error` when the run cannot be read.
  public static func figure(of run: RunFile) throws -> Figure? {
    guard let loss = try run.recorded("loss") else { return nil }
    return try .single(
      loss, of: run, name: name, title: "Loss on the training samples",
      label: "loss L", colour: .number(1))
  }
}
