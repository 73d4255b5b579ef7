/// A ring round a point with words beside it, such as an extremum with its value.
public struct Note: Mark, Equatable {
  /// Words beside the ring.
  public var text: String
  /// Horizontal coordinate.
  public var x: Double
  /// Vertical coordinate.
  public var y: Double
  /// Colour of ring and words.
  public var colour: Colour
  /// The vertical axis that it is measured on.
  public var side: Side

  /// A note at a point.
  public init(_ text: String, x: Double, y: Double, colour: Colour = .ink, side: Side = .left) {
    self.text = text
    self.x = x
    self.y = y
    self.colour = colour
    self.side = side
  }

  /// Draws the note, if the axes show its point; the words are on the side with more room.
  public func draw(on sheet: inout Sheet) {
    let (horizontal, vertical) = (sheet.panel.x, sheet.vertical(side))
    guard horizontal.shows(x), vertical.shows(y), horizontal.range.contains(x),
      vertical.range.contains(y)
    else { return }
    let isRight = horizontal.place(of: x) > 0.6
    let isHigh = vertical.place(of: y) > 0.85
    let colour = "rgb '\(colour.hexadecimal)'"
    sheet.settings +=
      "set label \(PlainText.quoted(text)) at \(number(x)),\(side.system)\(number(y)) "
      + "\(isRight ? "right" : "left") offset character \(isRight ? -0.8 : 0.8),\(isHigh ? -0.9 : 0.9) "
      + "front noenhanced textcolor \(colour) "
      + "point pointtype 6 pointsize 1.6 linewidth \(sheet.width(1.6)) linecolor \(colour)\n"
  }
}
