/// The script that draws a figure, and the table that it draws from.
struct GnuplotScript {
  /// The numbers.
  let table: DataTable
  private let figure: Figure
  private let layout: PageLayout
  private let sheets: [Sheet]

  init(_ original: Figure) {
    let figure = original.withoutRepeatedLabels
    self.figure = figure
    // What marks say in the legend decides how much room is left for them.
    let legends = Self.sheets(of: figure, shapes: figure.panels.map { _ in 0.6 }).map(\.legend)
    layout = PageLayout(figure, legends: legends)
    let size = layout.size
    sheets = Self.sheets(
      of: figure,
      shapes: layout.places.map { place in
        let axes = place.axes
        return (axes.top - axes.bottom) * Double(size.height)
          / ((axes.right - axes.left) * Double(size.width))
      })
    table = sheets.last?.table ?? DataTable()
  }

  /// The panels with everything drawn, the table growing from one to the next.
  private static func sheets(of figure: Figure, shapes: [Double]) -> [Sheet] {
    var (table, sheets) = (DataTable(), [Sheet]())
    for (index, panel) in figure.panels.enumerated() {
      var sheet = Sheet(
        panel: panel, number: index + 1, shape: shapes[index],
        weight: figure.columns > 1 ? 0.8 : 1, table: table)
      for mark in panel.marks { mark.draw(on: &sheet) }
      table = sheet.table
      sheets.append(sheet)
    }
    return sheets
  }

  /// The script as text.
  ///
  /// It names the table without a folder and can be run alone, wherever both files are.
  func text(heading: [String]) -> String {
    let name = figure.name
    var lines = heading.map(PlainText.comment).joined()
    lines += """
      # Draws \(name).png from \(name).dat: gnuplot \(name).gp
      # In another format: gnuplot -e "term='svg'; ext='svg'" \(name).gp
      # On a logarithmic axis what is not positive, such as iteration 0, is left out.
      reset
      set encoding utf8
      \(terminal)
      set grid linetype 1 linecolor rgb '#e4e4e4' linewidth 0.7
      if (term eq 'dumb') unset grid
      set border linewidth 1 linecolor rgb '#606060'
      set tics nomirror out enhanced textcolor rgb '#262626'
      set samples 2
      set clip two
      power = term eq 'dumb' ? '10^%T' : '10^{%T}'
      data = '\(name).dat'
      letters = '.:-=+*oO#'
      shade(part) = part >= 0 && part <= 1 ? letters[1+int(part*8.999):1+int(part*8.999)] : ' '

      """
    lines += sheets.map(\.prelude).joined()
    let isDivided = figure.panels.count > 1 || layout.legend != nil
    if isDivided { lines += "set multiplot\n" }
    for index in figure.panels.indices { lines += text(ofPanel: index, isDivided: isDivided) }
    if let legend = layout.legend { lines += text(ofSharedLegend: legend) }
    if isDivided { lines += "unset multiplot\n" }
    return lines + "set output\n"
  }

  private var terminal: String {
    let size = layout.size
    // A point is 4/3 units to the terminals of pixels and paper; that of SVG takes more room for it.
    let font = "font \"DejaVu Sans,\(number((layout.em * 7.5).rounded() / 10))\""
    let pixels = "font \"DejaVu Sans,\(number((layout.em * 9).rounded() / 10))\""
    let inches = "\(Double(size.width) / 200)in,\(Double(size.height) / 200)in"
    let text = "font \"DejaVu Sans,\(number((layout.em * 2.7).rounded() / 10))\""
    let letters = Int(30 * Double(figure.rows) * (figure.columns > 1 ? 0.8 : 1))
    return """
      if (!exists("term")) term = 'pngcairo'
      if (!exists("ext")) ext = 'png'
      shape = ''
      if (term eq 'pngcairo') shape = 'size \(size.width),\(size.height) \(font)'
      if (term eq 'svg') shape = 'size \(size.width),\(size.height) \(pixels)'
      if (term eq 'pdfcairo') shape = 'size \(inches) fontscale 1 \(text) linewidth 0.7'
      if (term eq 'tikz') shape = 'size \(inches)'
      if (term eq 'dumb') shape = 'size 100,\(letters)'
      set terminal @term @shape
      if (term ne 'dumb') set output '\(figure.name).' . ext
      """
  }

  private func text(ofPanel index: Int, isDivided: Bool) -> String {
    let (panel, place, sheet) = (figure.panels[index], layout.places[index], sheets[index])
    var lines = "\n"
    if isDivided {
      lines += "# panel \(index + 1)\nunset arrow\nunset label\nunset object\n"
    }
    if index == 0, !figure.title.isEmpty {
      let letters = Int(Double(layout.size.width) / layout.em / 0.58)
      let title = PlainText.quoted(PlainText.shortened(figure.title, to: letters))
      let height = number(1 - (layout.em / Double(layout.size.height) * 1e4).rounded() / 1e4)
      lines += "set label \(title) at screen 0.5,\(height) center noenhanced\n"
    }
    let letters = Int(
      (place.axes.right - place.axes.left) * Double(layout.size.width) / layout.em / 0.54)
    let title = PlainText.quoted(PlainText.shortened(panel.title, to: letters))
    lines += "set title \(title) noenhanced offset 0,-0.4\n"
    lines += text(of: place.axes)
    lines += text(of: panel.x, "x", marks: place.marks.x, at: place)
    lines += text(of: panel.y, "y", marks: place.marks.y, at: place)
    if let right = panel.right {
      lines += text(of: right, "y2", marks: place.marks.y, at: place)
    } else if figure.panels.contains(where: { $0.right != nil }) {
      lines += "unset y2tics\nset y2label ''\n"
    }
    lines += text(ofColoursOf: panel, at: place.colourBar)
    lines += text(
      ofLegend: figure.sharesLegend ? .none : panel.legend, at: place)
    lines += sheet.settings
    let isEmpty = sheet.elements.isEmpty && sheet.settings.isEmpty
    let notice = panel.notice.isEmpty && isEmpty ? "no values" : panel.notice
    if !notice.isEmpty {
      lines += "set label \(PlainText.quoted(notice)) at graph 0.5,0.5 center noenhanced "
      lines += "textcolor rgb '#808080'\n"
    }
    // Axes are drawn only round something, if only round a missing value, and a colour bar only
    // beside something of its colours.
    let showsLegend = !figure.sharesLegend && panel.legend != .none
    var known: [Sheet.Entry] = []
    var elements = sheet.elements.compactMap { element -> String? in
      guard showsLegend, let entry = element.entry, !known.contains(entry) else {
        return element.drawing.map { $0 + " notitle" }
      }
      known.append(entry)
      let drawing = element.drawing ?? "keyentry with \(entry.look)"
      return "\(drawing) \(words(of: entry, letters: place.letters))"
    }
    if place.colourBar != nil { elements.append("NaN with lines linecolor palette notitle") }
    if elements.first?.hasPrefix("keyentry") ?? true { elements.insert("NaN notitle", at: 0) }
    return lines + "plot " + elements.joined(separator: ", \\\n  ") + "\n"
  }

  private func text(of rectangle: PageLayout.Rectangle) -> String {
    """
    set lmargin at screen \(number(rectangle.left))
    set rmargin at screen \(number(rectangle.right))
    set bmargin at screen \(number(rectangle.bottom))
    set tmargin at screen \(number(rectangle.top))

    """
  }

  private func text(
    of axis: PlotAxis, _ letter: String, marks count: Int, at place: PageLayout.Place
  ) -> String {
    let (low, high) = (axis.range.lowerBound, axis.range.upperBound)
    return """
      set \(letter)label \(PlainText.quoted(axis.label)) noenhanced
      \(axis.isLogarithmic ? "set" : "unset") logscale \(letter)
      \(minorMarks(of: axis, letter, count))
      set \(letter)tics \(marks(of: axis, count, at: place))
      set format \(letter) \(axis.usesPowers ? "power" : "'%g'")
      set \(letter)range [\(number(axis.isReversed ? high : low)):\(number(axis.isReversed ? low : high))]

      """
  }

  private func minorMarks(of axis: PlotAxis, _ letter: String, _ count: Int) -> String {
    axis.usesPowers && axis.decades <= Double(count)
      ? "set m\(letter)tics 10" : "unset m\(letter)tics"
  }

  private func marks(of axis: PlotAxis, _ count: Int, at place: PageLayout.Place) -> String {
    if !axis.names.isEmpty {
      let names = axis.names.enumerated().map { place, name in
        "\(PlainText.quoted(PlainText.shortened(name, to: PlotAxis.longestName))) \(place + 1)"
      }
      let width = (place.axes.right - place.axes.left) * Double(layout.size.width) / layout.em
      let turn = axis.namesAreTurned(within: width) ? " rotate by 45 right" : " norotate"
      return "(\(names.joined(separator: ","))) noenhanced" + turn
    }
    let marks = axis.marks(atMost: count)
    guard !marks.isEmpty else { return "autofreq enhanced norotate" }
    return "(\(marks.map(number).joined(separator: ","))) enhanced norotate"
  }

  private func text(ofColoursOf panel: Panel, at bar: PageLayout.Rectangle?) -> String {
    guard let scale = panel.scale else {
      return figure.panels.contains { $0.scale != nil } ? "unset colorbox\n" : ""
    }
    let stops = scale.palette.stops.enumerated().map { "\($0) '\($1)'" }
    let axis = scale.axis
    let colours = """
      set palette defined (\(stops.joined(separator: ", ")))
      \(scale.isLogarithmic ? "set" : "unset") logscale cb
      set cbrange [\(number(axis.range.lowerBound)):\(number(axis.range.upperBound))]

      """
    guard let bar else { return colours + "unset colorbox\n" }
    let (width, height) = (bar.right - bar.left, bar.top - bar.bottom)
    let count = max(2, Int(height * Double(layout.size.height) / layout.em / 2.4))
    let marks = axis.marks(atMost: min(count, PageLayout.marks)).map(number).joined(separator: ",")
    return colours + """
      set colorbox user origin screen \(number(bar.left)),\(number(bar.bottom)) size screen \
      \(number((width * 1e4).rounded() / 1e4)),\(number((height * 1e4).rounded() / 1e4))
      set cblabel \(PlainText.quoted(scale.label)) noenhanced offset 0.8,0
      set cbtics (\(marks)) enhanced
      set format cb \(axis.usesPowers ? "power" : "'%g'")

      """
  }

  private func text(ofLegend legend: Panel.Legend, at place: PageLayout.Place)
    -> String
  {
    let corner = "screen \(number(place.legend.x)),\(number(place.legend.y))"
    return switch legend {
    case .none: "unset key\n"
    case .right:
      "set key at \(corner) left top vertical Left reverse samplen 2 spacing 1.1 noenhanced "
        + "maxrows \(max(1, place.legendRows))\n"
    case .below:
      "set key at \(corner) center top horizontal Left reverse samplen 2 spacing 1.1 noenhanced "
        + "maxcols \(place.legendColumns)\n"
    }
  }

  private func text(ofSharedLegend legend: PageLayout.Strip) -> String {
    return """

      # legend
      unset arrow
      unset label
      unset object
      unset border
      unset tics
      unset colorbox
      set title ''
      set xlabel ''
      set ylabel ''
      set y2label ''
      \(text(of: legend.axes))set key inside center center horizontal Left reverse samplen 2 \
      spacing 1.1 noenhanced maxcols \(legend.columns)
      plot NaN notitle, \\
        \(legend.entries.map { "keyentry with \($0.look) \(words(of: $0, letters: 80))" }.joined(separator: ", \\\n  "))

      """
  }

  private func words(of entry: Sheet.Entry, letters: Int) -> String {
    "title " + PlainText.quoted(PlainText.shortened(entry.label, to: letters))
  }
}
