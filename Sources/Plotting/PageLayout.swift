import Foundation

/// Where the parts of a figure are on its page, so that nothing overlaps and text stays legible.
///
/// Lengths follow the size of the text, which is 8 points when an image of up to two columns is as
/// wide as a text column of a paper (7 inches), and 7 points for more columns. Axes of panels in one
/// column or row of the grid stand in line.
struct PageLayout {
  /// A rectangle in fractions of the page, from its lower left corner.
  struct Rectangle: Equatable {
    var left, right, bottom, top: Double
  }

  /// A panel on the page.
  struct Place {
    /// The rectangle of the axes.
    var axes: Rectangle
    /// The rectangle of the colour bar, if there is one.
    var colourBar: Rectangle?
    /// Upper left corner of a legend at the right, upper middle of one below.
    var legend: (x: Double, y: Double)
    /// Number of marks that the axes have room for.
    var marks: (x: Int, y: Int)
    /// Number of entries side by side in a legend below.
    var legendColumns: Int
    /// Number of entries under one another in a legend at the right.
    var legendRows: Int
    /// Number of letters that the words of an entry have room for.
    var letters: Int
  }

  /// Width of an average letter, in the size of the text.
  static let letter = 0.6
  /// Height of a line, in the size of the text.
  static let line = 1.5
  /// Width of the sample of a legend with the gaps about it, in the size of the text.
  static let sample = 4.9

  /// The largest number of marks that an axis has about.
  static let marks = 8

  /// Size of the page in pixels.
  let size: Figure.Size
  /// Size of the text in pixels.
  let em: Double
  /// The panels.
  private(set) var places: [Place] = []
  /// The legend for all panels, if they share one.
  private(set) var legend: Strip?

  /// A legend for all panels.
  struct Strip {
    /// Its rectangle.
    var axes: Rectangle
    /// Number of entries side by side.
    var columns: Int
    /// The entries.
    var entries: [Sheet.Entry]
  }

  /// The layout of a figure whose panels have the given legends.
  init(_ figure: Figure, legends: [[Sheet.Entry]]) {
    size = figure.resolvedSize
    em = Double(size.width) / (size.width > 1400 ? 72 : 63)
    let (width, height) = (Double(size.width), Double(size.height))
    var shared: [Sheet.Entry] = []
    for entry in figure.sharesLegend ? legends.flatMap(\.self) : [] where !shared.contains(entry) {
      shared.append(entry)
    }
    let stripColumns = Self.entries(of: shared, within: width - 4 * em, em: em)
    let stripRows = (shared.count + stripColumns - 1) / stripColumns
    let strip = shared.isEmpty ? 0 : (Double(stripRows) * Self.line + 0.6) * em
    let head = figure.title.isEmpty ? 0.4 * em : 2 * em
    if !shared.isEmpty {
      legend = Strip(
        axes: Rectangle(
          left: 0.02, right: 0.98, bottom: 0,
          top: (strip / height * 1e4).rounded() / 1e4),
        columns: stripColumns, entries: shared)
    }

    let (columns, rows) = (figure.columns, figure.rows)
    let area = (width: width, height: height - head - strip)
    let margins = figure.panels.indices.map { index in
      PanelMargins(
        figure.panels[index], legend: figure.sharesLegend ? [] : legends[index],
        hasBar: Self.hasBar(figure, index), width: area.width / Double(columns),
        height: area.height / Double(rows), em: em)
    }
    // What the margins leave is shared among the axes.
    func widest(_ part: (PanelMargins) -> Double, where isMeant: (Int) -> Bool) -> Double {
      em * (margins.indices.lazy.filter(isMeant).map { part(margins[$0]) }.max() ?? 0)
    }
    let lefts = (0..<columns).map { column in widest(\.left) { $0 % columns == column } }
    let rights = (0..<columns).map { column in widest(\.right) { $0 % columns == column } }
    let tops = (0..<rows).map { row in widest(\.top) { $0 / columns == row } }
    let bottoms = (0..<rows).map { row in widest(\.bottom) { $0 / columns == row } }
    let shares = figure.widths.isEmpty ? Array(repeating: 1, count: columns) : figure.widths
    let across = max(area.width - (lefts + rights).reduce(0, +), 2 * em) / shares.reduce(0, +)
    let down = max(area.height - (tops + bottoms).reduce(0, +), 2 * em) / Double(rows)
    for index in figure.panels.indices {
      let (row, column) = (index / columns, index % columns)
      let left =
        zip(lefts, rights).prefix(column).reduce(lefts[column]) { $0 + $1.0 + $1.1 }
        + across * shares.prefix(column).reduce(0, +)
      let top =
        height - head - zip(tops, bottoms).prefix(row).reduce(tops[row]) { $0 + $1.0 + $1.1 }
        - down * Double(row)
      places.append(
        margins[index].place(
          left: left, right: left + across * shares[column], bottom: top - down, top: top,
          page: (width, height), em: em))
    }
  }

  /// Whether a panel has a colour bar of its own: not if its neighbour at the right has the same.
  private static func hasBar(_ figure: Figure, _ index: Int) -> Bool {
    let isLast = (index + 1) % figure.columns == 0 || index + 1 == figure.panels.count
    return isLast || figure.panels[index].scale != figure.panels[index + 1].scale
  }

  /// Number of entries of a legend that fit side by side.
  static func entries(of legend: [Sheet.Entry], within width: Double, em: Double) -> Int {
    let longest = Double(legend.map(\.label.count).max() ?? 0)
    return max(1, min(legend.count, Int(width / ((longest * letter + sample) * em))))
  }
}
