/// A grid of coloured cells, by the colour scale of its panel.
///
/// Cells may have any widths; neighbours meet halfway between their coordinates, in the logarithm on
/// logarithmic axes. Missing values, and what a logarithmic scale has no colour for, are grey.
public struct HeatMap: Mark, Equatable {
  /// The values over the plane.
  public var grid: Grid

  /// A heat map of a grid.
  public init(_ grid: Grid) { self.grid = grid }

  /// The values of the cells.
  public var coloured: Column? { grid.values }

  /// Draws the cells; where the pictures are letters, one of them for each cell.
  public func draw(on sheet: inout Sheet) {
    let horizontal = Grid.edges(
      about: grid.x.values, isLogarithmic: sheet.panel.x.isLogarithmic)
    let vertical = Grid.edges(about: grid.y.values, isLogarithmic: sheet.panel.y.isLogarithmic)
    let (columns, rows) = (horizontal.filter(\.isFinite), vertical.filter(\.isFinite))
    guard let left = columns.first, let right = columns.last, left < right,
      let bottom = rows.first, let top = rows.last, bottom < top
    else { return }
    sheet.settings +=
      "set object rectangle from \(number(left)),\(number(bottom)) to \(number(right)),\(number(top)) "
      + "behind fillcolor rgb '\(Colour.missing.hexadecimal)' fillstyle solid noborder\n"
    let scale = sheet.scale
    guard grid.values.values.contains(where: scale.axis.shows) else { return }
    let block = sheet.table.place(grid)
    let (x, y) = ("x\(sheet.number)_\(block)", "y\(sheet.number)_\(block)")
    for (name, edges) in [(x, horizontal), (y, vertical)] {
      sheet.settings +=
        "array \(name)[\(edges.count)] = [\(edges.map(number).joined(separator: ","))]\n"
    }
    let width = grid.x.values.count
    let (column, row) = ("int($0)%\(width)", "int($0)/\(width)")
    let known = "(\(scale.isLogarithmic ? "$3>0" : "$3==$3")?\(x)[\(column)+1]:NaN)"
    let corner = "data index \(block) using \(known):(\(y)[\(row)+1])"
    let (low, high) = (number(scale.range.lowerBound), number(scale.range.upperBound))
    let share =
      scale.isLogarithmic
      ? "(log($3)-log(\(low)))/(log(\(high))-log(\(low)))" : "($3-\(low))/(\(high)-\(low))"
    // Borders of the colour of their cells leave no seams between them.
    sheet.draw(
      "for [i=1:term ne 'dumb'] \(corner):(\(x)[\(column)+1]):(\(x)[\(column)+2])"
        + ":(\(y)[\(row)+1]):(\(y)[\(row)+2]):3",
      with: "boxxyerror fillstyle solid border linewidth 1 linecolor palette")
    sheet.draw("for [i=1:term eq 'dumb'] \(corner):(shade(\(share)))", with: "labels left")
  }
}
