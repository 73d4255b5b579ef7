/// A loss over a plane of two weights, with the paths that descents take on it.
public enum LossSurfaceFigure {
  /// The figure of a surface: colours and contour lines, and paths in red and black over them, each
  /// with a star where it starts and a square where it ends.
  ///
  /// - Parameters:
  ///   - surface: the loss, shape [second weight, first weight].
  ///   - isLogarithmic: whether colours are; `nil` for what suits the values.
  ///   - levels: values of the contour lines; `nil` for round ones.
  ///   - paths: over the plane; what leaves it is cut off at its edge.
  public static func figure(
    name: String, title: String, surface: Grid, isLogarithmic: Bool? = nil,
    levels: [Double]? = nil, paths: [PhasePlaneFigure.Path], marks: [any Mark] = []
  ) -> Figure {
    var drawn: [any Mark] = [
      HeatMap(surface), Contours(surface, levels: levels, colour: .paper),
    ]
    drawn += marks
    let colours: [Colour] = [.accent, .ink, .number(4), .number(5)]
    for (index, path) in paths.enumerated() {
      let colour = colours[index % colours.count]
      drawn += Curve.path(
        label: path.label, along: path.along, x: path.x, y: path.y, style: path.style,
        colour: colour, markers: colour)
    }
    let hasLegend = paths.contains { !$0.label.isEmpty }
    return Figure(
      name: name, title: title,
      panels: [
        Panel(
          x: .cells(surface.x, isLogarithmic: false), y: .cells(surface.y, isLogarithmic: false),
          marks: drawn,
          colours: .fitting(
            surface.values.values, label: surface.values.label, isLogarithmic: isLogarithmic),
          legend: hasLegend ? .below : .none)
      ],
      size: Figure.Size(width: 1400, height: 1040))
  }
}
