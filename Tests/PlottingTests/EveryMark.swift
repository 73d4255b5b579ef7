import Plotting

/// One mark of every kind, drawn from values of which some are missing.
///
/// - Parameter values: what every column holds, three values.
func everyMark(label: String = "", values: [Double] = [1, 2, 3]) -> [any Mark] {
  func column(_ name: String) -> Column { Column(name: name, longName: label, values: values) }
  let (a, b, c) = (column("a"), column("b"), column("c"))
  let grid = Grid(
    x: a, y: b,
    values: Column(
      name: "c", longName: label, values: values.flatMap { y in values.map { $0 * y } }))
  let curves = [
    Curve.Style.empirical, .theory, .faint, .contrast, .points, .dots, .start, .end,
  ].map {
    Curve(label: label, along: a, y: b, style: $0, colour: .number(2))
  }
  return [
    Span(.x(0.5...1.5), label: label), Span(.y(-5...0.5), label: label), HeatMap(grid),
    Contours(label: label, grid), VectorField(x: a, y: b, u: c, v: c),
    VectorField(x: a, y: b, u: c, v: c, lengths: .speed, colour: nil),
    Band(label: label, along: a, low: b, high: c, colour: .number(0)),
    Bars(
      label: label, left: a, right: b, height: c, errors: Bars.Errors(low: a, high: c),
      colour: .number(1)),
    ErrorBars(label: label, along: a, y: b, low: a, high: c, colour: .ink),
    Reference(.identity, label: label), Reference(.vertical(0.3), label: label, note: label),
    Reference(.horizontal(0.3), label: label, note: label),
    Arrow(x: 0.5, y: 0.5, label: label), Note(label, x: 0.5, y: 0.5),
  ] + curves + Curve.path(along: a, x: b, y: c, colour: .graded(0.4))
}
