/// A thin dashed line at a fixed place: a value, a predicted moment, or where both axes are equal.
public struct Reference: Mark, Equatable {
  /// Where the line is.
  public var place: Place
  /// Words in the legend; empty for none.
  public var label: String
  /// Words at the line itself; empty for none.
  public var note: String
  /// Colour of the line.
  public var colour: Colour
  /// The vertical axis that a horizontal line is measured on.
  public var side: Side

  /// Places of lines.
  public enum Place: Equatable, Sendable {
    /// Across the panel at a height.
    case horizontal(Double)
    /// Up the panel, such as at a predicted half-time.
    case vertical(Double)
    /// Where both coordinates are equal.
    case identity
  }

  /// A line at a place.
  public init(
    _ place: Place, label: String = "", note: String = "", colour: Colour = .ink,
    side: Side = .left
  ) {
    self.place = place
    self.label = label
    self.note = note
    self.colour = colour
    self.side = side
  }

  /// A horizontal line at a value.
  public init(value: Double, label: String = "", colour: Colour = .ink) {
    self.init(.horizontal(value), label: label, colour: colour)
  }

  /// Draws the line, if the axes have a place for it.
  public func draw(on sheet: inout Sheet) {
    let (x, y) = (sheet.panel.x, sheet.vertical(side))
    let look =
      "lines dashtype (10,6) linewidth \(sheet.width(1.8)) linecolor rgb '\(colour.hexadecimal)'"
    let words = PlainText.quoted(note)
    let text = "noenhanced front textcolor rgb '\(colour.hexadecimal)'"
    switch place {
    case .horizontal(let value):
      guard y.shows(value) else { return }
      sheet.draw("\(number(value))\(side.axes)", with: look, label: label)
      if !note.isEmpty, y.range.contains(value) {
        sheet.settings +=
          "set label \(words) at graph 0.985,\(side.system)\(number(value)) right "
          + "offset character 0,0.5 \(text)\n"
      }
    case .vertical(let value):
      guard x.shows(value) else { return }
      sheet.explain(label, look)
      let line = look.dropFirst("lines ".count)
      if x.range.contains(value) {
        sheet.settings +=
          "set arrow from \(number(value)),graph 0 to \(number(value)),graph 1 nohead front \(line)\n"
        if !note.isEmpty {
          sheet.settings +=
            "set label \(words) at \(number(value)),graph 0.97 right rotate by 90 "
            + "offset character -0.7,0 \(text)\n"
        }
      }
    case .identity:
      sheet.draw("x\(side.axes)", with: look, label: label)
    }
  }
}
