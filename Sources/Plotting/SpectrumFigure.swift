/// Spectra on logarithmic axes, by rank, with the range that random matrices would fill shaded.
public enum SpectrumFigure {
  /// One spectrum.
  public struct Spectrum: Sendable {
    /// Words in the legend.
    public var label: String
    /// The eigenvalues, in any order; those not positive have no place.
    public var values: [Double]
    /// How it is drawn, such as dashed for theory.
    public var style: Curve.Style
    /// Its colour; `nil` for the next one, or ink for theory.
    public var colour: Colour?

    /// A spectrum.
    public init(
      label: String, values: [Double], style: Curve.Style = .empirical, colour: Colour? = nil
    ) {
      self.label = label
      self.values = values
      self.style = style
      self.colour = colour
    }
  }

  /// The figure of spectra by falling eigenvalue.
  ///
  /// - Parameters:
  ///   - quantity: name, symbol, unit and words of the eigenvalues; its values are not used.
  ///   - bulk: the range of eigenvalues without signal, such as that of Marchenko and Pastur; `nil`
  ///     for none.
  public static func figure(
    name: String, title: String, spectra: [Spectrum], quantity: Column,
    bulk: ClosedRange<Double>? = nil, bulkLabel: String = "bulk"
  ) -> Figure {
    Figure(
      name: name, title: title,
      panels: [
        panel(spectra: spectra, quantity: quantity, bulk: bulk, bulkLabel: bulkLabel)
      ])
  }

  /// A panel of spectra, as in ``figure(name:title:spectra:quantity:bulk:bulkLabel:)``.
  ///
  /// Eigenvalues below rounding, a trillionth of the largest, have no place.
  static func panel(
    title: String = "", spectra: [Spectrum], quantity: Column, bulk: ClosedRange<Double>? = nil,
    bulkLabel: String = "bulk", legend: Panel.Legend = .right
  ) -> Panel {
    let sorted = spectra.map { $0.values.filter(\.isFinite).sorted(by: >) }
    let floor = 1e-12 * (sorted.compactMap(\.first).max() ?? 0)
    let curves = zip(spectra, sorted).enumerated().map { index, pair in
      let (spectrum, values) = pair
      return Curve(
        label: spectrum.label,
        along: Column(name: "rank", values: (0..<values.count).map { Double($0 + 1) }),
        y: Column(
          name: "\(quantity.name)[\(index + 1)]", symbol: quantity.symbol, units: quantity.units,
          longName: "\(quantity.longName), \(spectrum.label)",
          values: values.map { $0 > floor ? $0 : .nan }),
        style: spectrum.style,
        colour: spectrum.colour ?? (spectrum.style == .theory ? .ink : .number(index)))
    }
    let longest = Double(sorted.map(\.count).max() ?? 1)
    let positive = sorted.flatMap(\.self).filter { $0 > floor }
    let y = PlotAxis.standing(
      positive + (bulk.map { [$0.lowerBound, $0.upperBound].filter { $0 > 0 } } ?? []),
      label: quantity.label, isLogarithmic: true)
    let shade: [any Mark] = bulk.map { [Span(.y($0), label: bulkLabel)] } ?? []
    return Panel(
      title: title, x: PlotAxis(label: "rank", isLogarithmic: true, range: 1...max(2, longest)),
      y: y, marks: shade + curves, legend: legend)
  }
}
