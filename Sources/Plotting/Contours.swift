/// Lines of equal value over a plane.
public struct Contours: Mark, Equatable {
  /// Words in the legend; empty for none.
  public var label: String
  /// The values over the plane.
  public var grid: Grid
  /// The values of the lines; those outside the range of the grid have none.
  public var levels: [Double]
  /// Colour.
  public var colour: Colour

  /// Lines at given levels.
  ///
  /// - Parameter levels: `nil` for about eight round values, or decades where values span them.
  public init(
    label: String = "", _ grid: Grid, levels: [Double]? = nil, colour: Colour = .ink
  ) {
    self.label = label
    self.grid = grid
    self.levels = levels ?? PlotAxis.fitting(grid.values.values, label: "").marks(atMost: 9)
    self.colour = colour
  }

  /// Draws the lines, which gnuplot finds in the table.
  public func draw(on sheet: inout Sheet) {
    let finite = grid.values.values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), grid.x.values.count > 1,
      grid.y.values.count > 1
    else { return }
    let inner = levels.filter { $0 > low && $0 < high }
    guard !inner.isEmpty else { return }
    let block = sheet.table.place(grid)
    let name = "$lines\(sheet.number)_\(sheet.elements.count)"
    sheet.prelude += """
      set contour base
      set cntrparam levels discrete \(inner.map(number).joined(separator: ","))
      unset surface
      set table \(name)
      splot data index \(block) using 1:2:3
      unset table
      unset contour
      set surface

      """
    let look = "lines linewidth \(sheet.width(1)) linecolor rgb '\(colour.hexadecimal)'"
    sheet.draw("\(name) using 1:2", with: look, label: label)
  }
}
