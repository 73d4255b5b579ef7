/// What was found against what was predicted, with the line on which both are equal.
public enum PredictionFigure {
  /// Points of one kind.
  public struct Group: Sendable {
    /// Words in the legend; empty for none.
    public var label: String
    /// Predicted values.
    public var predicted: Column
    /// Found values, as many.
    public var found: Column
    /// Half the length of error bars on the found values; `nil` for none.
    public var deviation: [Double]?

    /// Points of one kind, all columns of equal counts.
    public init(label: String = "", predicted: Column, found: Column, deviation: [Double]? = nil) {
      self.label = label
      self.predicted = predicted
      self.found = found
      self.deviation = deviation
    }
  }

  /// The figure of groups over the same axes, both of which span all values.
  ///
  /// - Parameter showsIdentity: whether the line of equal values is drawn; without it the axes are
  ///   independent, as for two quantities of different kinds.
  public static func figure(
    name: String, title: String, groups: [Group], showsIdentity: Bool = true
  ) -> Figure {
    let (x, y) = (groups.flatMap(\.predicted.values), groups.flatMap(\.found.values))
    let both = PlotAxis.fitting(x + y, label: "")
    func axis(_ values: [Double], _ column: Column?) -> PlotAxis {
      var axis = showsIdentity ? both : PlotAxis.fitting(values, label: "")
      axis.label = column?.label ?? ""
      return axis
    }
    var marks: [any Mark] =
      showsIdentity ? [Reference(.identity, label: "equal", colour: .grey)] : []
    for (index, group) in groups.enumerated() {
      let colour = Colour.number(index)
      if let deviation = group.deviation {
        let found = group.found
        marks.append(
          ErrorBars(
            label: group.label, along: group.predicted, y: found,
            low: found.with(zip(found.values, deviation).map { $0 - $1 }),
            high: found.with(zip(found.values, deviation).map { $0 + $1 }), colour: colour))
      } else {
        marks.append(
          Curve(
            label: group.label, along: group.predicted, y: group.found, style: .points,
            colour: colour))
      }
    }
    return Figure(
      name: name, title: title,
      panels: [
        Panel(
          x: axis(x, groups.first?.predicted), y: axis(y, groups.first?.found), marks: marks,
          legend: .right)
      ], size: Figure.Size(width: 1400, height: 980))
  }
}
