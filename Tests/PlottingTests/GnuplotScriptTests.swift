import Testing

@testable import Plotting

@Suite struct GnuplotScriptTests {
  @Test("A script is what it was")
  func golden() {
    let files = FigureFiles(SmallFigure.figure(), heading: ["dyn --seed 1"])
    #expect(files.script == Self.expected)
    #expect(files.table.hasPrefix("# dyn --seed 1\n# small: A title\n# column 1: iteration"))
  }

  @Test("A panel of which nothing can be drawn still has its axes")
  func nothing() {
    let missing = Column(name: "a", symbol: "a", longName: "a", values: [.nan])
    let axis = PlotAxis(label: "", range: 0...1)
    let figure = Figure(
      name: "empty", title: "",
      panels: [
        Panel(x: axis, y: axis, marks: [Curve(along: missing, y: missing, colour: .ink)])
      ])
    #expect(FigureFiles(figure).script.contains("\nplot NaN notitle\n"))
  }

  static let expected = #"""
    # dyn --seed 1
    # Draws small.png from small.dat: gnuplot small.gp
    # In another format: gnuplot -e "term='svg'; ext='svg'" small.gp
    # On a logarithmic axis what is not positive, such as iteration 0, is left out.
    reset
    set encoding utf8
    if (!exists("term")) term = 'pngcairo'
    if (!exists("ext")) ext = 'png'
    shape = ''
    if (term eq 'pngcairo') shape = 'size 1200,1020 font "DejaVu Sans,15"'
    if (term eq 'svg') shape = 'size 1200,1020 font "DejaVu Sans,15"'
    if (term eq 'pdfcairo') shape = 'size 12.0in,10.2in font "DejaVu Sans,11"'
    if (term eq 'dumb') shape = 'size 100,60'
    set terminal @term @shape
    if (term ne 'dumb') set output 'small.' . ext
    set datafile separator "\t"
    set grid linetype 1 linecolor rgb '#e4e4e4' linewidth 0.7
    if (term eq 'dumb') unset grid
    set border linewidth 1 linecolor rgb '#606060'
    set tics nomirror out enhanced textcolor rgb '#262626'
    set samples 2
    data = 'small.dat'
    set multiplot layout 2,1 title 'A title'."\n" noenhanced
    set lmargin 11
    set bmargin 4.2
    set tmargin 2.2
    set rmargin 14.0

    # panel 1
    unset arrow
    unset label
    set title 'above' noenhanced
    set xlabel 'iteration' noenhanced
    set logscale x
    set mxtics 10
    set xtics autofreq
    set format x '10^{%T}'
    set xrange [1:100]
    set ylabel 'loss L' noenhanced
    unset logscale y
    unset mytics
    set ytics 2
    set format y '%g'
    set yrange [0:10]
    set key outside right top vertical Left reverse samplen 2 noenhanced
    plot data index 0 using 1:2 with lines linewidth 3.0 linecolor rgb '#1f7fbf' title 'network', \
      0.1 with lines dashtype (12,8) linewidth 1.2 linecolor rgb '#c4c4c4' title 'fit'

    # panel 2
    unset arrow
    unset label
    set title 'below' noenhanced
    set xlabel 'w₁' noenhanced
    unset logscale x
    unset mxtics
    set xtics 0.5
    set format x '%g'
    set xrange [-1:1]
    set ylabel 'w₁' noenhanced
    unset logscale y
    unset mytics
    set ytics 0.5
    set format y '%g'
    set yrange [-1:1]
    unset key
    set arrow from 0,0 to 0.5,-0.5 filled back linewidth 3.5 linecolor rgb '#c4c4c4'
    set label 'v₁' at 0.5,-0.5 center offset character 1.2,-0.6 front noenhanced
    set label 'nothing' at graph 0.5,0.5 center noenhanced textcolor rgb '#808080'
    plot data index 1 using 2:2 with points pointtype "★" font ",16" textcolor rgb '#28ae80' notitle, \
      data index 0 using 2:2 with lines dashtype (14,7) linewidth 2 linecolor rgb '#94b81c' notitle
    unset multiplot
    set output

    """#
}
