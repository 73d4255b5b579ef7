import Dynamics
import Foundation
import LearningProblems
import LinearAlgebra
import Plotting
import Scenarios

/// Planes of two curves with the paths of the runs.
extension ScenarioFigures {
  /// The panel of a plane.
  ///
  /// - Throws: `ScenarioError` when the background is not about the problem of the first run.
  func plane(_ panel: PlanePanel) throws -> Panel {
    let chosen = try selected(panel.selection)
    let labelled = panel.labels.isEmpty ? nil : panel.labels
    var (paths, x, y): ([any Mark], [Double], [Double]) = ([], [], [])
    for (number, run) in chosen.enumerated() {
      let (first, second) = (try run.track(panel.first), try run.track(panel.second))
      let words =
        labelled.flatMap { number < $0.count ? $0[number] : nil }
        ?? label(run.member, among: chosen, averaged: false)
      let colour: Colour =
        panel.background == .loss || panel.background == .risk
        ? .accent
        : chosen.count > 6
          ? .graded(Double(number) / Double(chosen.count - 1)) : .number(number)
      paths += Curve.path(
        label: words, along: Column(name: "iteration", values: first.iterations),
        x: try column(panel.first, first.values, words: words + " x"),
        y: try column(panel.second, second.values, words: words + " y"), colour: colour,
        markers: colour)
      x += first.values
      y += second.values
    }
    func axis(_ values: [Double], _ range: [Double], _ words: String, _ name: String) throws
      -> PlotAxis
    {
      let label = words.isEmpty ? Self.words(for: try CurveName(name)) : words
      return Self.axis(values, label: label, isLogarithmic: false, window: range, hasMargins: true)
    }
    let horizontal = try axis(x, panel.firstRange, panel.firstLabel, panel.first)
    let vertical = try axis(y, panel.secondRange, panel.secondLabel, panel.second)
    let behind = try background(
      panel.background, horizontal, vertical, scenario: chosen[0].member.scenario)
    return Panel(
      title: panel.title, x: horizontal, y: vertical, marks: behind + paths,
      legend: chosen.count > 1 ? .right : .none)
  }

  private func background(
    _ kind: PlanePanel.Background, _ x: PlotAxis, _ y: PlotAxis, scenario: Scenario
  ) throws -> [any Mark] {
    func grid(_ words: String, _ value: (Double, Double) -> Double) -> Grid {
      func places(_ axis: PlotAxis) -> [Double] {
        (0...40).map {
          axis.range.lowerBound
            + (axis.range.upperBound - axis.range.lowerBound) * Double($0) / 40
        }
      }
      return Grid(
        x: Column(name: "x", longName: x.label, values: places(x)),
        y: Column(name: "y", longName: y.label, values: places(y)), name: words, value)
    }
    func surface(_ words: String, _ value: (Double, Double) -> Double) -> [any Mark] {
      let grid = grid(words, value)
      return [HeatMap(grid), Contours(grid, colour: .paper)]
    }
    switch kind {
    case .none: return []
    case .overlaps:
      let error = grid("generalisation error ½(1 − 2R + Q)") { (1 - 2 * $0 + $1) / 2 }
      let levels = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
      return [Contours(label: "error 0.05, 0.1, 0.2 …", error, levels: levels, colour: .pale)]
    case .loss, .risk:
      let problem = try twoWeights(scenario)
      guard kind == .risk, let test = problem.test else {
        return surface("training loss") { a, b in
          problem.correlations.loss(of: Matrix([[a, b]]))
        }
      }
      return surface("test risk") { a, b in test.risk(of: Matrix([[a, b]])) }
    case .field:
      let problem = try twoWeights(scenario)
      let velocity = Self.velocity(problem)
      return [VectorField.over(x, y, count: 18) { velocity($0, $1) }]
    }
  }

  private func twoWeights(_ scenario: Scenario) throws -> LearningProblem {
    let problem = try LinearTraining(scenario, reading: reading).problem
    guard problem.correlations.inputs == 2, problem.correlations.outputs == 1 else {
      throw ScenarioError(
        key: "figures",
        problem: "The plane of two weights needs two inputs and one output, but there are "
          + "\(problem.correlations.inputs) and \(problem.correlations.outputs)",
        remedy: "set the background to none")
    }
    return problem
  }

  /// How the two weights of the map move: down the gradient for one layer; for two layers of rank
  /// one, W₂W₁ = u·zᵀ with u² − |z|² = C for ever, as w′ = u²g + (w·g)w/u², g = Σyx − wΣxx.
  private static func velocity(
    _ problem: LearningProblem
  ) -> (Double, Double) -> (Double, Double) {
    let correlations = problem.correlations
    let layers = problem.initialWeights.layers
    let difference =
      layers.count == 2 ? layers[1].squaredNorm - layers[0].squaredNorm : 0
    return { a, b in
      let w = Matrix([[a, b]])
      let g = correlations.inputOutput - w * correlations.input
      guard layers.count == 2 else { return (g[0, 0], g[0, 1]) }
      let square = (difference + hypot(difference, 2 * hypot(a, b))) / 2
      let along = square > 0 ? (a * g[0, 0] + b * g[0, 1]) / square : 0
      return (square * g[0, 0] + along * a, square * g[0, 1] + along * b)
    }
  }
}
