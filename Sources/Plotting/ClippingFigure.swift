import Recording

/// Accuracy or error of networks whose layers read few directions.
enum ClippingFigure {
  /// The figure of a run; nil if it was not clipped.
  static func figure(of run: RunFile) throws -> Figure? {
    guard let found = try AnalysisColumns("clip", of: run) else { return nil }
    let isAccuracy = found.record.entry("accuracy") != nil
    let name = isAccuracy ? "accuracy" : "mean_squared_error"
    let label = isAccuracy ? "accuracy on the validation samples" : "mean squared error"
    let kinds = [("hidden", "activations"), ("weights", "weights")]
    let whole = meanAndDeviation(found.values(name)).mean
    let panels = kinds.compactMap { kind, title -> Panel? in
      let layers = found.numbered { "\(kind)_\($0)_\(name)" }
      guard !layers.isEmpty else { return nil }
      var marks: [any Mark] = []
      var (ranks, values): ([Double], [Double]) = ([], [])
      for layer in layers {
        let prefix = "\(kind)_\(layer)_"
        // Rank 0 has no place on a logarithmic axis.
        let tried = found.values(prefix + "ranks")
        let shown = tried.indices.filter { tried[$0] > 0 }
        let along = Column(
          name: prefix + "rank", longName: "rank kept", values: shown.map { tried[$0] })
        let statistics = shown.map { meanAndDeviation(found.rows(prefix + name).map(at: $0)) }
        let mean = Column(
          name: prefix + name, longName: label, values: statistics.map(\.mean))
        let colour = Colour.number(layer - 1)
        if found.size(prefix + name, axis: 0) > 1 {
          marks.append(
            Band.deviation(
              along: along, mean: mean, deviation: statistics.map(\.deviation), colour: colour))
        }
        marks.append(
          Curve(label: "layer \(layer)", along: along, y: mean, colour: colour))
        ranks += along.values
        values += mean.values
      }
      marks.append(Reference(.horizontal(whole), label: "all directions"))
      return Panel(
        title: title, x: .running(ranks, label: "rank kept"),
        y: isAccuracy
          ? PlotAxis(label: label, range: 0...1) : .fitting(values + [whole], label: label),
        marks: marks, legend: .below)
    }
    guard !panels.isEmpty else { return nil }
    return Figure(
      name: "clip", title: run.title("Directions that are enough"), panels: panels,
      columns: panels.count, sharesLegend: true)
  }
}

extension [[Double]] {
  /// The value at a place of every row.
  func map(at place: Int) -> [Double] { map { $0[place] } }
}
