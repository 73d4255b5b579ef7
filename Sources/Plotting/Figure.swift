/// A figure as a value: panels in a grid, ready to be written as a script and a table.
public struct Figure: Equatable, Sendable {
  /// Name of its files: lower-case letters, digits and hyphens.
  public let name: String
  /// Title above all panels; any text.
  public var title: String
  /// The panels, row after row.
  public var panels: [Panel]
  /// Number of columns of the grid.
  public var columns: Int
  /// Width and height of the whole image in pixels; `nil` for a size that suits the grid.
  public var size: Size?

  /// A figure of at least one panel.
  ///
  /// - Precondition: the name is not empty and has no other characters than lower-case ASCII
  ///   letters, digits and inner hyphens, so that it is safe as a file name and in a script.
  public init(
    name: String, title: String, panels: [Panel], columns: Int = 1, size: Size? = nil
  ) {
    precondition(
      !name.isEmpty && !name.hasPrefix("-")
        && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 },
      "'\(name)' cannot name the files of a figure")
    precondition(!panels.isEmpty && columns >= 1, "a figure needs a panel and a column")
    self.name = name
    self.title = title
    self.panels = panels
    self.columns = columns
    self.size = size
  }

  /// Number of rows of the grid.
  public var rows: Int { (panels.count + columns - 1) / columns }

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

  /// The size, by default 1200×750 for one panel and a share of the grid for more.
  var resolvedSize: Size {
    if let size { return size }
    return switch columns {
    case 1 where rows == 1: Size(width: 1200, height: 750)
    case 1: Size(width: 1200, height: 60 + 480 * rows)
    default: Size(width: 520 * columns, height: 60 + 400 * rows)
    }
  }
}

/// One pair of axes of a figure with everything drawn between them.
public struct Panel: Equatable, Sendable {
  /// Title above the panel; empty for none.
  public var title: String
  /// The horizontal axis.
  public var x: PlotAxis
  /// The vertical axis.
  public var y: PlotAxis
  /// Curves and markers, later ones on top.
  public var curves: [Curve]
  /// Horizontal lines at fixed values.
  public var references: [Reference]
  /// Arrows from the origin.
  public var arrows: [Arrow]
  /// Words in the middle of a panel that has nothing to draw; empty for none.
  public var notice: String
  /// Where the legend is.
  public var legend: Legend

  /// A panel between two axes.
  public init(
    title: String = "", x: PlotAxis, y: PlotAxis, curves: [Curve], references: [Reference] = [],
    arrows: [Arrow] = [], notice: String = "", legend: Legend = .none
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.curves = curves
    self.references = references
    self.arrows = arrows
    self.notice = notice
    self.legend = legend
  }

  /// Place of a legend, never on top of the data.
  public enum Legend: Sendable {
    /// No legend.
    case none
    /// To the right of the axes.
    case right
  }

  /// A horizontal dotted line across the panel.
  public struct Reference: Equatable, Sendable {
    /// Height of the line on the vertical axis.
    public var value: Double
    /// Words in the legend; empty for none.
    public var label: String
    /// Colour of the line.
    public var colour: Colour

    /// A line at a value.
    public init(value: Double, label: String = "", colour: Colour = .ink) {
      self.value = value
      self.label = label
      self.colour = colour
    }
  }

  /// An arrow from the origin of both axes.
  public struct Arrow: Equatable, Sendable {
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
  }
}
