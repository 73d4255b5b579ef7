import Plotting
import Scenarios

/// One curve of many runs as colours.
extension ScenarioFigures {
  func heatMap(_ panel: HeatMapPanel, cells: Int) throws -> Panel {
    let all = try selected(panel.selection).sorted {
      ($0.member.coordinate(panel.along)?.place ?? 0)
        < ($1.member.coordinate(panel.along)?.place ?? 0)
    }
    let chosen = stride(from: 0, to: all.count, by: max(1, all.count / cells)).map { all[$0] }
    let tracks = try chosen.map { try $0.track(panel.curve) }
    let places = tracks.map { $0.places(panel.abscissa) }.max { $0.count < $1.count } ?? []
    let known = Set(places)
    // A run that diverged has fewer places, and its last one where it did.
    guard tracks.allSatisfy({ known.isSuperset(of: $0.places(panel.abscissa).dropLast()) }) else {
      throw ScenarioError(
        key: "figures", problem: "The runs along \(panel.along) are recorded at different steps",
        remedy: "record all of them at the same")
    }
    let shown = stride(from: 0, to: places.count, by: max(1, places.count / cells))
      .filter { places[$0] > 0 }
    let heights = chosen.map { $0.member.coordinate(panel.along)?.number ?? .nan }
    let words =
      panel.colourLabel.isEmpty ? Self.words(for: try CurveName(panel.curve)) : panel.colourLabel
    let values = tracks.flatMap { track in
      let own = Dictionary(
        zip(track.places(panel.abscissa), track.values), uniquingKeysWith: { first, _ in first })
      return shown.map { own[places[$0]] ?? .nan }
    }
    let grid = Grid(
      x: Column(
        name: panel.abscissa.rawValue,
        longName: panel.abscissaLabel.isEmpty
          ? Self.words(for: panel.abscissa) : panel.abscissaLabel, values: shown.map { places[$0] }),
      y: Column(
        name: panel.along, longName: panel.label.isEmpty ? panel.along : panel.label,
        values: heights),
      values: Column(name: panel.curve, longName: words, values: values))
    let colours =
      panel.range.count == 2 && panel.range[0] < panel.range[1]
      ? ColourScale(
        label: words, isLogarithmic: panel.hasLogarithmicColours,
        range: panel.range[0]...panel.range[1])
      : .fitting(values, label: words, isLogarithmic: panel.hasLogarithmicColours)
    return Panel(
      title: panel.title, x: .cells(grid.x),
      y: .cells(grid.y, isLogarithmic: panel.isVerticalLogarithmic), marks: [HeatMap(grid)],
      colours: colours)
  }
}
