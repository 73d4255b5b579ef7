import Recording

/// The risk on the test samples over the training.
public enum RiskFigure {
  /// Name of the figure.
  public static let name = "risk"

  /// The figure of a run; nil if the run did not record the risk.
  ///
  /// - Throws: `HDF5Error` when the run cannot be read.
  public static func figure(of run: RunFile) throws -> Figure? {
    guard let risk = try run.recorded("risk") else { return nil }
    let isAbsolute = run.scenario.record.riskLoss == .absolute
    return try .single(
      risk, of: run, name: name, title: "Risk on the test samples",
      label: isAbsolute ? "risk R (absolute errors)" : "risk R", colour: .number(1))
  }
}

extension Figure {
  /// One curve over the iterations.
  static func single(
    _ quantity: RecordedQuantity, of run: RunFile, name: String, title: String, label: String,
    colour: Colour
  ) throws -> Figure {
    let iterations = try run.iterationColumn()
    let values = quantity.column()
    let axis = PlotAxis.iterations(iterations.values)
    let theory = try DrawnTheory(of: quantity, over: run)
    var panel = Panel(
      x: axis, y: .fitting(values.values, label: label),
      marks: [
        Curve(label: theory == nil ? "" : "run", along: iterations, y: values, colour: colour)
      ])
    guard let theory else { return Figure(name: name, title: run.title(title), panels: [panel]) }
    panel.marks.append(theory.curve(0, label: theory.overlay.title, colour: .ink))
    panel.legend = .right
    let gap = theory.gapPanel(
      [theory.gap(0, label: "gap", colour: colour)], x: axis, legend: .right)
    return Figure(name: name, title: run.title(title), panels: [panel, gap])
  }
}
