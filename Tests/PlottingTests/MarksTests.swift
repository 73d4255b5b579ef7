import Foundation
import Testing

@testable import Plotting

/// Every mark against values that are awkward: each is drawn, or left out, and never fails.
@Suite struct MarksTests {
  static let values: [[Double]] = [
    [1, 2, 3], [], [.nan, .nan], [2], [3, 3, 3], [0, 0, 0], [1, .nan, 3], [-1, -2, -3],
    [1, .infinity, 2], [1e-300, 1, 1e300], [3, 1, 2], [-5, 0, 5],
  ]

  @Test(
    "Every mark is drawn from any values, on linear and logarithmic axes, in every format",
    arguments: values)
  func drawing(_ values: [Double]) throws {
    let axis = PlotAxis(label: "x", range: 0...4)
    let logarithmic = PlotAxis(label: "x", isLogarithmic: true, range: 0.1...10)
    var panels = [
      (axis, axis), (logarithmic, axis), (axis, logarithmic), (logarithmic, logarithmic),
    ]
    .map { x, y in
      Panel(
        x: x, y: y, right: y, marks: everyMark(label: "it", values: values), legend: .below)
    }
    panels += panels.map(\.marks).flatMap(\.self).map {
      Panel(x: .fitting(values, label: ""), y: axis, marks: [$0], legend: .right)
    }.prefix(24)
    let figure = Figure(name: "marks", title: "", panels: panels, columns: 4)
    try draw([figure], as: values == [1, 2, 3] ? Gnuplot.Format.allCases : [.png])
  }

  @Test("Every figure from values is drawn in every format")
  func figures() throws {
    try draw(ValueFigures.all(), as: Gnuplot.Format.allCases)
  }

  @Test("Every figure from values is drawn from awkward ones", arguments: values)
  func awkward(_ values: [Double]) throws {
    try draw(AwkwardFigures.all(values), as: [.png])
  }

  @Test("What marks write into a script is what it was")
  func golden() throws {
    let axis = PlotAxis(label: "x", range: 0...4)
    var sheet = Sheet(
      panel: Panel(x: axis, y: axis, marks: everyMark()), number: 1, shape: 0.5, weight: 1,
      table: DataTable())
    for mark in everyMark(label: "it") { mark.draw(on: &sheet) }
    let logarithmic = PlotAxis(label: "x", isLogarithmic: true, range: 0.1...10)
    var other = Sheet(
      panel: Panel(
        x: logarithmic, y: axis, right: logarithmic, marks: [],
        colours: ColourScale(label: "", isLogarithmic: true, range: 1...9)), number: 2, shape: 0.5,
      weight: 1, table: DataTable())
    let marks = everyMark(label: "it")
    for index in [2, 6, 7, 8] {
      switch marks[index] {
      case var band as Band:
        band.side = .right
        band.draw(on: &other)
      case var bars as Bars:
        bars.side = .right
        bars.draw(on: &other)
      case var bars as ErrorBars:
        bars.side = .right
        bars.draw(on: &other)
      default: marks[index].draw(on: &other)
      }
    }
    let text = [sheet, other].map { sheet in
      sheet.prelude + sheet.settings + sheet.elements.compactMap(\.drawing).joined(separator: "\n")
        + "\n"
        + sheet.legend.map { "\($0.label): \($0.look)" }.joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
    #expect(text == Self.expected)
  }

  /// Writes and draws figures where gnuplot is installed.
  private func draw(_ figures: [Figure], as formats: [Gnuplot.Format]) throws {
    try withTemporaryFolder { folder in
      let files = try figures.map { try FigureFiles.write($0, to: folder) }
      for format in formats {
        guard case .drawn(let images) = try Gnuplot.render(files, in: folder, as: format) else {
          continue
        }
        #expect(images.allSatisfy { FileManager.default.fileExists(atPath: $0) })
      }
    }
  }

  static let expected = #"""
    set contour base
    set cntrparam levels discrete 2,4,6,8
    unset surface
    set table $lines1_4
    splot data index 0 using 1:2:3
    unset table
    unset contour
    set surface
    set object rectangle from first 0.5,graph 0 to first 1.5,graph 1 behind fillcolor rgb '#808080' fillstyle transparent solid 0.18 noborder
    set object rectangle from graph 0,first 0 to graph 1,first 0.5 behind fillcolor rgb '#808080' fillstyle transparent solid 0.18 noborder
    set object rectangle from 0.5,0.5 to 3.5,3.5 behind fillcolor rgb '#b9b9b9' fillstyle solid noborder
    array x1_0[4] = [0.5,1.5,2.5,3.5]
    array y1_0[4] = [0.5,1.5,2.5,3.5]
    set arrow from 0.3,graph 0 to 0.3,graph 1 nohead front dashtype (10,6) linewidth 1.8 linecolor rgb '#262626'
    set label 'it' at 0.3,graph 0.97 right rotate by 90 offset character -0.7,0 noenhanced front textcolor rgb '#262626'
    set label 'it' at graph 0.985,first 0.3 right offset character 0,0.5 noenhanced front textcolor rgb '#262626'
    set arrow from 0,0 to 0.5,0.5 filled back linewidth 3.5 linecolor rgb '#c4c4c4'
    set label 'it' at 0.5,0.5 center offset character 1.2,0.6 front noenhanced
    set label 'it' at 0.5,first 0.5 left offset character 0.8,0.9 front noenhanced textcolor rgb '#262626' point pointtype 6 pointsize 1.6 linewidth 1.6 linecolor rgb '#262626'
    for [i=1:term ne 'dumb'] data index 0 using ($3==$3?x1_0[int($0)%3+1]:NaN):(y1_0[int($0)/3+1]):(x1_0[int($0)%3+1]):(x1_0[int($0)%3+2]):(y1_0[int($0)/3+1]):(y1_0[int($0)/3+2]):3 with boxxyerror fillstyle solid border linewidth 1 linecolor palette
    for [i=1:term eq 'dumb'] data index 0 using ($3==$3?x1_0[int($0)%3+1]:NaN):(y1_0[int($0)/3+1]):(shade(($3-1)/(9-1))) with labels left
    $lines1_4 using 1:2 with lines linewidth 1 linecolor rgb '#262626'
    data index 1 using 5:6:7:8 with vectors head filled size graph 0.008,20 linewidth 1.1 linecolor rgb '#808080'
    data index 1 using 9:10:11:12:4 with vectors head filled size graph 0.008,20 linewidth 1.1 linecolor palette
    data index 1 using 1:($2):3 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#1f7fbf'
    data index 1 using (($1+$2)/2):3:($2-$1) with boxes fillstyle transparent solid 0.65 border linewidth 1 linecolor rgb '#94b81c'
    data index 1 using (($1+$2)/2):($1):(0):($3-($1)) with vectors heads size graph 0.006,90 linewidth 1.6 linecolor rgb '#262626'
    data index 1 using 1:2:($1):3 with yerrorbars pointtype 7 pointsize 0.9 linewidth 1.6 linecolor rgb '#262626'
    x with lines dashtype (10,6) linewidth 1.8 linecolor rgb '#262626'
    0.3 with lines dashtype (10,6) linewidth 1.8 linecolor rgb '#262626'
    data index 1 using 1:2 with lines linewidth 3 linecolor rgb '#7e03a8'
    data index 1 using 1:2 with lines dashtype (14,7) linewidth 2.2 linecolor rgb '#7e03a8'
    data index 1 using 1:2 with lines linewidth 0.8 linecolor rgb '#7e03a8'
    data index 1 using 1:2 with lines dashtype (2,4) linewidth 2.6 linecolor rgb '#7e03a8'
    data index 1 using 1:2 with points pointtype 7 pointsize 0.9 linecolor rgb '#7e03a8'
    data index 1 using 1:2 with points pointtype 7 pointsize 0.2 linecolor rgb '#7e03a8'
    data index 1 using 1:2 with points pointtype "★" font ",20" textcolor rgb '#7e03a8'
    data index 1 using 1:2 with points pointtype 5 pointsize 1.3 linecolor rgb '#7e03a8'
    data index 1 using 2:3 with lines linewidth 3 linecolor rgb '#31698d'
    data index 2 using 2:3 with points pointtype "★" font ",20" textcolor rgb '#262626'
    data index 3 using 2:3 with points pointtype 5 pointsize 1.3 linecolor rgb '#262626'
    it: filledcurves fillcolor rgb '#808080' fillstyle transparent solid 0.18 noborder
    it: lines linewidth 1 linecolor rgb '#262626'
    it: filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#1f7fbf'
    it: boxes fillstyle transparent solid 0.65 border linewidth 1 linecolor rgb '#94b81c'
    it: yerrorbars pointtype 7 pointsize 0.9 linewidth 1.6 linecolor rgb '#262626'
    it: lines dashtype (10,6) linewidth 1.8 linecolor rgb '#262626'
    it: lines linewidth 3 linecolor rgb '#7e03a8'
    it: lines dashtype (14,7) linewidth 2.2 linecolor rgb '#7e03a8'
    it: lines linewidth 0.8 linecolor rgb '#7e03a8'
    it: lines dashtype (2,4) linewidth 2.6 linecolor rgb '#7e03a8'
    it: points pointtype 7 pointsize 0.9 linecolor rgb '#7e03a8'
    it: points pointtype 7 pointsize 0.2 linecolor rgb '#7e03a8'
    it: points pointtype "★" font ",20" textcolor rgb '#7e03a8'
    it: points pointtype 5 pointsize 1.3 linecolor rgb '#7e03a8'

    set object rectangle from 0.7071067811865476,0.5 to 3.6742346141747677,3.5 behind fillcolor rgb '#b9b9b9' fillstyle solid noborder
    array x2_0[4] = [0.7071067811865476,1.414213562373095,2.449489742783178,3.6742346141747677]
    array y2_0[4] = [0.5,1.5,2.5,3.5]
    for [i=1:term ne 'dumb'] data index 0 using ($3>0?x2_0[int($0)%3+1]:NaN):(y2_0[int($0)/3+1]):(x2_0[int($0)%3+1]):(x2_0[int($0)%3+2]):(y2_0[int($0)/3+1]):(y2_0[int($0)/3+2]):3 with boxxyerror fillstyle solid border linewidth 1 linecolor palette
    for [i=1:term eq 'dumb'] data index 0 using ($3>0?x2_0[int($0)%3+1]:NaN):(y2_0[int($0)/3+1]):(shade((log($3)-log(1))/(log(9)-log(1)))) with labels left
    data index 1 using 1:($2<0.1?0.1:$2):3 axes x1y2 with filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#1f7fbf'
    data index 1 using (($1+$2)/2):3:($2-$1) axes x1y2 with boxes fillstyle transparent solid 0.65 border linewidth 1 linecolor rgb '#94b81c'
    data index 1 using (($1+$2)/2):($1<0.1?0.1:$1):(0):($3-($1<0.1?0.1:$1)) axes x1y2 with vectors heads size graph 0.006,90 linewidth 1.6 linecolor rgb '#262626'
    data index 1 using 1:2:($1<0.1?0.1:$1):3 axes x1y2 with yerrorbars pointtype 7 pointsize 0.9 linewidth 1.6 linecolor rgb '#262626'
    it: filledcurves fillstyle transparent solid 0.25 noborder fillcolor rgb '#1f7fbf'
    it: boxes fillstyle transparent solid 0.65 border linewidth 1 linecolor rgb '#94b81c'
    it: yerrorbars pointtype 7 pointsize 0.9 linewidth 1.6 linecolor rgb '#262626'

    """#
}
