/// Something drawn between the axes of a panel, such as a curve or a heat map.
///
/// A mark is a value that puts its numbers into the table and its look onto the sheet of its panel;
/// the script, the legend and the axes know nothing of its kind.
public protocol Mark: Sendable {
  /// Draws the mark, on top of those before it.
  func draw(on sheet: inout Sheet)
  /// The values that it colours by the scale of its panel, if it does.
  var coloured: Column? { get }
}

extension Mark {
  /// Nothing.
  public var coloured: Column? { nil }
}

/// The vertical axis that a mark is measured on.
public enum Side: Equatable, Sendable {
  /// The axis at the left.
  case left
  /// The second axis, at the right.
  case right

  /// The pair of axes as gnuplot calls it, with a space before; nothing for the usual one.
  var axes: String { self == .left ? "" : " axes x1y2" }
  /// The system of coordinates of a height in labels and arrows.
  var system: String { self == .left ? "first " : "second " }
}

/// What a panel is drawn with: marks write on it, the script reads it.
public struct Sheet {
  /// The panel.
  let panel: Panel
  /// Number of the panel, from 1.
  let number: Int
  /// Height of the panel over its width.
  let shape: Double
  /// Factor on the widths of lines, smaller in small panels.
  let weight: Double
  /// The table of the figure.
  var table: DataTable
  /// Commands before any panel, such as those that find contour lines.
  var prelude = ""
  /// Commands before the panel is drawn.
  var settings = ""
  /// What the panel draws, from back to front.
  private(set) var elements: [Element] = []

  /// Something that the panel draws or that only its legend explains.
  struct Element: Equatable {
    /// The drawing as gnuplot reads it, without a title; `nil` for what is drawn otherwise.
    var drawing: String?
    /// Its entry in the legend, if it has one.
    var entry: Entry?
  }

  /// The entries of the legend, in order, each once.
  var legend: [Entry] {
    elements.compactMap(\.entry).reduce(into: []) { known, entry in
      if !known.contains(entry) { known.append(entry) }
    }
  }

  /// An entry of a legend.
  struct Entry: Equatable {
    /// Words.
    var label: String
    /// How gnuplot draws the sample.
    var look: String
  }

  /// The scale of its colours.
  var scale: ColourScale { panel.scale ?? ColourScale(label: "", range: 0...1) }

  /// The vertical axis of a side; the left one where there is no other.
  func vertical(_ side: Side) -> PlotAxis {
    side == .right ? panel.right ?? panel.y : panel.y
  }

  /// Draws columns of the table and names their look in the legend, unless the label is empty.
  ///
  /// - Parameters:
  ///   - using: the columns or expressions of them, between colons.
  ///   - look: what comes after `with`.
  mutating func plot(
    _ block: Int, using: String, with look: String, side: Side = .left, label: String = ""
  ) {
    draw("data index \(block) using \(using)\(side.axes)", with: look, label: label)
  }

  /// A column as heights on an axis; what lies below a logarithmic one is at its lower end.
  ///
  /// Missing values stay missing, as a comparison with them is false.
  func heights(_ column: Int, on side: Side) -> String {
    let axis = vertical(side)
    let floor = PlainText.number(axis.range.lowerBound)
    return axis.isLogarithmic ? "($\(column)<\(floor)?\(floor):$\(column))" : "($\(column))"
  }

  /// Draws a source of data, such as a formula, with a look, and names that in the legend unless the
  /// label is empty.
  mutating func draw(_ source: String, with look: String, label: String = "") {
    let entry = label.isEmpty ? nil : Entry(label: label, look: look)
    elements.append(Element(drawing: "\(source) with \(look)", entry: entry))
  }

  /// Names in the legend what is drawn by a setting, unless the label is empty.
  mutating func explain(_ label: String, _ look: String) {
    guard !label.isEmpty else { return }
    elements.append(Element(entry: Entry(label: label, look: look)))
  }

  /// A width of a line in this panel.
  func width(_ points: Double) -> String { PlainText.number((points * weight * 10).rounded() / 10) }
}

/// A number as gnuplot reads it.
func number(_ value: Double) -> String { PlainText.number(value) }
