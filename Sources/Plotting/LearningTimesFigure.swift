/// How long learning takes: a histogram of learning times, with predicted ones as lines.
public enum LearningTimesFigure {
  /// Learning times of one kind.
  public struct Group: Sendable {
    /// Words in the legend.
    public var label: String
    /// The times; those not finite, of what is never learned, are only counted.
    public var times: [Double]
    /// The predicted time; `nil` for none.
    public var predicted: Double?

    /// Learning times of one kind.
    public init(label: String, times: [Double], predicted: Double? = nil) {
      self.label = label
      self.times = times
      self.predicted = predicted
    }
  }

  /// The figure of groups in the same bins.
  ///
  /// - Parameters:
  ///   - label: words of the horizontal axis, such as `iterations to half-learning`.
  ///   - isLogarithmic: whether bins are equal in the logarithm; `nil` where times span a factor of 20.
  ///   - edges: edges of the bins; `nil` for equal ones.
  public static func figure(
    name: String, title: String, groups: [Group], label: String, isLogarithmic: Bool? = nil,
    edges: [Double]? = nil
  ) -> Figure {
    let all = groups.flatMap { $0.times + [$0.predicted].compactMap(\.self) }.filter(\.isFinite)
    let least = all.min() ?? 0
    let isLogarithmic = least > 0 && (isLogarithmic ?? ((all.max() ?? 0) >= 20 * least))
    let edges = edges ?? Bars.edges(of: all, isLogarithmic: isLogarithmic)
    let bars = groups.enumerated().map { index, group in
      let never = group.times.count { !$0.isFinite }
      let words = never == 0 ? group.label : "\(group.label) (\(never) never)"
      return Bars.histogram(label: words, of: group.times, edges: edges, colour: .number(index))
    }
    let lines = groups.enumerated().compactMap { index, group in
      group.predicted.map {
        Reference(
          .vertical($0), label: groups.count == 1 ? "predicted" : "\(group.label), predicted",
          colour: groups.count == 1 ? .ink : .number(index))
      }
    }
    let highest = bars.flatMap(\.height.values).max() ?? 1
    var x = PlotAxis(label: label, range: 0...1)
    if let low = edges.first, let high = edges.last, low < high {
      x = PlotAxis(label: label, isLogarithmic: isLogarithmic && low > 0, range: low...high)
    }
    return Figure(
      name: name, title: title,
      panels: [
        Panel(
          x: x, y: PlotAxis(label: "count", range: 0...max(1, 1.08 * highest)),
          marks: bars + lines, legend: .right)
      ])
  }
}
