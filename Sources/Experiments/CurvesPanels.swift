import Plotting
import Scenarios

/// Curves of the runs over steps or time.
extension ScenarioFigures {
  func curves(_ panel: CurvesPanel) throws -> Panel {
    let chosen = try selected(panel.selection)
    let groups = Reading.groups(chosen, averaging: panel.averages)
    var (bands, solid, dashed): ([any Mark], [any Mark], [any Mark]) = ([], [], [])
    var (places, values): ([Double], [Double]) = ([], [])
    let several = groups.count > 1
    let named = Self.named(groups.count, entriesOfEach: panel.curves.count)
    for (run, group) in groups.enumerated() {
      let name = label(group[0].member, among: chosen, averaged: panel.averages)
      for (k, curve) in panel.curves.enumerated() {
        let (track, deviation) = try Reading.mean(curve, of: group)
        let part = track.part(panel.window, panel.abscissa)
        let own = panel.labels.count > k ? panel.labels[k] : panel.curves.count > 1 ? curve : ""
        let words = [name, own].filter { !$0.isEmpty }.joined(separator: ", ")
        let colour = colour(run: run, of: groups.count, curve: k, of: panel.curves.count)
        let along = Column(
          name: panel.abscissa.rawValue, longName: Self.words(for: panel.abscissa),
          values: part.places(panel.abscissa))
        let y = try column(curve, part.values, words: words)
        if !deviation.isEmpty {
          let kept = track.places(panel.abscissa).indices.filter { i in
            along.values.contains(track.places(panel.abscissa)[i])
          }
          bands.append(
            Band.deviation(
              along: along, mean: y, deviation: kept.map { deviation[$0] }, colour: colour))
        }
        solid.append(
          Curve(label: named.contains(run) ? words : "", along: along, y: y, colour: colour))
        places += along.values
        values += part.values
      }
      for (k, curve) in panel.theories.enumerated() {
        let (track, _) = try Reading.mean(curve, of: group)
        let part = track.part(panel.window, panel.abscissa)
        let along = Column(
          name: panel.abscissa.rawValue, longName: Self.words(for: panel.abscissa),
          values: part.places(panel.abscissa))
        dashed.append(
          Curve(
            label: run == 0 && k == 0 ? "theory" : "", along: along,
            y: try column(curve, part.values, words: "\(curve) \(run + 1)"), style: .theory,
            colour: .ink))
        values += part.values
      }
    }
    let isLogarithmic = panel.isLogarithmic && places.contains { $0 > 0 }
    let lines = panel.lines.map { Reference(value: $0) }
    let hasLegend = several || panel.curves.count > 1 || !panel.theories.isEmpty
    return Panel(
      title: panel.title,
      x: Self.axis(
        places,
        label: panel.abscissaLabel.isEmpty ? Self.words(for: panel.abscissa) : panel.abscissaLabel,
        isLogarithmic: isLogarithmic, window: panel.window, hasMargins: false),
      y: Self.axis(
        values,
        label: panel.label.isEmpty
          ? Self.words(for: try CurveName(panel.curves[0])) : panel.label,
        isLogarithmic: panel.isVerticalLogarithmic, window: panel.range, hasMargins: true),
      marks: bands + lines + solid + dashed, legend: hasLegend ? .right : .none)
  }

  /// The runs that a legend names: all, or as many at equal distances as leave room for the axes.
  static func named(_ runs: Int, entriesOfEach entries: Int) -> Set<Int> {
    let most = 11
    guard runs * entries > most else { return Set(0..<runs) }
    let count = max(2, most / max(1, entries))
    return Set((0..<count).map { $0 * (runs - 1) / (count - 1) })
  }

  /// One colour for every run, or for every curve of a single one; many runs in order are graded.
  private func colour(run: Int, of runs: Int, curve: Int, of curves: Int) -> Colour {
    guard runs > 1 else { return .number(curve) }
    if curves > 1 { return .number(run * curves + curve) }
    return runs > 6 ? .graded(Double(run) / Double(runs - 1)) : .number(run)
  }
}
