/// A shaded interval of an axis, behind everything else.
public struct Span: Mark, Equatable {
  /// The interval.
  public var interval: Interval
  /// Words in the legend; empty for none.
  public var label: String
  /// Colour, very light.
  public var colour: Colour

  /// Intervals of the axes.
  public enum Interval: Equatable, Sendable {
    /// Of the horizontal axis.
    case x(ClosedRange<Double>)
    /// Of the vertical axis.
    case y(ClosedRange<Double>)
  }

  /// A shaded interval.
  public init(_ interval: Interval, label: String = "", colour: Colour = .grey) {
    self.interval = interval
    self.label = label
    self.colour = colour
  }

  /// Draws what the axis shows of the interval.
  public func draw(on sheet: inout Sheet) {
    let (axis, range) =
      switch interval {
      case .x(let range): (sheet.panel.x, range)
      case .y(let range): (sheet.panel.y, range)
      }
    let low = max(range.lowerBound, axis.range.lowerBound)
    let high = min(range.upperBound, axis.range.upperBound)
    guard low <= high else { return }
    let corners =
      switch interval {
      case .x: "first \(number(low)),graph 0 to first \(number(high)),graph 1"
      case .y: "graph 0,first \(number(low)) to graph 1,first \(number(high))"
      }
    let fill = "fillcolor rgb '\(colour.hexadecimal)' fillstyle transparent solid 0.18 noborder"
    sheet.settings += "set object rectangle from \(corners) behind \(fill)\n"
    sheet.explain(label, "filledcurves \(fill)")
  }
}
