import Recording

/// The errors of each mode on the training and on the test samples.
public enum ModeErrorsFigure {
  /// Name of the figure.
  public static let name = "mode-errors"

  /// The figure of a run; nil if the run recorded neither error.
  ///
  /// - Throws: `HDF5Error` when the run cannot be read.
  public static func figure(of run: RunFile) throws -> Figure? {
    let iterations = try run.iterationColumn()
    let panels = try [
      ("mode_train_error", "excess training loss over the fit"),
      ("mode_test_error", "test risk"),
    ].compactMap { name, title -> Panel? in
      guard let errors = try run.recorded(name) else { return nil }
      let modes = ShownModes(of: errors)
      return Panel(
        title: title, x: .iterations(iterations.values),
        y: .fitting(errors.series.values, label: errors.quantity.symbol),
        marks: modes.curves(of: errors, along: iterations), legend: .right)
    }
    guard !panels.isEmpty else { return nil }
    return Figure(name: name, title: run.title("Errors of the modes"), panels: panels)
  }
}
