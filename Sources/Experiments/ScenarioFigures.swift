import Datasets
import Foundation
import Plotting
import Recording
import Scenarios

/// The figures that a scenario lays out, drawn from its runs.
public struct ScenarioFigures {
  /// The runs, in the order of the sweep.
  let runs: [MemberCurves]
  /// Reads the matrix at a path that a scenario names.
  let reading: MatrixReader

  /// Figures of some runs.
  public init(_ runs: [MemberCurves], reading: @escaping MatrixReader) {
    self.runs = runs
    self.reading = reading
  }

  /// All figures of a scenario.
  ///
  /// - Parameter size: of every figure in pixels; nil for what suits it.
  /// - Throws: `ScenarioError` for a curve that is not there; as drawing data does for planes.
  public func figures(of scenario: Scenario, size: Figure.Size? = nil) throws -> [Figure] {
    // A picture has no more cells than can be told apart.
    let cells = size == nil ? 120 : 40
    return try scenario.figures.map { section in
      var panels = try section.panels.map { panel in
        switch panel {
        case .curves(let panel): try curves(panel)
        case .heatMap(let panel): try heatMap(panel, cells: cells)
        case .plane(let panel): try plane(panel)
        case .numbers(let panel): try numbers(panel)
        case .histogram(let panel): try histogram(panel)
        }
      }
      // Beside a panel of several in a row there is no room for a legend.
      let legends = panels.filter { $0.legend != .none }.map(Self.labels)
      let isShared = panels.count > 1 && legends.count > 1 && Set(legends).count == 1
      if min(section.columns, panels.count) > 1, !isShared {
        for i in panels.indices where panels[i].legend != .none { panels[i].legend = .below }
      }
      return Figure(
        name: section.name, title: section.title.isEmpty ? scenario.title : section.title,
        panels: panels, columns: section.columns, sharesLegend: isShared, size: size)
    }
  }

  /// What the legend of a panel says.
  private static func labels(_ panel: Panel) -> [String] {
    panel.marks(of: Curve.self).map(\.label).filter { !$0.isEmpty }
  }

  /// Names of the curves that the figures of a scenario need.
  public static func curves(of scenario: Scenario) -> Set<String> {
    var names: Set<String> = []
    for panel in scenario.figures.flatMap(\.panels) {
      switch panel {
      case .curves(let panel): names.formUnion(panel.curves + panel.theories)
      case .heatMap(let panel): names.insert(panel.curve)
      case .plane(let panel): names.formUnion([panel.first, panel.second])
      case .numbers(let panel), .histogram(let panel): names.insert(panel.curve)
      }
    }
    return names
  }

  // MARK: Words

  /// The column of a curve, with the words that the file has for it.
  func column(_ name: String, _ values: [Double], words: String = "") throws -> Column {
    let curve = try CurveName(name)
    let quantity = Quantity.named(curve.quantity)
    let suffix = words.isEmpty ? "" : "[\(words)]"
    return Column(
      name: name + suffix, symbol: quantity?.symbol ?? "",
      longName: words.isEmpty ? Self.words(for: curve) : words, values: values)
  }

  /// The meaning of a curve in a few words for an axis.
  static func words(for curve: CurveName) -> String {
    switch curve.quantity {
    case "risk": "risk"
    case "loss": "training loss"
    case "mode_strength": "mode strength"
    case "product": "weight"
    case "mode_test_error": "test error of the mode"
    case "feature_risk": "excess risk"
    case "teacher_overlap": "overlap with the teacher, R"
    case "self_overlap": "overlap with itself, Q"
    case "ntk_spectrum": "kernel eigenvalue"
    case "weight_norm": "norm of the layer"
    default: curve.quantity.replacing("_", with: " ")
    }
  }

  static func words(for abscissa: Claim.Abscissa) -> String {
    abscissa == .iteration ? "step" : "time t"
  }

  /// Words for a run among others: the coordinates in which they differ.
  func label(_ member: SweepMember, among chosen: [MemberCurves], averaged: Bool) -> String {
    let varying = member.coordinates.filter { coordinate in
      chosen.contains { $0.member.coordinate(coordinate.name) != coordinate }
    }
    return varying.filter { !(averaged && $0.name == "seed") }.map { coordinate in
      Self.words(coordinate)
    }.joined(separator: ", ")
  }

  /// A label, or a name with its number, with a minus as in print.
  private static func words(_ coordinate: Coordinate) -> String {
    guard coordinate.value.string == nil else { return coordinate.text }
    return "\(coordinate.name) = " + coordinate.text.replacing("-", with: "−")
  }

  func selected(_ selection: Selection) throws -> [MemberCurves] {
    let chosen = runs.filter { selection.contains($0.member) }
    guard !chosen.isEmpty else {
      throw ScenarioError(
        key: "figures", problem: "No run is at \(selection.json.compactText)",
        remedy: "select values that the axes of the sweep have")
    }
    return chosen
  }

  /// An axis over values, inside a window if there is one.
  static func axis(
    _ values: [Double], label: String, isLogarithmic: Bool, window: [Double], hasMargins: Bool
  ) -> PlotAxis {
    let shown = values.filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
    if window.count == 2, !isLogarithmic || window[0] > 0, window[0] < window[1] {
      return PlotAxis(label: label, isLogarithmic: isLogarithmic, range: window[0]...window[1])
    }
    guard let low = shown.min(), let high = shown.max(), low < high else {
      return .linear(from: shown.first ?? 0, through: shown.first ?? 1, label: label)
    }
    guard isLogarithmic else {
      return hasMargins
        ? .linear(from: low, through: high, label: label)
        : PlotAxis(label: label, range: low...high)
    }
    // What is below the square of rounding is noise of the arithmetic, and zeros have no place.
    let floor = max(low, high * 1e-34)
    let margin = hasMargins ? pow(high / floor, 0.04) : 1
    return PlotAxis(label: label, isLogarithmic: true, range: floor / margin...high * margin)
  }

  // MARK: Panels

  private func curves(_ panel: CurvesPanel) throws -> Panel {
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
  private static func named(_ runs: Int, entriesOfEach entries: Int) -> Set<Int> {
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

  private func heatMap(_ panel: HeatMapPanel, cells: Int) throws -> Panel {
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

  private func numbers(_ panel: NumbersPanel) throws -> Panel {
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
      let points = try group.map { run in
        (
          run.member.coordinate(panel.along)?.number ?? .nan,
          try Self.reading(panel, run.track(panel.curve))
        )
      }.sorted { $0.0 < $1.0 }
      let along = Column(name: panel.along, longName: panel.along, values: points.map(\.0))
      let values = Column(
        name: "\(panel.curve)_\(number + 1)", longName: labels[number], values: points.map(\.1))
      marks.append(Curve(along: along, y: values, style: .faint, colour: .number(number)))
      marks.append(
        Curve(
          label: named.contains(number) ? labels[number] : "", along: along, y: values,
          style: .points,
          colour: .number(number)))
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

  private func histogram(_ panel: NumbersPanel) throws -> Panel {
    let values = try selected(panel.selection).map { run in
      try Self.reading(panel, run.track(panel.curve))
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

  private static func reading(_ panel: NumbersPanel, _ track: Track) throws -> Double {
    let finite = track.values.indices.filter { track.values[$0].isFinite }
    let best = finite.min { track.values[$0] < track.values[$1] }
    return switch panel.reads {
    case .least: best.map { track.values[$0] } ?? .nan
    case .leastPlace: best.map { track.places(panel.abscissa)[$0] } ?? .nan
    case .end: track.values.last ?? .nan
    case .passing:
      track.passing(of: panel.fraction * (track.values.last ?? .nan), panel.abscissa) ?? .nan
    }
  }
}
