import Recording

/// Figures of the spectra of what layers hand on and of their weights.
enum LayerSpectraFigures {
  /// Networks that have a colour and a name of their own.
  private static let mostNetworks = 3

  /// Eigenvalues of the covariances of all hidden layers, trained beside new.
  static func activations(of run: RunFile) throws -> Figure? {
    try figure(
      of: run, name: "spectrum-activations", title: "Covariances of the hidden layers",
      quantity: Column(name: "eigenvalue", symbol: "λ", longName: "eigenvalue", values: []),
      prefix: { "hidden_\($0)_" }, words: "hidden layer")
  }

  /// Eigenvalues of the weights of all layers, trained beside new, with the bulk of their start.
  static func weights(of run: RunFile) throws -> Figure? {
    try figure(
      of: run, name: "spectrum-weights", title: "Weights of the layers",
      quantity: Column(
        name: "eigenvalue", symbol: "λ", longName: "eigenvalue of WᵀW/n", values: []),
      prefix: { "weights_\($0)_" }, words: "layer")
  }

  private static func figure(
    of run: RunFile, name: String, title: String, quantity: Column, prefix: (Int) -> String,
    words: String
  ) throws -> Figure? {
    guard let found = try AnalysisColumns("spectrum", of: run) else { return nil }
    let layers = found.numbered { prefix($0) + "eigenvalues" }
    let panels = layers.map { layer -> Panel in
      let prefix = prefix(layer)
      let networks = found.rows(prefix + "eigenvalues")
      let fresh = found.rows("null_\(prefix)eigenvalues")
      var spectra = [
        SpectrumFigure.Spectrum(
          label: "new networks, mean", values: means(fresh), colour: .pale)
      ]
      if let bulk = found.record.entry(prefix + "bulk") {
        spectra.append(
          .init(label: "Marchenko–Pastur", values: bulk.values, style: .contrast, colour: .ink))
      }
      if networks.count <= mostNetworks {
        spectra += networks.enumerated().map { index, values in
          .init(
            label: networks.count == 1 ? "trained" : "trained network \(index + 1)",
            values: values, colour: .number(index))
        }
      } else {
        spectra.append(
          .init(label: "trained networks, mean", values: means(networks), colour: .number(0)))
      }
      if let analytic = found.record.entry(prefix + "analytic") {
        spectra.append(
          .init(label: "balanced, fit learned", values: analytic.values, style: .theory))
      }
      let edges = [found.number(prefix + "lower_edge"), found.number(prefix + "upper_edge")]
        .compactMap(\.self)
      return SpectrumFigure.panel(
        title: layers.count > 1 ? "\(words) \(layer)" : "", spectra: spectra, quantity: quantity,
        bulk: edges.count == 2 ? edges[0]...edges[1] : nil, bulkLabel: "bulk of the start",
        legend: .below)
    }
    guard !panels.isEmpty else { return nil }
    return Figure(
      name: name, title: run.title(title), panels: panels, columns: min(3, panels.count),
      sharesLegend: true)
  }

  /// Histograms of the eigenvalues of the weights, with the density of their bulk; first network.
  static func densities(of run: RunFile) throws -> Figure? {
    guard let found = try AnalysisColumns("spectrum", of: run) else { return nil }
    let layers = found.numbered { "weights_\($0)_eigenvalues" }
    let panels = layers.compactMap { layer -> Panel? in
      let prefix = "weights_\(layer)_"
      guard let bulk = found.record.entry(prefix + "bulk"),
        let density = found.record.entry(prefix + "density"), bulk.values.count > 20,
        let edge = found.number(prefix + "upper_edge"),
        let trained = found.rows(prefix + "eigenvalues").first
      else { return nil }
      // What lies beyond twice the bulk is counted in the legend.
      let last = 2 * edge
      let beyond = trained.count { $0 > last }
      let edges = (0...40).map { last * Double($0) / 40 }
      let bars = Bars.histogram(
        label: "trained network 1", of: trained, edges: edges, isDensity: true,
        colour: .number(0))
      let curve = Curve(
        label: "Marchenko–Pastur",
        along: Column(name: "bulk", longName: "eigenvalue", values: bulk.values.reversed()),
        y: Column(name: "density", values: density.values.reversed()), style: .theory,
        colour: .ink)
      return Panel(
        title: "layer \(layer)" + (beyond > 0 ? ", \(beyond) beyond" : ""),
        x: .linear(from: 0, through: last, label: "eigenvalue of WᵀW/n"),
        y: .standing(bars.height.values + curve.y.values, label: "density"),
        marks: [bars, curve], legend: .below)
    }
    guard !panels.isEmpty else { return nil }
    return Figure(
      name: "spectrum-densities", title: run.title("Eigenvalues of the weights"), panels: panels,
      columns: min(3, panels.count), sharesLegend: true)
  }

  /// Mean of spectra, rank by rank.
  private static func means(_ spectra: [[Double]]) -> [Double] {
    (spectra.first ?? []).indices.map { rank in
      meanAndDeviation(spectra.map { $0[rank] }).mean
    }
  }
}
