import Recording

/// Squared errors of the entries of the network's map, each in its own panel, and their mean.
///
/// All panels have the same vertical axis. Of a map with more than eight entries the figure shows
/// the eight that were furthest off at the start; the mean is always that of all entries.
public enum WeightErrorFigure {
  /// The map that errors are measured against.
  public enum Reference: String, CaseIterable, Sendable {
    /// The map behind the targets, Bᵀ.
    case teacher
    /// The least-squares fit, Ŵ.
    case fit

    /// Name of the figure.
    public var figureName: String { "weight-error-\(rawValue)" }
  }

  /// Largest number of entries with a panel.
  static let entries = 8

  /// The figure of a run; nil if the run did not record these errors.
  ///
  /// - Throws: `HDF5Error` when the run cannot be read.
  public static func figure(of run: RunFile, against reference: Reference) throws -> Figure? {
    guard let errors = try run.recorded(reference.rawValue + "_error") else { return nil }
    let iterations = try run.iterationColumn()
    let chosen = errors.series.row(0).indicesOfLargest(entries)
    let mean = errors.mean
    let columns = chosen.map(errors.column)
    let y = PlotAxis.fitting(
      (columns + [mean]).flatMap(\.values), label: errors.quantity.symbol)
    let x = PlotAxis.iterations(iterations.values)

    func panel(_ title: String, _ column: Column, _ colour: Colour) -> Panel {
      let isVisible = column.values.contains { y.range.contains($0) }
      return Panel(
        title: title, x: x, y: y,
        marks: [Curve(along: iterations, y: column, colour: colour)],
        notice: isVisible ? "" : "zero to rounding")
    }
    let all = errors.series.width
    let entryPanels = zip(chosen, columns).map { index, column in
      let place = errors.position(of: index)
      return panel("output \(place[0] + 1), input \(place[1] + 1)", column, .number(0))
    }
    let count = chosen.count < all ? ", the \(chosen.count) entries furthest off at the start" : ""
    let name = reference == .teacher ? "the teacher Bᵀ" : "the fit Ŵ"
    return Figure(
      name: reference.figureName,
      title: run.title("Squared errors of the map W against \(name)\(count)"),
      panels: entryPanels + [panel(all == 1 ? "mean" : "mean of all \(all)", mean, .number(1))],
      columns: all == 1 ? 2 : 3)
  }
}
