/// Values of categories as bars side by side, with error bars, on one vertical axis or two.
public enum BarsFigure {
  /// The values of one kind.
  public struct Group: Sendable {
    /// Words in the legend; empty for none.
    public var label: String
    /// One value per category.
    public var values: Column
    /// Half the length of error bars; `nil` for none.
    public var deviation: [Double]?
    /// The axis that it is measured on.
    public var side: Side

    /// Values of one kind, one per category.
    public init(
      label: String = "", values: Column, deviation: [Double]? = nil, side: Side = .left
    ) {
      self.label = label
      self.values = values
      self.deviation = deviation
      self.side = side
    }
  }

  /// The figure of groups over the same categories.
  ///
  /// - Parameters:
  ///   - label: words of the horizontal axis.
  ///   - isLogarithmic: whether the left axis is.
  public static func figure(
    name: String, title: String, categories: [String], label: String = "", groups: [Group],
    isLogarithmic: Bool = false, marks: [any Mark] = []
  ) -> Figure {
    let bars = groups.enumerated().map { index, group in
      Bars.grouped(
        label: group.label, heights: group.values, deviation: group.deviation, group: index,
        of: groups.count, colour: .number(index), side: group.side)
    }
    func axis(_ side: Side) -> PlotAxis? {
      let own = bars.filter { $0.side == side }
      guard let first = own.first else { return nil }
      let values = own.flatMap { $0.height.values + ($0.errors?.high.values ?? []) }
      let low = own.flatMap { $0.errors?.low.values ?? [] }
      return .standing(
        values + (isLogarithmic && side == .left ? low.filter { $0 > 0 } : low),
        label: first.height.label, isLogarithmic: isLogarithmic && side == .left)
    }
    let hasLegend = groups.contains { !$0.label.isEmpty }
    return Figure(
      name: name, title: title,
      panels: [
        Panel(
          x: .categories(categories, label: label),
          y: axis(.left) ?? PlotAxis(label: "", range: 0...1), right: axis(.right),
          marks: bars + marks, legend: hasLegend ? .right : .none)
      ])
  }
}
