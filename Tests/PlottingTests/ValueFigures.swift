import Foundation
import Plotting

/// The figures that are made from values, of values that look like those of experiments.
enum ValueFigures {
  static func column(_ name: String, _ symbol: String = "", _ values: [Double] = []) -> Column {
    Column(name: name, symbol: symbol, values: values)
  }

  static func geometric(_ low: Double, _ high: Double, _ count: Int) -> [Double] {
    (0..<count).map { low * pow(high / low, Double($0) / Double(count - 1)) }
  }

  static func linear(_ low: Double, _ high: Double, _ count: Int) -> [Double] {
    (0..<count).map { low + (high - low) * Double($0) / Double(count - 1) }
  }

  /// The risk of two modes, which descends twice when the second is slow.
  static func risk(_ time: Double, _ rate: Double) -> Double {
    0.3 + exp(-2 * time) * 0.6 + 0.4 * pow(1 - exp(-time / 8), 2) * exp(-time * rate / 50)
      - 0.1 * (1 - exp(-time * rate / 50))
  }

  static func saddle(_ a: Double, _ b: Double) -> (Double, Double) {
    (b * (1 - a * b), a * (1 - a * b))
  }

  static func path(_ a: Double, _ b: Double, label: String = "") -> PhasePlaneFigure.Path {
    var points = [(a, b)]
    for _ in 0..<400 {
      let (a, b) = points[points.count - 1]
      let (u, v) = saddle(a, b)
      points.append((a + 0.05 * u, b + 0.05 * v))
    }
    return PhasePlaneFigure.Path(
      label: label, along: column("step", "k", points.indices.map(Double.init)),
      x: column("a[\(a),\(b)]", "a", points.map(\.0)),
      y: column("b[\(a),\(b)]", "b", points.map(\.1)))
  }

  static func waves(_ number: Int) -> [Double] {
    (0..<24 * 24).map { index in
      let (row, column) = (Double(index / 24), Double(index % 24))
      return index == 30 ? .nan : sin(row * Double(number) / 4) * cos(column / 3)
    }
  }

  static func all() -> [Figure] {
    let axis = PlotAxis(label: "first weight a", range: -2...2)
    let other = PlotAxis(label: "second weight b", range: -2...2)
    let paths = [path(-1.5, 1.4, label: "large start"), path(0.1, 0.05, label: "small start")]
    let times = geometric(0.1, 1e4, 90)
    let rates = geometric(0.01, 10, 31)
    let grid = Grid(
      x: column("time", "t", times), y: column("kappa", "κ", rates), name: "risk", symbol: "R",
      risk)
    let surface = Grid(
      x: column("a", "", linear(-2, 2, 61)), y: column("b", "", linear(-2, 2, 61)), name: "loss",
      symbol: "L"
    ) { pow(1 - $0 * $1, 2) + 1e-3 }
    let seeds = (0..<10).map { seed in
      times.map { risk($0, 1) * (1 + 0.1 * sin(Double(seed) * 2.4 + log($0))) }
    }
    let other_ = seeds.map { $0.map { 0.5 * $0 } }
    let waiting = (0..<200).map {
      300 * exp(0.4 * sin(Double($0) * 12.9898) + 0.3 * cos(Double($0)))
    }
    let slow = waiting.enumerated().map { $0.isMultiple(of: 40) ? .nan : 4 * $1 }
    let sweep = geometric(0.1, 10, 7)
    let predicted = geometric(10, 1e4, 25)
    let spectrum = (1...256).map { 4 * pow(Double($0), -1.1) + 0.01 }
    return [
      PhasePlaneFigure.figure(
        name: "phase-plane", title: "Two weights under gradient flow", x: axis, y: other,
        background: surface, paths: paths, field: saddle),
      LossSurfaceFigure.figure(
        name: "loss-surface", title: "Loss over the plane of two weights", surface: surface,
        paths: paths),
      TimeParameterFigure.figure(
        name: "time-parameter", title: "Risk over time and κ", grid: grid),
      SeedsFigure.figure(
        name: "seeds", title: "Mean ± standard deviation over ten seeds",
        groups: [
          SeedsFigure.Group(
            label: "σ = 1", along: column("time", "t", times), quantity: column("risk", "R"),
            seeds: seeds, theory: times.map { risk($0, 1) }),
          SeedsFigure.Group(
            label: "σ = 0.1", along: column("time", "t", times), quantity: column("risk", "R"),
            seeds: other_, theory: times.map { 0.5 * risk($0, 1) }),
        ], showsSeeds: true),
      LearningTimesFigure.figure(
        name: "learning-times", title: "Learning times of two modes",
        groups: [
          LearningTimesFigure.Group(label: "mode 1", times: waiting, predicted: 310),
          LearningTimesFigure.Group(label: "mode 2", times: slow, predicted: 1240),
        ], label: "iterations to half-learning"),
      ModeSweepFigure.figure(
        name: "mode-sweep", title: "Errors of the modes for seven values of λ₂",
        along: column("time", "t", times), parameter: column("lambda2", "λ₂", sweep),
        quantity: column("test error"),
        modes: [1.0, 0.2].map { mode in sweep.map { rate in times.map { mode * risk($0, rate) } } }),
      PredictionFigure.figure(
        name: "prediction", title: "Half-times found and predicted",
        groups: [
          PredictionFigure.Group(
            label: "mode 1", predicted: column("predicted half-time", "", predicted),
            found: column(
              "found half-time", "",
              predicted.enumerated().map { $1 * (1 + 0.2 * sin(Double($0))) })),
          PredictionFigure.Group(
            label: "mode 2, ten seeds", predicted: column("predicted half-time", "", predicted),
            found: column("found half-time", "", predicted.map { 1.3 * $0 }),
            deviation: predicted.map { 0.2 * $0 }),
        ]),
      BarsFigure.figure(
        name: "bars", title: "Accuracy of trained, resampled and white networks",
        categories: ["trained", "resampled", "white control"],
        groups: [
          BarsFigure.Group(
            label: "accuracy", values: column("accuracy", "", [0.87, 0.83, 0.69]),
            deviation: [0.01, 0.02, 0.03]),
          BarsFigure.Group(
            label: "rank", values: column("effective rank", "", [22, 21, 180]), side: .right),
        ]),
      BarsFigure.figure(
        name: "bars-log", title: "Loss after ablating parts of the hidden layer",
        categories: (1...9).map { "irreducible representation \($0)" },
        groups: [
          BarsFigure.Group(
            values: column("loss", "L", (1...9).map { 1e-6 * pow(6, Double($0)) }))
        ], isLogarithmic: true),
      SpectrumFigure.figure(
        name: "spectrum", title: "Eigenvalues of the weights",
        spectra: [
          SpectrumFigure.Spectrum(label: "trained", values: spectrum),
          SpectrumFigure.Spectrum(label: "fresh", values: spectrum.map { 0.3 * $0.squareRoot() }),
          SpectrumFigure.Spectrum(
            label: "power law", values: spectrum.map { $0 - 0.005 }, style: .theory),
        ], quantity: column("eigenvalue", "λ"), bulk: 0.02...0.3, bulkLabel: "Marchenko–Pastur"),
      MatrixFigure.figure(
        name: "matrices", title: "Weights by group element",
        matrices: (0..<4).map { number in
          MatrixFigure.Entry(title: "layer \(number + 1)", columns: 24, values: waves(number + 1))
        }, quantity: column("weight", "w"), x: "column", y: "row"),
    ]
  }
}
