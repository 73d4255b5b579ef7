import Plotting

/// The figures that are made from values, of values that may be none, missing or equal.
enum AwkwardFigures {
  static func all(_ values: [Double]) -> [Figure] {
    func column(_ name: String) -> Column { Column(name: name, values: values) }
    let (x, y, z) = (column("x"), column("y"), column("z"))
    let grid = Grid(
      x: x, y: y, values: Column(name: "z", values: values.flatMap { a in values.map { a * $0 } }))
    let axis = PlotAxis.fitting(values, label: "a")
    let path = PhasePlaneFigure.Path(label: "path", along: x, x: y, y: z)
    let rows = values.map { _ in values }
    return [
      PhasePlaneFigure.figure(
        name: "phase-plane", title: "", x: axis, y: axis, background: grid, paths: [path]
      ) { a, b in (values.first ?? 0 * a, b) },
      LossSurfaceFigure.figure(name: "loss-surface", title: "", surface: grid, paths: [path]),
      TimeParameterFigure.figure(name: "time-parameter", title: "", grid: grid),
      TimeParameterFigure.figure(
        name: "signed", title: "", grid: grid, palette: .diverging, isLogarithmic: true),
      SeedsFigure.figure(
        name: "seeds", title: "",
        groups: [
          SeedsFigure.Group(label: "a", along: x, quantity: y, seeds: rows, theory: values)
        ], showsSeeds: true),
      SeedsFigure.figure(name: "no-seeds", title: "", groups: []),
      LearningTimesFigure.figure(
        name: "learning-times", title: "",
        groups: [LearningTimesFigure.Group(label: "a", times: values, predicted: values.last)],
        label: "time", isLogarithmic: true),
      ModeSweepFigure.figure(
        name: "mode-sweep", title: "", along: x, parameter: y, quantity: z, modes: [rows]),
      PredictionFigure.figure(
        name: "prediction", title: "",
        groups: [PredictionFigure.Group(predicted: x, found: y, deviation: values)]),
      BarsFigure.figure(
        name: "bars", title: "", categories: values.map { "\($0)" },
        groups: [
          BarsFigure.Group(values: x, deviation: values),
          BarsFigure.Group(values: y, deviation: values, side: .right),
        ], isLogarithmic: true),
      SpectrumFigure.figure(
        name: "spectrum", title: "",
        spectra: [SpectrumFigure.Spectrum(label: "a", values: values)], quantity: x,
        bulk: -1...2),
      MatrixFigure.figure(
        name: "matrices", title: "",
        matrices: values.isEmpty ? [] : [MatrixFigure.Entry(columns: 1, values: values)],
        quantity: z, x: "column", y: "row"),
    ]
  }
}
