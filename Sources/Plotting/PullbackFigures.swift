import Recording

/// Figures of the gradients of outputs with respect to the layers of networks.
enum PullbackFigures {
  /// Most bars that can be told apart.
  private static let mostMaps = 30

  /// Task-gradient capture of every layer, trained beside new.
  static func capture(of run: RunFile) throws -> Figure? {
    guard let found = try AnalysisColumns("pullback", of: run) else { return nil }
    let panels = found.layers.compactMap { layer -> Panel? in
      let trained = found.values(layer.prefix + "capture")
      guard trained.contains(where: \.isFinite) else { return nil }
      return .histograms(
        title: layer.name, trained: trained, fresh: found.values("null_\(layer.prefix)capture"),
        label: "task-gradient capture κ")
    }
    guard !panels.isEmpty else { return nil }
    return Figure(
      name: "pullback-capture", title: run.title("Task-gradient capture of each layer"),
      panels: panels, columns: min(3, panels.count))
  }

  /// Capture at the first hidden layer against the validation error.
  static func captureAndError(of run: RunFile) throws -> Figure? {
    guard let found = try AnalysisColumns("pullback", of: run),
      let layer = found.layers.dropFirst().first ?? found.layers.first,
      found.record.entry(layer.prefix + "capture") != nil
    else { return nil }
    return PredictionFigure.figure(
      name: "pullback-capture-error",
      title: run.title("Capture at \(layer.name) and validation error"),
      groups: [
        PredictionFigure.Group(
          label: "networks",
          predicted: found.column(
            layer.prefix + "capture", symbol: "κ", words: "task-gradient capture"),
          found: found.column("mean_squared_error", words: "mean squared validation error"))
      ], showsIdentity: false)
  }

  /// Variance on each task's inputs along each distinct map of the first hidden layer, and the norms
  /// of the maps on a second axis; of the first network.
  static func maps(of run: RunFile) throws -> Figure? {
    guard let found = try AnalysisColumns("pullback", of: run),
      let layer = found.layers.dropFirst().first ?? found.layers.first,
      let norms = found.record.entry(layer.prefix + "map_norm"),
      let variances = found.record.entry(layer.prefix + "task_variance")
    else { return nil }
    let (outputs, most, tasks) = (norms.shape[1], norms.shape[2], variances.shape[3])
    let panels = (0..<outputs).map { output -> Panel in
      let own = (0..<most).map { norms.values[output * most + $0] }
      let shown = min(own.count { !$0.isNaN }, mostMaps)
      let names = (0..<shown).map { shown <= 12 || $0 % 5 == 4 || $0 == 0 ? "\($0 + 1)" : "" }
      let bars = (0..<tasks).map { task in
        BarsFigure.Group(
          label: "inputs of task \(task + 1)",
          values: Column(
            name: "variance_\(output + 1)_\(task + 1)", longName: "variance along the map",
            values: (0..<shown).map {
              variances.values[((output * most) + $0) * tasks + task]
            }))
      }
      let figure = BarsFigure.figure(
        name: "pullback-maps", title: "", categories: names,
        label: "distinct map, by falling norm", groups: bars)
      var panel = figure.panels[0]
      let column = Column(
        name: "norm_\(output + 1)", longName: "norm of the map", values: Array(own.prefix(shown)))
      panel.title = "output \(output + 1)"
      panel.right = .standing(column.values, label: column.label)
      panel.marks.append(
        Curve(
          label: "norm",
          along: Column(name: "map", values: (0..<shown).map { Double($0 + 1) }), y: column,
          style: .points, colour: .ink, side: .right))
      panel.legend = .below
      return panel
    }
    return Figure(
      name: "pullback-maps",
      title: run.title("Distinct maps from \(layer.name) to each output, network 1"),
      panels: panels)
  }

  /// Cosines between the maps of the first two outputs, at every layer; of the chosen network.
  static func similarity(of run: RunFile) throws -> Figure? {
    guard let found = try AnalysisColumns("pullback", of: run) else { return nil }
    let matrices = found.layers.compactMap { layer -> MatrixFigure.Entry? in
      guard let entry = found.record.entry(layer.prefix + "similarity"), entry.shape[0] > 1 else {
        return nil
      }
      let (outputs, most) = (entry.shape[0], entry.shape[1])
      func value(_ first: Int, _ second: Int) -> Double {
        entry.values[(first * outputs + 1) * most + second]
      }
      let rows = (0..<most).filter { !value($0, 0).isNaN }
      let columns = (0..<most).filter { !value(0, $0).isNaN }
      guard rows.count > 1 || columns.count > 1 else { return nil }
      return MatrixFigure.Entry(
        title: layer.name, columns: columns.count,
        values: rows.flatMap { row in columns.map { value(row, $0) } })
    }
    guard !matrices.isEmpty else { return nil }
    return MatrixFigure.figure(
      name: "pullback-similarity", title: run.title("Cosines between the maps of two outputs"),
      matrices: matrices, quantity: Column(name: "cosine", values: []), x: "map to output 2",
      y: "map to output 1")
  }

  /// Variances of the gradients' principal components at the first hidden layer; of the first network.
  static func gradients(of run: RunFile) throws -> Figure? {
    guard let found = try AnalysisColumns("pullback", of: run),
      let layer = found.layers.dropFirst().first ?? found.layers.first,
      let entry = found.record.entry(layer.prefix + "gradient_variance")
    else { return nil }
    let (outputs, components) = (entry.shape[1], min(entry.shape[2], mostMaps))
    return BarsFigure.figure(
      name: "pullback-gradients",
      title: run.title("Principal components of the gradients at \(layer.name), network 1"),
      categories: (0..<components).map { "\($0 + 1)" }, label: "principal component",
      groups: (0..<outputs).map { output in
        BarsFigure.Group(
          label: "output \(output + 1)",
          values: Column(
            name: "gradient_variance_\(output + 1)", longName: "variance of the gradients",
            values: (0..<components).map { entry.values[output * entry.shape[2] + $0] }))
      })
  }

  /// Variances of the activations' principal components at every layer; mean over the networks.
  static func activations(of run: RunFile) throws -> Figure? {
    guard let found = try AnalysisColumns("pullback", of: run) else { return nil }
    let spectra = found.layers.compactMap { layer -> SpectrumFigure.Spectrum? in
      let name = layer.prefix + "activation_variance"
      let count = found.size(name, axis: 1)
      guard count > 0 else { return nil }
      let means = (0..<count).map { meanAndDeviation(found.values(name, at: $0)).mean }
      return SpectrumFigure.Spectrum(label: layer.name, values: means)
    }
    guard !spectra.isEmpty else { return nil }
    return SpectrumFigure.figure(
      name: "activation-spectra", title: run.title("Principal components of the activations"),
      spectra: spectra,
      quantity: Column(
        name: "variance", longName: "variance, mean over the networks", values: []))
  }

  /// Predictions of the chosen network against the targets.
  static func predictions(of run: RunFile) throws -> Figure? {
    guard let found = try AnalysisColumns("pullback", of: run) else { return nil }
    let outputs = found.size("target", axis: 1)
    guard outputs > 0 else { return nil }
    return PredictionFigure.figure(
      name: "predictions", title: run.title("Predictions on validation samples"),
      groups: (0..<outputs).map { output in
        PredictionFigure.Group(
          label: "output \(output + 1)",
          predicted: found.column("target", at: output, symbol: "y", words: "target"),
          found: found.column("prediction", at: output, symbol: "ŷ", words: "prediction"))
      })
  }

  /// Distributions of the two factors and the product of every task.
  static func samples(of run: RunFile) throws -> Figure? {
    guard case .twoTask(let data) = run.scenario.data,
      let found = try AnalysisColumns("pullback", of: run),
      found.size("sample_inputs", axis: 1) == data.inputs
    else { return nil }
    let panels = (0..<min(data.tasks, 6)).map { task -> Panel in
      let parts = [
        ("first factor", found.values("sample_inputs", at: 2 * task)),
        ("second factor", found.values("sample_inputs", at: 2 * task + 1)),
        ("product", found.values("target", at: task)),
      ]
      let edges = Bars.edges(of: parts.flatMap(\.1))
      let curves = parts.enumerated().map { index, part -> Curve in
        let bars = Bars.histogram(of: part.1, edges: edges, isDensity: true, colour: .number(index))
        let middles = zip(bars.left.values, bars.right.values).map { ($0 + $1) / 2 }
        return Curve(
          label: part.0, along: Column(name: "value", values: middles),
          y: Column(name: "density_\(index + 1)", longName: "density", values: bars.height.values),
          colour: .number(index))
      }
      return Panel(
        title: "task \(task + 1)",
        x: .linear(from: edges.first ?? 0, through: edges.last ?? 1, label: "value"),
        y: .standing(curves.flatMap(\.y.values), label: "density"), marks: curves, legend: .below)
    }
    return Figure(
      name: "samples", title: run.title("Validation samples"), panels: panels,
      columns: min(2, panels.count))
  }
}
