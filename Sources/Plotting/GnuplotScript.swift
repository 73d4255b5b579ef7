/// The script that draws a figure from its table.
struct GnuplotScript {
  private let figure: Figure
  private let table: DataTable

  init(_ figure: Figure, table: DataTable) {
    self.figure = figure
    self.table = table
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
      set datafile separator "\\t"
      set grid linetype 1 linecolor rgb '#e4e4e4' linewidth 0.7
      if (term eq 'dumb') unset grid
      set border linewidth 1 linecolor rgb '#606060'
      set tics nomirror out enhanced textcolor rgb '#262626'
      set samples 2
      data = '\(name).dat'

      """
    if figure.panels.count > 1 {
      let title = PlainText.quoted(shortTitle)
      lines +=
        "set multiplot layout \(figure.rows),\(figure.columns) title \(title).\"\\n\" noenhanced\n"
      // Equal left margins keep the axes of a column in line.
      lines += "set lmargin 11\nset bmargin 4.2\nset tmargin 2.2\n"
      if let margin = rightMargin { lines += "set rmargin \(margin)\n" }
    } else {
      lines += "set title \(PlainText.quoted(shortTitle)) noenhanced\n"
    }
    for index in figure.panels.indices { lines += text(ofPanel: index) }
    if figure.panels.count > 1 { lines += "unset multiplot\n" }
    return lines + "set output\n"
  }

  /// Titles do not wrap; an average letter is two thirds of the size of the font wide.
  private var shortTitle: String {
    PlainText.shortened(figure.title, to: figure.resolvedSize.width / (isGrid ? 9 : 12))
  }

  /// The same right margin for all panels, in letters, where they stand under one another.
  private var rightMargin: Double? {
    let labels = figure.panels.filter { $0.legend == .right }.flatMap { panel in
      panel.curves.map(\.label) + panel.references.map(\.label)
    }
    guard let longest = labels.map(\.count).max() else { return 2.5 }
    return isGrid ? nil : Double(longest) + 7
  }

  private var isGrid: Bool { figure.columns > 1 }

  private var terminal: String {
    let size = figure.resolvedSize
    let font = "font \"DejaVu Sans,\(isGrid ? 12 : 15)\""
    let inches = "\(Double(size.width) / 100)in,\(Double(size.height) / 100)in"
    let text = "font \"DejaVu Sans,\(isGrid ? 9 : 11)\""
    return """
      if (!exists("term")) term = 'pngcairo'
      if (!exists("ext")) ext = 'png'
      shape = ''
      if (term eq 'pngcairo') shape = 'size \(size.width),\(size.height) \(font)'
      if (term eq 'svg') shape = 'size \(size.width),\(size.height) \(font)'
      if (term eq 'pdfcairo') shape = 'size \(inches) \(text)'
      if (term eq 'dumb') shape = 'size 100,\(30 * figure.rows)'
      set terminal @term @shape
      if (term ne 'dumb') set output '\(figure.name).' . ext
      """
  }

  private func text(ofPanel index: Int) -> String {
    let panel = figure.panels[index]
    var lines = "\n"
    if figure.panels.count > 1 {
      lines += "# panel \(index + 1)\nunset arrow\nunset label\n"
      lines += "set title \(PlainText.quoted(panel.title)) noenhanced\n"
    }
    lines += text(of: panel.x, "x") + text(of: panel.y, "y")
    switch panel.legend {
    case .none: lines += "unset key\n"
    case .right:
      lines += "set key outside right top vertical Left reverse samplen 2 noenhanced\n"
    }
    for arrow in panel.arrows { lines += text(of: arrow) }
    if !panel.notice.isEmpty {
      lines += "set label \(PlainText.quoted(panel.notice)) at graph 0.5,0.5 center noenhanced "
      lines += "textcolor rgb '#808080'\n"
    }
    return lines + "plot " + elements(of: panel, at: index).joined(separator: ", \\\n  ") + "\n"
  }

  private func text(of axis: PlotAxis, _ letter: String) -> String {
    let range = axis.range
    let (low, high) = (range.lowerBound, range.upperBound)
    // A step too small for its own digits would make marks without end.
    let isDivided = !axis.isLogarithmic && axis.step > 1e-9 * max(abs(low), abs(high))
    return """
      set \(letter)label \(PlainText.quoted(axis.label)) noenhanced
      \(axis.isLogarithmic ? "set" : "unset") logscale \(letter)
      \(axis.hasMinorMarks ? "set m\(letter)tics 10" : "unset m\(letter)tics")
      set \(letter)tics \(isDivided ? number(axis.step) : "autofreq")
      set format \(letter) '\(axis.isLogarithmic ? "10^{%T}" : "%g")'
      set \(letter)range [\(number(low)):\(number(high))]

      """
  }

  private func text(of arrow: Panel.Arrow) -> String {
    let tip = "\(number(arrow.x)),\(number(arrow.y))"
    let (right, up) = (arrow.x < 0 ? -1.2 : 1.2, arrow.y < 0 ? -0.6 : 0.6)
    return "set arrow from 0,0 to \(tip) filled back linewidth 3.5 "
      + "linecolor rgb '\(Colour.pale.hexadecimal)'\n"
      + "set label \(PlainText.quoted(arrow.label)) at \(tip) center "
      + "offset character \(right),\(up) front noenhanced\n"
  }

  private func elements(of panel: Panel, at index: Int) -> [String] {
    var elements: [String] = []
    for (curve, position) in zip(panel.curves, table.positions[index]) {
      let points = curve.drawablePoints(x: panel.x, y: panel.y)
      guard points > 0 else { continue }
      let shape =
        switch curve.style {
        case .empirical where points == 1: "points pointtype 7 pointsize 1.2"
        case .theory where points == 1: "points pointtype 6 pointsize 1.6"
        case .empirical: "lines linewidth \(isGrid ? 2.2 : 3)"
        case .theory: "lines dashtype (14,7) linewidth 2"
        case .start: "points pointtype \"★\" font \",16\""
        }
      let colour = curve.style == .start ? "textcolor" : "linecolor"
      elements.append(
        "data index \(position.block) using \(position.x):\(position.y) with \(shape) "
          + "\(colour) rgb '\(curve.colour.hexadecimal)' \(title(curve.label))")
    }
    elements += panel.references.map { reference in
      "\(number(reference.value)) with lines dashtype (12,8) linewidth 1.2 "
        + "linecolor rgb '\(reference.colour.hexadecimal)' \(title(reference.label))"
    }
    // Axes are drawn only round something, if only round a missing value.
    return elements.isEmpty ? ["NaN notitle"] : elements
  }

  private func title(_ label: String) -> String {
    label.isEmpty ? "notitle" : "title " + PlainText.quoted(label)
  }

  private func number(_ value: Double) -> String { PlainText.number(value) }
}
