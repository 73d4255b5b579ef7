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
    /// Number of letters that the words of an entry have room for.
    var letters: Int
  }

  /// Width of an average letter, in the size of the text.
  static let letter = 0.6
  /// Height of a line, in the size of the text.
  static let line = 1.5
  /// Width of the sample of a legend with the gaps about it, in the size of the text.
  static let sample = 4.2

  /// Size of the page in pixels.
  let size: Figure.Size
  /// Size of the text in pixels.
  let em: Double
  /// The panels.
  private(set) var places: [Place] = []
  /// The strip of a legend for all panels, and its entries side by side.
  private(set) var legend: (axes: Rectangle, columns: Int)?

  /// The layout of a figure whose panels have legends with the given words.
  init(_ figure: Figure, legends: [[String]]) {
    size = figure.resolvedSize
    em = Double(size.width) / (figure.columns > 2 ? 72 : 63)
    let (width, height) = (Double(size.width), Double(size.height))
    let shared = figure.sharesLegend ? legends.flatMap(\.self) : []
    let stripColumns = Self.entries(of: shared, within: width - 4 * em, em: em)
    let stripRows = (Set(shared).count + stripColumns - 1) / stripColumns
    let strip = shared.isEmpty ? 0 : (Double(stripRows) * Self.line + 0.6) * em
    let head = figure.title.isEmpty ? 0.4 * em : 2 * em
    if !shared.isEmpty {
      legend = (
        Rectangle(left: 0.02, right: 0.98, bottom: 0.2 * em / height, top: strip / height),
        stripColumns
      )
    }

    let shares = figure.widths.isEmpty ? Array(repeating: 1, count: figure.columns) : figure.widths
    let total = shares.reduce(0, +)
    let cellWidths = shares.map { $0 / total * width }
    let cellHeight = (height - head - strip) / Double(figure.rows)
    let margins = figure.panels.indices.map { index in
      PanelMargins(
        figure.panels[index], legend: figure.sharesLegend ? [] : legends[index],
        width: cellWidths[index % figure.columns], height: cellHeight, em: em)
    }
    for index in figure.panels.indices {
      let (row, column) = (index / figure.columns, index % figure.columns)
      let (inColumn, inRow) = (
        margins.indices.filter { $0 % figure.columns == column }.map { margins[$0] },
        margins.indices.filter { $0 / figure.columns == row }.map { margins[$0] }
      )
      func widest(_ margins: [PanelMargins], _ part: (PanelMargins) -> Double) -> Double {
        margins.map(part).max() ?? 0
      }
      let left = cellWidths.prefix(column).reduce(0, +) + widest(inColumn, \.left) * em
      let right = cellWidths.prefix(column + 1).reduce(0, +) - widest(inColumn, \.right) * em
      let top = height - head - Double(row) * cellHeight - widest(inRow, \.top) * em
      let bottom =
        height - head - Double(row + 1) * cellHeight + widest(inRow, \.bottom) * em
      places.append(
        margins[index].place(
          left: left, right: max(right, left + 2 * em), bottom: bottom,
          top: max(top, bottom + 2 * em), page: (width, height), em: em))
    }
  }

  /// Number of entries of a legend that fit side by side.
  static func entries(of labels: [String], within width: Double, em: Double) -> Int {
    let longest = Double(labels.map(\.count).max() ?? 0)
    return max(1, min(labels.count, Int(width / ((longest * letter + sample) * em))))
  }
}
