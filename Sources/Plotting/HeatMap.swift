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
    // Borders of the colour of their cells leave no seams between them.
    let macro = "cells\(sheet.number)_\(block)"
    let (low, high) = (number(scale.range.lowerBound), number(scale.range.upperBound))
    let share =
      scale.isLogarithmic
      ? "log($3/\(low))/log(\(high)/\(low))" : "($3-\(low))/(\(high)-\(low))"
    sheet.settings += """
      \(macro) = "using (\(x)[$1]):(\(y)[$2]):(\(x)[$1]):(\(x)[$1+1]):(\(y)[$2]):(\(y)[$2+1]):3 with boxxyerror fillstyle solid border linewidth 0.5 linecolor palette"
      if (term eq 'dumb') \(macro) = "using (\(x)[$1]):(\(y)[$2]):(shade(\(share))) with labels left"

      """
    sheet.elements.append("data index \(block) matrix every 1:1:1:1 @\(macro) notitle")
  }
}
