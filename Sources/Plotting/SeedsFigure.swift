/// The mean over seeds with its standard deviation as a band, beside theory.
public enum SeedsFigure {
  /// One quantity over several seeds.
  public struct Group: Sendable {
    /// Words in the legend.
    public var label: String
    /// What runs along, such as the iteration.
    public var along: Column
    /// Meaning of the values.
    public var quantity: Column
    /// Values by seed, shape [seed, row].
    public var seeds: [[Double]]
    /// Prediction, one value per row; `nil` for none.
    public var theory: [Double]?

    /// A quantity over several seeds.
    ///
    /// - Parameters:
    ///   - quantity: name, symbol, unit and words; its values are not used.
    ///   - seeds: shape [seed, row], each as long as `along`.
    public init(
      label: String, along: Column, quantity: Column, seeds: [[Double]], theory: [Double]? = nil
    ) {
      let counts = (seeds + [theory].compactMap(\.self)).map(\.count)
      precondition(
        counts.allSatisfy { $0 == along.values.count },
        "seeds of \(counts) rows along \(along.values.count)")
      self.label = label
      self.along = along
      self.quantity = quantity
      self.seeds = seeds
      self.theory = theory
    }

    /// Mean and standard deviation over the seeds at every row.
    ///
    /// A missing value of a seed is left out; the deviation of fewer than two values is 0, the mean of
    /// none missing.
    public func statistics() -> (mean: [Double], deviation: [Double]) {
      let pairs = along.values.indices.map { row in
        meanAndDeviation(seeds.map { $0[row] }.filter(\.isFinite))
      }
      return (pairs.map(\.mean), pairs.map(\.deviation))
    }
  }

  /// The figure of groups in one panel; theory is dashed over the solid means.
  ///
  /// - Parameter showsSeeds: whether every seed is drawn as a thin line behind.
  public static func figure(
    name: String, title: String, groups: [Group], x: PlotAxis? = nil, y: PlotAxis? = nil,
    showsSeeds: Bool = false, marks: [any Mark] = []
  ) -> Figure {
    let panel = panel(groups, x: x, y: y, showsSeeds: showsSeeds, marks: marks)
    return Figure(name: name, title: title, panels: [panel])
  }

  /// The panel of the figure, for grids of them.
  public static func panel(
    _ groups: [Group], title: String = "", x: PlotAxis? = nil, y: PlotAxis? = nil,
    showsSeeds: Bool = false, marks: [any Mark] = [], legend: Panel.Legend = .right
  ) -> Panel {
    var (bands, seeds, means, theories): ([any Mark], [any Mark], [any Mark], [any Mark]) =
      ([], [], [], [])
    var shown: [Double] = []
    for (index, group) in groups.enumerated() {
      let (mean, deviation) = group.statistics()
      let colour = Colour.number(index)
      let quantity = group.quantity
      func column(_ suffix: String, _ words: String, _ values: [Double]) -> Column {
        Column(
          name: "\(quantity.name)_\(suffix)", symbol: quantity.symbol, units: quantity.units,
          longName: "\(quantity.longName), \(group.label), \(words)", values: values)
      }
      let means_ = column("mean", "mean of \(group.seeds.count) seeds", mean)
      bands.append(
        Band.deviation(along: group.along, mean: means_, deviation: deviation, colour: colour))
      means.append(
        Curve(label: group.label, along: group.along, y: means_, colour: colour))
      if showsSeeds {
        seeds += group.seeds.enumerated().map { number, values in
          Curve(
            along: group.along, y: column("seed_\(number + 1)", "seed \(number + 1)", values),
            style: .faint, colour: colour)
        }
      }
      if let theory = group.theory {
        theories.append(
          Curve(
            label: index == groups.firstIndex { $0.theory != nil } ? "theory" : "",
            along: group.along, y: column("theory", "theory", theory), style: .theory,
            colour: .ink))
        shown += theory
      }
      // Where a band reaches below zero a logarithmic axis can still show the mean.
      shown += mean + zip(mean, deviation).map { $0 + $1 }
      shown += zip(mean, deviation).map { $0 - $1 }.filter { $0 > 0 || mean.contains { $0 < 0 } }
    }
    let first = groups.first
    return Panel(
      title: title,
      x: x ?? .running(groups.flatMap(\.along.values), label: first?.along.label ?? ""),
      y: y ?? .fitting(shown, label: first?.quantity.label ?? ""),
      marks: bands + seeds + marks + means + theories, legend: legend)
  }
}

/// The mean of values and their standard deviation with one degree of freedom less; a missing mean and
/// no deviation for none.
func meanAndDeviation(_ values: [Double]) -> (mean: Double, deviation: Double) {
  let count = Double(values.count)
  let mean = values.isEmpty ? .nan : values.reduce(0) { $0 + $1 / count }
  let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (mean, values.count > 1 ? (squares / (count - 1)).squareRoot() : 0)
}
