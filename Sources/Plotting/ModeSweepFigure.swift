/// A quantity of every mode, and of all together, over time for several values of a parameter.
public enum ModeSweepFigure {
  /// The figure of a sweep: a panel for every mode and one for their sum, the curves coloured by the
  /// parameter.
  ///
  /// - Parameters:
  ///   - along: what runs along the curves, such as the time.
  ///   - parameter: the values of the parameter, one per curve of a panel.
  ///   - quantity: name, symbol, unit and words; its values are not used.
  ///   - modes: values, shape [mode][parameter][row].
  ///   - total: values of all modes together, shape [parameter][row]; `nil` for the sum of the modes.
  ///   - showsTotal: whether there is a panel for all modes.
  public static func figure(
    name: String, title: String, along: Column, parameter: Column, quantity: Column,
    modes: [[[Double]]], total: [[Double]]? = nil, showsTotal: Bool = true, columns: Int? = nil
  ) -> Figure {
    let sum =
      total
      ?? parameter.values.indices.map { place in
        along.values.indices.map { row in modes.reduce(0) { $0 + $1[place][row] } }
      }
    let scale = PlotAxis.fitting(parameter.values, label: parameter.label)
    let spread = PlotAxis.cells(parameter)
    let colours = ColourScale.fitting(
      parameter.values, label: parameter.label,
      isLogarithmic: scale.isLogarithmic || spread.isLogarithmic)
    let x = PlotAxis.running(along.values, label: along.label)
    func panel(_ title: String, _ suffix: String, _ values: [[Double]]) -> Panel {
      precondition(
        values.count == parameter.values.count
          && values.allSatisfy { $0.count == along.values.count },
        "\(values.count) curves for \(parameter.values.count) values of a parameter")
      let curves = zip(parameter.values, values).map { value, values in
        Curve(
          along: along,
          y: Column(
            name: "\(quantity.name)_\(suffix)[\(parameter.name)=\(shortNumber(value))]",
            symbol: quantity.symbol, units: quantity.units,
            longName: "\(quantity.longName), \(title), \(parameter.label) \(shortNumber(value))",
            values: values), style: .empirical,
          colour: .on(colours, value))
      }
      return Panel(
        title: title, x: x, y: .fitting(values.flatMap(\.self), label: quantity.label),
        marks: curves, colours: colours)
    }
    var panels = modes.enumerated().map {
      panel("mode \($0 + 1)", "\($0 + 1)", $1)
    }
    if showsTotal || panels.isEmpty { panels.append(panel("all modes", "all", sum)) }
    return Figure(
      name: name, title: title, panels: panels, columns: columns ?? min(3, panels.count))
  }
}
