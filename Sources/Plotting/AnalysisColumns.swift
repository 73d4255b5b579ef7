import Recording

/// What an analysis found, as columns of a figure.
struct AnalysisColumns {
  let record: AnalysisRecord

  /// What a run's file holds of an analysis; nil if it was not analysed so.
  init?(_ name: String, of run: RunFile) throws {
    guard let record = try run.analysis(name) else { return nil }
    self.record = record
  }

  /// Values of an array at a place of its later axes, one for each entry of the first axis.
  func values(_ name: String, at place: Int = 0) -> [Double] {
    guard let entry = record.entry(name), let count = entry.shape.first, count > 0 else {
      return []
    }
    let width = entry.values.count / count
    guard place < width else { return [] }
    return (0..<count).map { entry.values[$0 * width + place] }
  }

  /// Such values as a column.
  func column(_ name: String, at place: Int = 0, symbol: String = "", words: String) -> Column {
    Column(
      name: "\(name)_\(place + 1)", symbol: symbol, longName: words,
      values: values(name, at: place))
  }

  /// The number of entries along an axis of an array.
  func size(_ name: String, axis: Int) -> Int {
    guard let shape = record.entry(name)?.shape, axis < shape.count else { return 0 }
    return shape[axis]
  }

  /// Rows of an array: the values at each entry of its first axis.
  func rows(_ name: String) -> [[Double]] {
    guard let entry = record.entry(name), let count = entry.shape.first, count > 0 else {
      return []
    }
    let width = entry.values.count / count
    return (0..<count).map { Array(entry.values[$0 * width..<($0 + 1) * width]) }
  }

  /// The number of an array without axes; nil if there is none.
  func number(_ name: String) -> Double? { record.entry(name)?.values.first }

  /// Numbers of the layers, from 1, of which there is an array.
  func numbered(_ name: (Int) -> String) -> [Int] {
    var layers: [Int] = []
    while record.entry(name(layers.count + 1)) != nil { layers.append(layers.count + 1) }
    return layers
  }

  /// Prefixes and names of the layers of a pullback, first to last.
  var layers: [(prefix: String, name: String)] {
    var layers = [(prefix: "input_", name: "input")]
    while record.entry("hidden_\(layers.count)_maps") != nil {
      layers.append(("hidden_\(layers.count)_", "hidden layer \(layers.count)"))
    }
    return layers
  }
}

extension Panel {
  /// Histograms of trained and of new networks over common bins, as densities.
  static func histograms(
    title: String = "", trained: [Double], fresh: [Double], label: String
  ) -> Panel {
    let edges = Bars.edges(of: trained + fresh)
    let bars = Bars.histogram(
      label: "trained networks", of: trained, edges: edges, isDensity: true, colour: .number(0))
    // New networks as an outline, so that neither hides the other.
    let null = Bars.histogram(of: fresh, edges: edges, isDensity: true, colour: .ink).height.values
    let outline = Curve(
      label: "new networks",
      along: Column(name: "edge", values: edges.flatMap { [$0, $0] }),
      y: Column(name: "density", values: [0] + null.flatMap { [$0, $0] } + [0]), colour: .ink)
    return Panel(
      title: title, x: .linear(from: edges.first ?? 0, through: edges.last ?? 1, label: label),
      y: .standing(bars.height.values + null, label: "density"),
      marks: fresh.isEmpty ? [bars] : [bars, outline], legend: .below)
  }
}
