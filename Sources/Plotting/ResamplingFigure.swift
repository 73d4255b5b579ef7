import Recording

/// A trained network, networks drawn from the covariances of its weights, and their control, as bars.
enum ResamplingFigure {
  /// The figure of a run; nil if it was not resampled.
  static func figure(of run: RunFile) throws -> Figure? {
    guard let found = try AnalysisColumns("resample", of: run) else { return nil }
    let isAccuracy = found.record.entry("accuracy") != nil
    let name = isAccuracy ? "accuracy" : "mean_squared_error"
    let bars = [
      found.values("trained_" + name), found.values(name), found.values("null_" + name),
    ].map(meanAndDeviation)
    var panel = BarsFigure.figure(
      name: "resample", title: "", categories: ["trained", "drawn", "control"],
      groups: [
        BarsFigure.Group(
          values: Column(
            name: name, longName: isAccuracy ? "accuracy" : "mean squared error",
            values: bars.map(\.mean)), deviation: bars.map(\.deviation))
      ]
    ).panels[0]
    if isAccuracy { panel.y = PlotAxis(label: panel.y.label, range: 0...1) }
    let layers = found.numbered { "hidden_\($0)_similarity" }
    let groups = [("", "drawn"), ("null_", "control")].map { prefix, label in
      let values = layers.map { meanAndDeviation(found.values("\(prefix)hidden_\($0)_similarity")) }
      return BarsFigure.Group(
        label: label,
        values: Column(
          name: prefix + "similarity", longName: "r² with the trained network",
          values: values.map(\.mean)), deviation: values.map(\.deviation))
    }
    var similarities = BarsFigure.figure(
      name: "resample", title: "", categories: layers.map { "hidden \($0)" }, groups: groups
    ).panels[0]
    similarities.y = PlotAxis(label: "r² with the trained network", range: 0...1.05)
    similarities.legend = .below
    return Figure(
      name: "resample", title: run.title("Drawn from the covariances of the weights"),
      panels: [panel, similarities], columns: 2)
  }
}
