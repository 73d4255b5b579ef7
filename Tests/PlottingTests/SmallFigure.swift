import Plotting

/// A figure of two panels of curves, a line and an arrow.
enum SmallFigure {
  static let iterations = Column(
    name: "iteration", symbol: "k", longName: "steps taken", values: [0, 1, 100])
  static let loss = Column(name: "loss", symbol: "L", longName: "the loss", values: [8, 0.5, 0.1])
  static let theory = Column(
    name: "theory", symbol: "L", longName: "the loss in theory", values: [8, .nan, .infinity])
  static let start = Column(name: "w", symbol: "w₁", longName: "a weight", values: [-0.25])
  static let first = Column(name: "iteration", symbol: "k", longName: "steps taken", values: [0])

  static func figure(title: String = "A title", label: String = "network") -> Figure {
    Figure(
      name: "small", title: title,
      panels: [
        Panel(
          title: "above", x: PlotAxis(label: "iteration", isLogarithmic: true, range: 1...100),
          y: PlotAxis(label: "loss L", range: 0...10),
          marks: [
            Curve(label: label, along: iterations, y: loss, colour: .number(0)),
            Curve(label: "theory", along: iterations, y: theory, style: .theory, colour: .ink),
            Reference(value: 0.1, label: "fit", colour: .pale),
          ], legend: .right),
        Panel(
          title: "below", x: PlotAxis(label: "w₁", range: -1...1),
          y: PlotAxis(label: "w₁", range: -1...1),
          marks: [
            Curve(along: first, x: start, y: start, style: .start, colour: .number(3)),
            Curve(along: iterations, x: loss, y: loss, style: .theory, colour: .number(1)),
            Arrow(x: 0.5, y: -0.5, label: "v₁"),
          ], notice: "nothing"),
      ])
  }
}
