import Plotting
import Recording
import Scenarios

/// Lists of the runs, entry against entry.
extension ScenarioFigures {
  /// The panel of some lists; every run has a point for each entry.
  ///
  /// - Throws: `ScenarioError` for a list that is not there, or lists of different lengths.
  func entries(_ panel: EntriesPanel) throws -> Panel {
    let chosen = try selected(panel.selection)
    var (marks, x, y): ([any Mark], [Double], [Double]) = ([], [], [])
    for (k, curve) in panel.curves.enumerated() {
      var (places, values): ([Double], [Double]) = ([], [])
      for run in chosen {
        let list = try run.list(curve, at: panel.place)
        let along =
          try panel.first.isEmpty
          ? list.indices.map { Double($0 + 1) } : run.list(panel.first, at: panel.place)
        guard along.count == list.count else {
          throw ScenarioError(
            key: "figures",
            problem: "\(curve) has \(list.count) entries, \(panel.first) has \(along.count)",
            remedy: "draw lists of the same length")
        }
        places += along
        values += list
      }
      let words = panel.labels.count > k ? panel.labels[k] : panel.curves.count > 1 ? curve : ""
      marks.append(
        Curve(
          label: words, along: Column(name: "entry_\(k + 1)", values: places),
          y: Column(name: curve, longName: words.isEmpty ? curve : words, values: values),
          style: .points, colour: .number(k)))
      x += places
      y += values
    }
    func words(_ given: String, _ name: String) throws -> String {
      try given.isEmpty ? name.isEmpty ? "number" : Self.words(for: CurveName(name)) : given
    }
    return Panel(
      title: panel.title,
      x: Self.axis(
        x, label: try words(panel.firstLabel, panel.first), isLogarithmic: panel.isLogarithmic,
        window: [], hasMargins: true),
      y: Self.axis(
        y, label: try words(panel.label, panel.curves[0]),
        isLogarithmic: panel.isVerticalLogarithmic, window: [], hasMargins: true),
      marks: marks, legend: panel.curves.count > 1 ? .right : .none)
  }
}
