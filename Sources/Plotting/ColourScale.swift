/// How values become colours: the palette, the range and the words at the colour bar.
public struct ColourScale: Equatable, Sendable {
  /// Words at the colour bar, with the unit.
  public var label: String
  /// The palette.
  public var palette: Palette
  /// Whether the scale is logarithmic.
  public var isLogarithmic: Bool
  /// The values of the first and the last colour, of positive width; beyond them the colour stays.
  public var range: ClosedRange<Double>

  /// A scale over a range.
  public init(
    label: String, palette: Palette = .sequential, isLogarithmic: Bool = false,
    range: ClosedRange<Double>
  ) {
    precondition(
      range.lowerBound < range.upperBound && (!isLogarithmic || range.lowerBound > 0),
      "colours cannot show \(range)")
    self.label = label
    self.palette = palette
    self.isLogarithmic = isLogarithmic
    self.range = range
  }

  /// Palettes, whose steps look equally large.
  public enum Palette: CaseIterable, Sendable {
    /// From dark to light, for what has an order.
    case sequential
    /// From blue through white to red, for what has a centre.
    case diverging
    /// From black to white, for pictures.
    case grey

    /// The colours at equal distances, as `#rrggbb`.
    var stops: [String] {
      switch self {
      // The scale viridis of Smith and van der Walt at eleven points.
      case .sequential:
        [
          "#440154", "#482475", "#414487", "#355f8d", "#2a788e", "#21918c",
          "#22a884", "#44bf70", "#7ad151", "#bddf26", "#fde725",
        ]
      // Equal steps of Oklab lightness.
      case .grey:
        [
          "#000000", "#030303", "#161616", "#2e2e2e", "#484848", "#636363",
          "#808080", "#9e9e9e", "#bebebe", "#dedede", "#ffffff",
        ]
      // Equal steps of Oklab lightness and chroma on either side of a light grey.
      case .diverging:
        [
          "#0f3d77", "#2f5f9f", "#5583bd", "#83a7d3", "#b8cce3", "#f1f1f1",
          "#ecc3b3", "#dd9678", "#c76a45", "#a6411f", "#7b1a06",
        ]
      }
    }

    /// The colour at a fraction of the scale, as `#rrggbb`.
    func colour(at fraction: Double) -> String {
      let place = min(max(fraction.isFinite ? fraction : 0, 0), 1) * Double(stops.count - 1)
      let index = min(Int(place), stops.count - 2)
      let (first, second) = (Self.channels(stops[index]), Self.channels(stops[index + 1]))
      let part = place - Double(index)
      let mixed = zip(first, second).map { Int(($0 + (($1 - $0) * part)).rounded()) }
      return "#" + mixed.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func channels(_ colour: String) -> [Double] {
      let value = Int(colour.dropFirst(), radix: 16) ?? 0
      return [value >> 16, value >> 8 & 255, value & 255].map(Double.init)
    }
  }

  /// A scale that holds all finite values.
  ///
  /// - Parameters:
  ///   - values: those not finite, and on a logarithmic scale those not positive, are grey.
  ///   - isLogarithmic: `nil` for what suits the values, as on an axis; never for diverging ones.
  ///   - centre: the value of the middle of a diverging palette.
  public static func fitting(
    _ values: [Double], label: String, palette: Palette = .sequential,
    isLogarithmic: Bool? = nil, centre: Double = 0
  ) -> ColourScale {
    let finite = values.filter(\.isFinite)
    if palette == .diverging {
      let reach = finite.reduce(0) { max($0, abs($1 - centre)) }
      let half = reach.isFinite && centre + reach > centre - reach ? reach : 1
      return ColourScale(
        label: label, palette: palette, range: centre - half...centre + half)
    }
    let axis = PlotAxis.fitting(finite, label: label)
    if isLogarithmic ?? axis.isLogarithmic {
      let positive = finite.filter { $0 > 0 }
      let high = positive.max() ?? 1
      let low = positive.filter { $0 >= high * 1e-12 }.min() ?? high
      let (from, to) = low < high ? (low, high) : (low / 2, low * 2)
      if from > 0, to.isFinite {
        return ColourScale(label: label, palette: palette, isLogarithmic: true, range: from...to)
      }
    }
    guard let low = finite.min(), let high = finite.max(), low < high else {
      return ColourScale(
        label: label, palette: palette,
        range: PlotAxis.linear(
          from: finite.first ?? 0, through: finite.first ?? 0, label: label
        ).range)
    }
    return ColourScale(label: label, palette: palette, range: low...high)
  }

  /// The scale as an axis, for its marks.
  var axis: PlotAxis { PlotAxis(label: label, isLogarithmic: isLogarithmic, range: range) }

  /// The colour of a value; grey where it has none.
  func colour(of value: Double) -> String {
    guard axis.shows(value) else { return Colour.missing.hexadecimal }
    return palette.colour(at: axis.place(of: value))
  }
}
