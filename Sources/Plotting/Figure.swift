/// A figure as a value: panels in a grid, ready to be written as a script and a table.
public struct Figure: Sendable {
  /// Name of its files: lower-case letters, digits and hyphens.
  public let name: String
  /// Title above all panels; any text.
  public var title: String
  /// The panels, row after row.
  public var panels: [Panel]
  /// Number of columns of the grid.
  public var columns: Int
  /// Widths of the columns in proportion; empty for equal ones.
  public var widths: [Double]
  /// Whether one legend below all panels stands for those of all.
  public var sharesLegend: Bool
  /// Width and height of the whole image in pixels; `nil` for a size that suits the grid.
  public var size: Size?

  /// A figure of at least one panel.
  ///
  /// - Parameter widths: as many as there are columns, in proportion; empty for equal ones.
  /// - Precondition: the name is not empty and has no other characters than lower-case ASCII
  ///   letters, digits and inner hyphens, so that it is safe as a file name and in a script.
  public init(
    name: String, title: String, panels: [Panel], columns: Int = 1, widths: [Double] = [],
    sharesLegend: Bool = false, size: Size? = nil
  ) {
    precondition(
      !name.isEmpty && !name.hasPrefix("-")
        && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 },
      "'\(name)' cannot name the files of a figure")
    precondition(!panels.isEmpty && columns >= 1, "a figure needs a panel and a column")
    self.name = name
    self.title = title
    self.panels = panels
    precondition(
      widths.isEmpty || widths.count == columns && widths.allSatisfy { $0 > 0 && $0.isFinite },
      "\(widths) are no widths of \(columns) columns")
    self.columns = columns
    self.widths = widths
    self.sharesLegend = sharesLegend
    self.size = size
  }

  /// Number of rows of the grid.
  public var rows: Int { (panels.count + columns - 1) / columns }

  /// The figure without labels of axes that are those of the panel below or at the left.
  var withoutRepeatedLabels: Figure {
    var figure = self
    for (index, panel) in panels.enumerated() {
      if index + columns < panels.count, panels[index + columns].x == panel.x {
        figure.panels[index].x.label = ""
      }
      if !index.isMultiple(of: columns), panels[index - 1].y == panel.y {
        figure.panels[index].y.label = ""
      }
    }
    return figure
  }

  /// Width and height in pixels.
  public struct Size: Equatable, Sendable {
    /// Width in pixels.
    public var width: Int
    /// Height in pixels.
    public var height: Int

    /// A size of the given width and height.
    public init(width: Int, height: Int) {
      self.width = width
      self.height = height
    }
  }

  /// The size, by default that of a text column of a paper at 200 pixels to the inch.
  var resolvedSize: Size {
    if let size { return size }
    return switch columns {
    case 1 where rows == 1: Size(width: 1400, height: 860)
    case 1: Size(width: 1400, height: 80 + 540 * rows)
    case 2: Size(width: 1400, height: 80 + (rows == 1 ? 620 : 480 * rows))
    default: Size(width: 1600, height: 80 + (rows == 1 ? 520 : 430 * rows))
    }
  }
}
