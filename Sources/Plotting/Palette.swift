/// The colour of something in a figure.
public enum Colour: Equatable, Sendable {
  /// The colour of the n-th thing of several, such as a mode, from 0; repeats after ``count``.
  case number(Int)
  /// Nearly black, for what belongs to no mode.
  case ink
  /// Grey, for what stands behind, such as a vector field.
  case grey
  /// Light grey, for the many that are not told apart.
  case pale
  /// Grey that is on no palette, where a value is missing.
  case missing
  /// White, for thin lines over a heat map.
  case paper
  /// Red, which stands out from every sequential scale and from white.
  case accent
  /// The colour at a fraction, from 0 to 1, of the way from the first to the last of many that have
  /// an order, such as runs by their κ; none is so light that a line of it could not be seen.
  case graded(Double)
  /// The colour of a value on a scale, such as that of a curve by its parameter.
  case on(ColourScale, Double)

  /// Number of colours that can be told apart.
  public static var count: Int { palette.count }

  /// The colour as `#rrggbb`.
  public var hexadecimal: String {
    switch self {
    case .number(let index): Self.palette[index % Self.palette.count]
    case .ink: "#262626"
    case .grey: "#808080"
    case .pale: "#c4c4c4"
    case .missing: "#b9b9b9"
    case .paper: "#ffffff"
    case .accent: "#e3342f"
    case .on(let scale, let value): scale.colour(of: value)
    case .graded(let fraction):
      ColourScale.Palette.sequential.colour(at: 0.85 * min(max(fraction, 0), 1))
    }
  }

  /// Colours of the viridis and plasma scales between others of clearly different lightness.
  ///
  /// The dark ones come last, so that black dashes show over the first. Each has a contrast of at
  /// least 2 to white, and any two stay apart in the Oklab space as people with normal, protan and
  /// deutan vision see them.
  private static let palette = [
    "#1f7fbf", "#94b81c", "#7e03a8", "#28ae80", "#6fb7e9",
    "#8c2d04", "#21918c", "#471365", "#555555", "#000000",
  ]
}
