import Recording

/// Figures of how alike two networks are.
enum AlignmentFigures {
  /// r² of every hidden layer: between trained networks, trained and new, and new ones.
  static func similarities(of run: RunFile) throws -> Figure? {
    guard let found = try AnalysisColumns("align", of: run) else { return nil }
    let layers = found.numbered { "hidden_\($0)_similarity" }
    guard !layers.isEmpty else { return nil }
    let panels = [
      ("held_out_similarity", "with the mean"),
      ("centred_held_out_similarity", "without the mean"),
    ].map { name, title -> Panel in
      let groups = [
        ("", "trained pairs"), ("mixed_", "trained and new"), ("null_", "new pairs"),
      ].map { kind, label -> BarsFigure.Group in
        let values = layers.map { layer in
          meanAndDeviation(
            found.values(
              kind == "null_" ? "null_hidden_\(layer)_\(name)" : "hidden_\(layer)_\(kind)\(name)"))
        }
        return BarsFigure.Group(
          label: label,
          values: Column(
            name: kind + name, longName: "r² on held-out samples", values: values.map(\.mean)),
          deviation: values.map(\.deviation))
      }
      var panel = BarsFigure.figure(
        name: "align-similarities", title: "", categories: layers.map { "hidden \($0)" },
        groups: groups
      ).panels[0]
      panel.title = title
      panel.y = PlotAxis(label: "r² on held-out samples", range: 0...1.05)
      panel.legend = .below
      return panel
    }
    return Figure(
      name: "align-similarities", title: run.title("Alignment of two networks"), panels: panels,
      columns: 2, sharesLegend: true)
  }

  /// Overlaps of the leading eigenvectors of activations and of weights, aligned.
  static func overlaps(of run: RunFile) throws -> Figure? {
    guard let found = try AnalysisColumns("align", of: run) else { return nil }
    let matrices = [("hidden", "activations"), ("weights", "weights")].flatMap { kind, words in
      found.numbered { "\(kind)_\($0)_overlap" }.compactMap { layer -> MatrixFigure.Entry? in
        guard let entry = found.record.entry("\(kind)_\(layer)_overlap"), entry.shape[1] > 0 else {
          return nil
        }
        return MatrixFigure.Entry(
          title: "\(words) \(layer)", columns: entry.shape[1], values: entry.values)
      }
    }
    guard !matrices.isEmpty else { return nil }
    return MatrixFigure.figure(
      name: "align-overlaps", title: run.title("Overlaps of eigenvectors of two networks"),
      matrices: matrices, quantity: Column(name: "overlap", longName: "|cosine|", values: []),
      x: "eigenvector of the other", y: "eigenvector", palette: .sequential)
  }
}
