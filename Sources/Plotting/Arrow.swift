/// An arrow from the origin of both axes.
public struct Arrow: Mark, Equatable {
  /// Horizontal coordinate of the tip.
  public var x: Double
  /// Vertical coordinate of the tip.
  public var y: Double
  /// Words at the tip.
  public var label: String

  /// An arrow from the origin to the given tip.
  public init(x: Double, y: Double, label: String) {
    self.x = x
    self.y = y
    self.label = label
  }

  /// Draws the arrow behind the curves and its name before them.
  public func draw(on sheet: inout Sheet) {
    let tip = "\(number(x)),\(number(y))"
    let (right, up) = (x < 0 ? -1.2 : 1.2, y < 0 ? -0.6 : 0.6)
    sheet.settings +=
      "set arrow from 0,0 to \(tip) filled back linewidth \(sheet.width(3.5)) "
      + "linecolor rgb '\(Colour.pale.hexadecimal)'\n"
      + "set label \(PlainText.quoted(label)) at \(tip) center "
      + "offset character \(right),\(up) front noenhanced\n"
  }
}
