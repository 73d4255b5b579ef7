/// What stands about the axes of a panel, in the size of the text.
struct PanelMargins {
  /// Room beside the axes.
  let left, right, bottom, top: Double
  private let panel: Panel
  private let legendColumns: Int
  private let legendRows: Int
  private let letters: Int
  private let colourBar: Double
  private let second: Double
  private let below: Double

  /// The margins of a panel in a cell of a width and height in pixels.
  init(
    _ panel: Panel, legend: [Sheet.Entry], hasBar: Bool, width: Double, height: Double, em: Double
  ) {
    let (letter, sample) = (PageLayout.letter, PageLayout.sample)
    func labels(_ axis: PlotAxis) -> Double {
      axis.widestLabel + 1.2 + (axis.label.isEmpty ? 0.2 : 1.9)
    }
    self.panel = panel
    left = labels(panel.y)
    second = panel.right.map(labels) ?? 0
    colourBar = panel.scale.map { hasBar ? 2.3 + labels($0.axis) : 0 } ?? 0
    let isRight = panel.legend == .right && !legend.isEmpty
    letters = isRight ? max(4, Int((0.45 * width / em - sample) / letter)) : 200
    let longest = min(legend.map(\.label.count).max() ?? 0, letters)
    top = panel.title.isEmpty ? 0.9 : 2.1
    // A legend that is higher than the axes has several columns.
    let room = max(1, Int((height / em - top - 4.2) / (PageLayout.line * 0.9)))
    let stacks = isRight ? (legend.count + room - 1) / room : 0
    right = max(second + colourBar, 1.2) + Double(stacks) * (Double(longest) * letter + sample)
    legendRows = isRight ? (legend.count + stacks - 1) / stacks : 0
    let length = width / em - left - right
    legendColumns = PageLayout.entries(of: legend, within: length * em, em: em)
    below =
      (panel.x.label.isEmpty ? 2.5 : 4.2)
      + (panel.x.namesAreTurned(within: length) ? panel.x.longestName * letter * 0.7 : 0)
    let isBelow = panel.legend == .below && !legend.isEmpty
    let rows = Double((legend.count + legendColumns - 1) / legendColumns)
    bottom = below + (isBelow ? rows * PageLayout.line + 0.4 : 0)
  }

  /// The place of the panel whose axes have the given edges, in pixels.
  func place(
    left: Double, right: Double, bottom: Double, top: Double,
    page: (width: Double, height: Double), em: Double
  ) -> PageLayout.Place {
    func fraction(_ value: Double, _ whole: Double) -> Double {
      (value / whole * 1e4).rounded() / 1e4
    }
    let axes = PageLayout.Rectangle(
      left: fraction(left, page.width), right: fraction(right, page.width),
      bottom: fraction(bottom, page.height), top: fraction(top, page.height))
    let bar = right + (second + 1) * em
    let corner: (x: Double, y: Double) =
      panel.legend == .below
      ? ((axes.left + axes.right) / 2, fraction(bottom - (below - 0.2) * em, page.height))
      : (fraction(right + (second + colourBar + 0.8) * em, page.width), axes.top)
    let widest = panel.x.widestLabel
    return PageLayout.Place(
      axes: axes,
      colourBar: colourBar == 0
        ? nil
        : PageLayout.Rectangle(
          left: fraction(bar, page.width), right: fraction(bar + 0.9 * em, page.width),
          bottom: axes.bottom, top: axes.top),
      legend: corner,
      marks: (
        max(2, min(PageLayout.marks, Int((right - left) / em / max(3.5, widest + 1.5)))),
        max(2, min(PageLayout.marks, Int((top - bottom) / em / 2.4)))
      ), legendColumns: legendColumns, legendRows: legendRows, letters: letters)
  }
}

extension PlotAxis {
  /// Width of the widest label of any number of marks that an axis may have, in the size of the text.
  var widestLabel: Double {
    let letters = (2...PageLayout.marks).flatMap(labels).map(\.count).max() ?? 1
    return Double(letters) * (usesPowers ? 0.66 : PageLayout.letter)
  }

  /// Number of letters that names of categories are cut to.
  static var longestName: Int { 20 }

  /// Number of letters of the longest name of a category.
  var longestName: Double { Double(min(names.map(\.count).max() ?? 0, Self.longestName)) }

  /// Whether names of categories have too little room side by side on an axis of a length, given in
  /// the size of the text.
  func namesAreTurned(within length: Double) -> Bool {
    (longestName + 2) * PageLayout.letter * (range.upperBound - range.lowerBound) > length
      && !names.isEmpty
  }
}
