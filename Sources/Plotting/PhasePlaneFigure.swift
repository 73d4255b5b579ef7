/// A plane of two coordinates with the direction of motion at every point, and paths through it.
public enum PhasePlaneFigure {
  /// A path through the plane.
  public struct Path: Sendable {
    /// Words in the legend; empty for none.
    public var label: String
    /// What runs along the path, such as the iteration.
    public var along: Column
    /// Horizontal coordinates.
    public var x: Column
    /// Vertical coordinates.
    public var y: Column
    /// How it is drawn.
    public var style: Curve.Style

    /// A path through points, all columns of equal counts.
    public init(
      label: String = "", along: Column, x: Column, y: Column, style: Curve.Style = .empirical
    ) {
      self.label = label
      self.along = along
      self.x = x
      self.y = y
      self.style = style
    }
  }

  /// The figure of a field and paths through it, each with a star where it starts and a square where
  /// it ends.
  ///
  /// - Parameters:
  ///   - x: the horizontal axis.
  ///   - y: the vertical axis.
  ///   - background: values over the plane, as contour lines behind the field; `nil` for none.
  ///   - marks: what else is drawn, such as lines on which nothing moves.
  ///   - field: the two components of the velocity at a point.
  public static func figure(
    name: String, title: String, x: PlotAxis, y: PlotAxis, background: Grid? = nil,
    paths: [Path], marks: [any Mark] = [], field: (Double, Double) -> (Double, Double)
  ) -> Figure {
    var drawn: [any Mark] = []
    if let background { drawn.append(Contours(background, colour: .pale)) }
    drawn.append(VectorField.over(x, y, field: field))
    drawn += marks
    for (index, path) in paths.enumerated() {
      drawn += Curve.path(
        label: path.label, along: path.along, x: path.x, y: path.y, style: path.style,
        colour: .number(index))
    }
    let hasLegend = paths.contains { !$0.label.isEmpty }
    return Figure(
      name: name, title: title,
      panels: [Panel(x: x, y: y, marks: drawn, legend: hasLegend ? .right : .none)],
      size: Figure.Size(width: 1400, height: 980))
  }
}
