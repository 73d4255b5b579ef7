import Foundation

/// A quantity over time and a parameter as a heat map, with its curves at some values of the parameter
/// beside it.
public enum TimeParameterFigure {
  /// The figure of a grid of times and values of a parameter.
  ///
  /// - Parameters:
  ///   - grid: the quantity, shape [parameter, time].
  ///   - cuts: numbers of the rows with a curve, by ascending parameter from 0; `nil` for up to five
  ///     at equal distances.
  ///   - palette: diverging for what has a centre at zero.
  ///   - isLogarithmic: whether colours are; `nil` for what suits the values.
  ///   - marks: what else is drawn over the map, such as the times of the minima.
  public static func figure(
    name: String, title: String, grid: Grid, cuts: [Int]? = nil,
    palette: ColourScale.Palette = .sequential, isLogarithmic: Bool? = nil,
    marks: [any Mark] = []
  ) -> Figure {
    let rows = grid.y.values.count
    let count = min(5, rows)
    let chosen = (cuts ?? (0..<count).map { count > 1 ? $0 * (rows - 1) / (count - 1) : 0 })
      .filter { (0..<rows).contains($0) }
    let colours = ColourScale.fitting(
      grid.values.values, label: grid.values.label, palette: palette, isLogarithmic: isLogarithmic)
    func colour(_ place: Int) -> Colour { .number(place) }

    let symbol = grid.y.symbol.isEmpty ? grid.y.longName : grid.y.symbol
    let curves = chosen.enumerated().map { place, row in
      let value = shortNumber(grid.y.values[row])
      return Curve(
        label: "\(symbol) = \(value)", along: grid.x,
        y: Column(
          name: "\(grid.values.name)[\(grid.y.name)=\(value)]", symbol: grid.values.symbol,
          units: grid.values.units, longName: "\(grid.values.longName) at \(symbol) = \(value)",
          values: grid.row(row)), colour: colour(place))
    }
    let lines = chosen.enumerated().map { place, row in
      Reference(.horizontal(grid.y.values[row]), colour: .paper)
    }
    let x = PlotAxis.cells(grid.x)
    return Figure(
      name: name, title: title,
      panels: [
        Panel(
          x: x, y: .cells(grid.y), marks: [HeatMap(grid)] + lines + marks, colours: colours),
        Panel(
          x: x, y: .fitting(curves.flatMap(\.y.values), label: grid.values.label), marks: curves,
          legend: .right),
      ], columns: 2, widths: [1.08, 1], size: Figure.Size(width: 1700, height: 700))
  }
}

/// A number in at most four significant digits, for labels.
func shortNumber(_ value: Double) -> String { String(format: "%.4g", value) }
