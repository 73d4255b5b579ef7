import Recording

/// The strengths of the modes over the training, with those of the fit as dashed lines.
public enum ModeStrengthsFigure {
  /// Name of the figure.
  public static let name = "mode-strengths"

  /// The figure of a run; nil if the run did not record the strengths.
  ///
  /// - Throws: `HDF5Error` when the run cannot be read.
  public static func figure(of run: RunFile) throws -> Figure? {
    guard let strengths = try run.recorded("mode_strength") else { return nil }
    let iterations = try run.iterationColumn()
    let modes = ShownModes(of: strengths)
    let fit = try run.problem.modes.values
    let references: [any Mark] = modes.named.filter { $0 < fit.count }.map { mode in
      Reference(
        value: fit[mode], label: mode == 0 ? "fit S" : "",
        colour: modes.colour(mode))
    }
    let values =
      modes.all.flatMap { strengths.series.column($0) }
      + modes.named.compactMap { mode in
        mode < fit.count ? fit[mode] : nil
      }
    let finite = values.filter(\.isFinite)
    let axis = PlotAxis.iterations(iterations.values)
    let theory = try DrawnTheory(of: strengths, over: run)
    var panel = Panel(
      x: axis,
      y: .linear(
        from: finite.min() ?? 0, through: finite.max() ?? 1,
        label: "mode strength \(strengths.quantity.symbol)"),
      marks: modes.curves(of: strengths, along: iterations) + references,
      legend: .right)
    let title = run.title("Strengths of the modes")
    guard let theory else { return Figure(name: name, title: title, panels: [panel]) }
    // Over the solid lines in the same colours theory would not show; black dashes do.
    panel.marks += modes.named.map { mode in
      theory.curve(mode, label: mode == 0 ? theory.overlay.title : "", colour: .ink)
    }
    let gaps = modes.named.map { mode in
      theory.gap(mode, label: "mode \(mode + 1)", colour: modes.colour(mode))
    }
    return Figure(
      name: name, title: title,
      panels: [panel, theory.gapPanel(gaps, x: axis, legend: .right)])
  }
}

/// The modes that a figure shows: the first ten with a colour each, the others in grey behind them.
struct ShownModes {
  /// All modes.
  let all: Range<Int>
  /// The modes with a name and a colour.
  let named: Range<Int>

  init(of quantity: RecordedQuantity) {
    all = 0..<quantity.series.width
    named = 0..<min(quantity.series.width, Colour.count)
  }

  func colour(_ mode: Int) -> Colour { named.contains(mode) ? .number(mode) : .pale }

  /// One curve per mode, the named ones last and so on top.
  func curves(of quantity: RecordedQuantity, along iterations: Column) -> [Curve] {
    let others = (named.upperBound..<all.upperBound).map { mode in
      let label = mode == named.upperBound ? "\(all.count - named.count) others" : ""
      return Curve(label: label, along: iterations, y: quantity.column(mode), colour: .pale)
    }
    return others
      + named.map { mode in
        Curve(
          label: "mode \(mode + 1)", along: iterations, y: quantity.column(mode),
          colour: colour(mode))
      }
  }
}
