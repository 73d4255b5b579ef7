import Recording

/// The first theory laid over a run that predicts a quantity, ready to be drawn over it.
struct DrawnTheory {
  /// The theory.
  let overlay: Overlay
  private let predicted: Series
  private let recorded: RecordedQuantity
  private let iterations: Column
  private let rows: [Int]

  /// The theory for a recorded quantity; nil if none predicts it.
  ///
  /// - Throws: `HDF5Error` or `RecordingError`.
  init?(of quantity: RecordedQuantity, over run: RunFile) throws {
    // A risk of absolute errors is another quantity than the squared one that theories predict.
    let isOther =
      quantity.quantity.name == "risk" && run.scenario.record.riskLoss == .absolute
    guard !isOther,
      let overlay = try run.overlays().first(where: { $0.curve(quantity.quantity.name) != nil }),
      let curve = overlay.curve(quantity.quantity.name),
      curve.series.width == quantity.series.width
    else { return nil }
    let places = Dictionary(
      zip(try run.iterations(), 0..<run.rows), uniquingKeysWith: { first, _ in first })
    let known = overlay.iterations.indices.filter { places[overlay.iterations[$0]] != nil }
    guard known.count == overlay.iterations.count else { return nil }
    self.overlay = overlay
    predicted = curve.series
    recorded = quantity
    rows = overlay.iterations.compactMap { places[$0] }
    iterations = Column(
      name: "theory_" + Axis.iteration.rawValue, symbol: "k", longName: Axis.iteration.longName,
      values: overlay.iterations.map(Double.init))
  }

  /// The predicted value at a flat index of a row, dashed.
  func curve(_ index: Int, label: String, colour: Colour) -> Curve {
    let own = recorded.column(index)
    let column = recorded.column(
      name: own.name + "_theory", longName: own.longName + ", " + overlay.title,
      values: predicted.column(index))
    return Curve(label: label, along: iterations, y: column, style: .theory, colour: colour)
  }

  /// The size of the difference between run and theory at a flat index of a row.
  func gap(_ index: Int, label: String = "", colour: Colour) -> Curve {
    let own = recorded.column(index)
    let mine = recorded.series.column(index)
    let differences = zip(rows, predicted.column(index)).map { abs(mine[$0] - $1) }
    let column = recorded.column(
      name: own.name + "_gap", longName: own.longName + ", distance from " + overlay.title,
      values: differences)
    return Curve(label: label, along: iterations, y: column, colour: colour)
  }

  /// A panel of gaps, to stand under the panel with the curves.
  func gapPanel(_ curves: [Curve], x: PlotAxis, legend: Panel.Legend) -> Panel {
    Panel(
      x: x, y: .fitting(curves.flatMap(\.y.values), label: "|run − theory|"), marks: curves,
      legend: legend)
  }
}
