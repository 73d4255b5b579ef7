import Plotting
import Scenarios

/// Numbers read off the curves of the runs.
extension ScenarioFigures {
  func numbers(_ panel: NumbersPanel) throws -> Panel {
    let chosen = try selected(panel.selection)
    var (groups, labels): ([[MemberCurves]], [String]) = ([], [])
    for run in chosen {
      let others = run.member.coordinates.filter { ![panel.along, "seed"].contains($0.name) }
      let words = others.filter { coordinate in
        chosen.contains { $0.member.coordinate(coordinate.name) != coordinate }
      }.map(Self.words).joined(separator: ", ")
      if let index = labels.firstIndex(of: words) {
        groups[index].append(run)
      } else {
        groups.append([run])
        labels.append(words)
      }
    }
    var (marks, x, y): ([any Mark], [Double], [Double]) = ([], [], [])
    let named = Self.named(groups.count, entriesOfEach: 1)
    for (number, group) in groups.enumerated() {
      let points = try group.flatMap { run in
        let place = run.member.coordinate(panel.along)?.number ?? .nan
        return try Self.readings(panel, run.track(panel.curve)).map { (place, $0) }
      }.sorted { $0.0 < $1.0 }
      let along = Column(name: panel.along, longName: panel.along, values: points.map(\.0))
      let values = Column(
        name: "\(panel.curve)_\(number + 1)", longName: labels[number], values: points.map(\.1))
      if panel.reads != .all {
        marks.append(Curve(along: along, y: values, style: .faint, colour: .number(number)))
      }
      marks.append(
        Curve(
          label: named.contains(number) ? labels[number] : "", along: along, y: values,
          style: panel.reads == .all ? .dots : .points, colour: .number(number)))
      x += along.values
      y += values.values
    }
    return Panel(
      title: panel.title,
      x: Self.axis(
        x, label: panel.abscissaLabel.isEmpty ? panel.along : panel.abscissaLabel,
        isLogarithmic: panel.isLogarithmic, window: [], hasMargins: true),
      y: Self.axis(
        y, label: panel.label.isEmpty ? panel.reads.rawValue : panel.label,
        isLogarithmic: panel.isVerticalLogarithmic, window: [], hasMargins: true),
      marks: marks, legend: groups.count > 1 ? .right : .none)
  }

  func histogram(_ panel: NumbersPanel) throws -> Panel {
    let values = try selected(panel.selection).flatMap { run in
      try Self.readings(panel, run.track(panel.curve))
    }.filter(\.isFinite)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let edges = (0...panel.bars).map { low + (high - low) * Double($0) / Double(panel.bars) }
    let bars = Bars.histogram(of: values, edges: low < high ? edges : [], colour: .number(0))
    let label = panel.abscissaLabel.isEmpty ? Self.words(for: panel.abscissa) : panel.abscissaLabel
    return Panel(
      title: panel.title,
      x: low < high
        ? PlotAxis(label: label, range: low...high)
        : .linear(from: low, through: high, label: label),
      y: .linear(
        from: 0, through: bars.height.values.max() ?? 1,
        label: panel.label.isEmpty ? "runs" : panel.label),
      marks: [bars])
  }

  /// What is read off a curve: a number, or every value.
  private static func readings(_ panel: NumbersPanel, _ whole: Track) throws -> [Double] {
    let track = whole.part(panel.window, panel.abscissa)
    let finite = track.values.indices.filter { track.values[$0].isFinite }
    let best = finite.min { track.values[$0] < track.values[$1] }
    return switch panel.reads {
    case .least: [best.map { track.values[$0] } ?? .nan]
    case .leastPlace: [best.map { track.places(panel.abscissa)[$0] } ?? .nan]
    case .end: [track.values.last ?? .nan]
    case .passing:
      [track.passing(of: panel.fraction * (track.values.last ?? .nan), panel.abscissa) ?? .nan]
    case .all: finite.map { track.values[$0] }
    }
  }
}
