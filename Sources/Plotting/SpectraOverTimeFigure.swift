import Recording

/// Eigenvalues of weights that leave the bulk one by one, beside the strengths of the modes.
enum SpectraOverTimeFigure {
  /// Eigenvalues with a colour of their own.
  private static let mostColours = 10
  /// Eigenvalues that are drawn at all.
  private static let mostEigenvalues = 60

  /// The figure of a run; nil if its analysis found no weights on the way.
  static func figure(of run: RunFile) throws -> Figure? {
    guard let found = try AnalysisColumns("spectrum", of: run),
      found.record.entry("step_iteration") != nil
    else { return nil }
    let iterations = found.column("step_iteration", words: "iteration")
    let axis = PlotAxis.iterations(iterations.values)
    let strengths = try run.recorded("mode_strength")
    let layers = (1...9).filter { found.record.entry("weights_\($0)_path") != nil }
    var panels = layers.map { layer -> Panel in
      let prefix = "weights_\(layer)_"
      let width = found.size(prefix + "path", axis: 1)
      let theory = prefix + "path_theory"
      let modes = found.size(theory, axis: 1)
      let named = min(modes > 0 ? modes : width, mostColours)
      let shown = Array((0..<min(width, mostEigenvalues)).reversed())
      let curves = shown.map { rank in
        Curve(
          label: rank == named ? "other eigenvalues" : "", along: iterations,
          y: found.column(
            prefix + "path", at: rank, symbol: "λ", words: "eigenvalue of WᵀW/n, rank \(rank + 1)"),
          colour: rank < named ? .number(rank) : .pale)
      }
      let dashes = (0..<modes).map { mode in
        Curve(
          label: mode == 0 ? "from the strengths in theory" : "", along: iterations,
          y: found.column(theory, at: mode, symbol: "λ", words: "eigenvalue of mode \(mode + 1)"),
          style: .theory, colour: .ink)
      }
      let edges = [found.number(prefix + "lower_edge"), found.number(prefix + "upper_edge")]
        .compactMap(\.self)
      let shade: [any Mark] =
        edges.count == 2 ? [Span(.y(edges[0]...edges[1]), label: "bulk of the start")] : []
      let largest = curves.flatMap(\.y.values).filter(\.isFinite).max() ?? 1
      let values = (curves + dashes).flatMap(\.y.values).filter { $0 > 1e-9 * largest } + edges
      return Panel(
        title: "weights \(layer)", x: axis,
        y: .standing(values, label: "eigenvalue of WᵀW/n", isLogarithmic: true),
        marks: shade + curves + dashes, legend: .right)
    }
    guard !panels.isEmpty else { return nil }
    if let strengths {
      let modes = ShownModes(of: strengths)
      let theory = try DrawnTheory(of: strengths, over: run)
      var curves = modes.curves(of: strengths, along: try run.iterationColumn())
      if let theory {
        curves += modes.named.map {
          theory.curve($0, label: $0 == 0 ? theory.overlay.title : "", colour: .ink)
        }
      }
      let values = curves.flatMap(\.y.values).filter(\.isFinite)
      panels.append(
        Panel(
          title: "modes", x: axis,
          y: .linear(
            from: values.min() ?? 0, through: values.max() ?? 1, label: "mode strength"),
          marks: curves, legend: .right))
    }
    return Figure(
      name: "spectrum-over-time", title: run.title("Eigenvalues that leave the bulk"),
      panels: panels)
  }
}
