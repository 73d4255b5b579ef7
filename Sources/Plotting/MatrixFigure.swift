/// Matrices as heat maps of one diverging scale centred at 0, first row on top.
public enum MatrixFigure {
  /// A matrix with a title.
  public struct Entry: Sendable {
    /// Title above its panel; empty for none.
    public var title: String
    /// Number of columns.
    public var columns: Int
    /// Values, row-major.
    public var values: [Double]

    /// A matrix.
    public init(title: String = "", columns: Int, values: [Double]) {
      precondition(
        columns > 0 && values.count.isMultiple(of: columns),
        "\(values.count) values in rows of \(columns)")
      self.title = title
      self.columns = columns
      self.values = values
    }
  }

  /// The figure of matrices, up to three side by side.
  ///
  /// - Parameters:
  ///   - quantity: name, symbol, unit and words of the values; its values are not used.
  ///   - x: words for columns.
  ///   - y: words for rows.
  ///   - palette: sequential for what has no sign, such as overlaps.
  public static func figure(
    name: String, title: String, matrices: [Entry], quantity: Column, x: String, y: String,
    palette: ColourScale.Palette = .diverging
  ) -> Figure {
    let colours = ColourScale.fitting(
      matrices.flatMap(\.values), label: quantity.label, palette: palette, isLogarithmic: false)
    let panels = matrices.map { matrix in
      let rows = matrix.values.count / matrix.columns
      func axis(_ name: String, _ words: String, _ count: Int) -> Column {
        Column(name: name, longName: words, values: (0..<count).map { Double($0 + 1) })
      }
      let grid = Grid(
        x: axis("column", x, matrix.columns), y: axis("row", y, rows),
        values: quantity.with(matrix.values))
      var vertical = PlotAxis.cells(grid.y, isLogarithmic: false)
      vertical.isReversed = true
      return Panel(
        title: matrix.title, x: .cells(grid.x, isLogarithmic: false), y: vertical,
        marks: [HeatMap(grid)], colours: colours)
    }
    guard !panels.isEmpty else {
      let axis = PlotAxis(label: "", range: 0...1)
      return Figure(name: name, title: title, panels: [Panel(x: axis, y: axis, marks: [])])
    }
    return Figure(name: name, title: title, panels: panels, columns: min(3, panels.count))
  }
}
