import Recording

/// Figures of what the outputs of networks read off their last hidden layer.
enum ReadoutFigures {
  /// The two largest singular values of every readout, trained beside new.
  static func singularValues(of run: RunFile) throws -> Figure? {
    guard let found = try AnalysisColumns("readout", of: run),
      found.size("singular_values", axis: 1) > 1
    else { return nil }
    func points(_ name: String, _ label: String, _ colour: Colour) -> Curve {
      let first = found.column(name, symbol: "s₁", words: "first singular value")
      let second = found.column(name, at: 1, symbol: "s₂", words: "second singular value")
      return Curve(label: label, along: first, y: second, style: .points, colour: colour)
    }
    let marks = [
      points("null_singular_values", "new networks", .pale),
      points("singular_values", "trained networks", .number(0)),
    ]
    return Figure(
      name: "readout-singular-values", title: run.title("Singular values of the readout"),
      panels: [
        Panel(
          x: .fitting(marks.flatMap(\.x.values), label: "first singular value s₁"),
          y: .fitting(marks.flatMap(\.y.values), label: "second singular value s₂"),
          marks: [Reference(.identity, label: "equal", colour: .grey)] + marks, legend: .right)
      ])
  }

  /// Cosines between readout rows and the hidden spaces they lie in, trained beside new.
  static func histograms(of run: RunFile) throws -> Figure? {
    guard let found = try AnalysisColumns("readout", of: run) else { return nil }
    let panels = [
      ("cosine", "|cosine| of readout rows"), ("participation_ratio", "participation ratio"),
      ("plane_share", "variance share in the readout plane"),
      ("effective_rank", "effective rank of the readout"),
    ].compactMap { name, label -> Panel? in
      let trained = found.values(name)
      guard trained.contains(where: \.isFinite) else { return nil }
      return .histograms(trained: trained, fresh: found.values("null_" + name), label: label)
    }
    guard !panels.isEmpty else { return nil }
    return Figure(
      name: "readout-histograms", title: run.title("Readouts beside those of new networks"),
      panels: panels, columns: 2)
  }
}
