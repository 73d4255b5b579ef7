import Testing

@testable import Plotting

@Suite struct PageLayoutTests {
  private func layout(_ figure: Figure, labels: [String] = []) -> PageLayout {
    let entries = labels.map { Sheet.Entry(label: $0, look: "lines") }
    return PageLayout(figure, legends: figure.panels.map { _ in entries })
  }

  private func figure(_ count: Int, columns: Int, legend: Panel.Legend = .none) -> Figure {
    let axis = PlotAxis(label: "x", range: 0...1)
    let panel = Panel(title: "t", x: axis, y: axis, marks: [], legend: legend)
    return Figure(
      name: "a", title: "t", panels: Array(repeating: panel, count: count), columns: columns)
  }

  @Test(
    "Text is at least 7 points high when the image is as wide as the text of a paper, 7 inches",
    arguments: 1...4)
  func legible(_ columns: Int) {
    let layout = layout(figure(columns, columns: columns))
    // Up to rounding.
    #expect(layout.em / Double(layout.size.width) * 7 * 72 > 7 - 1e-9)
  }

  @Test("Panels do not overlap, stay on the page, are equally large and in line")
  func grid() {
    for legend in [Panel.Legend.none, .right, .below] {
      let layout = layout(figure(5, columns: 3, legend: legend), labels: ["one", "another"])
      let axes = layout.places.map(\.axes)
      for place in axes {
        #expect(place.left > 0 && place.right < 1 && place.bottom > 0 && place.top < 1)
        #expect(abs((place.right - place.left) - (axes[0].right - axes[0].left)) < 3e-4)
        #expect(abs((place.top - place.bottom) - (axes[0].top - axes[0].bottom)) < 3e-4)
      }
      #expect(axes[0].right < axes[1].left && axes[1].right < axes[2].left)
      #expect(axes[3].top < axes[0].bottom && axes[3].left == axes[0].left)
      #expect(axes[1].top == axes[0].top)
    }
  }

  @Test("A legend at the right begins beyond the axes and ends on the page, however long its words")
  func legends() {
    let words = String(repeating: "w", count: 500)
    let layout = layout(figure(1, columns: 1, legend: .right), labels: [words])
    let place = layout.places[0]
    #expect(place.legend.x > place.axes.right && place.axes.right > 0.3)
    #expect(place.letters < 60)
  }

  @Test("A legend higher than its axes stands in columns, between the axes and the next panel")
  func stacks() {
    let labels = (0..<40).map { "entry \($0)" }
    let layout = layout(figure(2, columns: 2, legend: .right), labels: labels)
    let place = layout.places[0]
    let height = (place.axes.top - place.axes.bottom) * Double(layout.size.height) / layout.em
    #expect(Double(place.legendRows) * PageLayout.line * 0.8 < height)
    #expect(place.legend.x < layout.places[1].axes.left)
  }

  @Test("Every label of an axis has room at its left, however many marks there are")
  func labelRoom() {
    var grid = figure(1, columns: 1)
    grid.panels[0].y = PlotAxis(label: "y", range: -2...2)
    let layout = layout(grid)
    let place = layout.places[0]
    let room = place.axes.left * Double(layout.size.width) / layout.em
    let longest = grid.panels[0].y.labels(atMost: place.marks.y).map(\.count).max() ?? 0
    #expect(longest == 4 && room > Double(longest) * PageLayout.letter + 3)
  }

  @Test("A shared legend has each entry once, below all panels")
  func shared() throws {
    var grid = figure(4, columns: 2)
    grid.sharesLegend = true
    let layout = layout(grid, labels: ["one", "another", "one"])
    let legend = try #require(layout.legend)
    #expect(legend.entries.map(\.label) == ["one", "another"] && legend.columns == 2)
    #expect(layout.places.allSatisfy { $0.axes.bottom > legend.axes.top })
  }

  @Test("Neighbours with the same scale share a colour bar, at the end of their row")
  func colourBars() {
    var grid = figure(5, columns: 2)
    for index in 0..<5 {
      grid.panels[index].colours = ColourScale(label: "c", range: 0...(index < 3 ? 1 : 2))
    }
    let bars = layout(grid).places.map { $0.colourBar != nil }
    #expect(bars == [false, true, true, true, true])
  }

  @Test("Columns have the widths asked for")
  func widths() {
    var row = figure(2, columns: 2)
    row.widths = [2, 1]
    let axes = layout(row).places.map(\.axes)
    #expect(abs((axes[0].right - axes[0].left) / (axes[1].right - axes[1].left) - 2) < 1e-3)
  }

  @Test("Labels of axes that the panel below or at the left has too are left out")
  func labels() {
    let figure = figure(4, columns: 2).withoutRepeatedLabels
    #expect(figure.panels.map(\.x.label) == ["", "", "x", "x"])
    #expect(figure.panels.map(\.y.label) == ["x", "", "x", ""])
  }
}
