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
    if (term eq 'pngcairo') shape = 'size 1400,1160 font "DejaVu Sans,16.7"'
    if (term eq 'svg') shape = 'size 1400,1160 font "DejaVu Sans,20"'
    if (term eq 'pdfcairo') shape = 'size 7.0in,5.8in fontscale 1 font "DejaVu Sans,6" linewidth 0.7'
    if (term eq 'tikz') shape = 'size 7.0in,5.8in'
    if (term eq 'dumb') shape = 'size 100,60'
    set terminal @term @shape
    if (term ne 'dumb') set output 'small.' . ext
    set grid linetype 1 linecolor rgb '#e4e4e4' linewidth 0.7
    if (term eq 'dumb') unset grid
    set border linewidth 1 linecolor rgb '#606060'
    set tics nomirror out enhanced textcolor rgb '#262626'
    set samples 2
    set clip two
    power = term eq 'dumb' ? '10^%T' : '10^{%T}'
    data = 'small.dat'
    letters = '.:-=+*oO#'
    shade(part) = part >= 0 && part <= 1 ? letters[1+int(part*8.999):1+int(part*8.999)] : ' '
    set multiplot

    # panel 1
    unset arrow
    unset label
    unset object
    set label 'A title' at screen 0.5,0.9808 center noenhanced
    set title 'above' noenhanced offset 0,-0.4
    set lmargin at screen 0.0968
    set rmargin at screen 0.8365
    set bmargin at screen 0.5613
    set tmargin at screen 0.9215
    set xlabel 'iteration' noenhanced
    set logscale x
    set mxtics 10
    set xtics (1,10,100) enhanced norotate
    set format x power
    set xrange [1:100]
    set ylabel 'loss L' noenhanced
    unset logscale y
    unset mytics
    set ytics (0,2,4,6,8,10) enhanced norotate
    set format y '%g'
    set yrange [0:10]
    set key at screen 0.8492,0.9215 left top vertical Left reverse samplen 2 spacing 1.1 noenhanced maxrows 2
    plot data index 0 using 1:2 with lines linewidth 3 linecolor rgb '#1f7fbf' title 'network', \
      0.1 with lines dashtype (10,6) linewidth 1.8 linecolor rgb '#c4c4c4' title 'fit'

    # panel 2
    unset arrow
    unset label
    unset object
    set title 'below' noenhanced offset 0,-0.4
    set lmargin at screen 0.0968
    set rmargin at screen 0.8365
    set bmargin at screen 0.0805
    set tmargin at screen 0.4406
    set xlabel 'w₁' noenhanced
    unset logscale x
    unset mxtics
    set xtics (-1,-0.75,-0.5,-0.25,0,0.25,0.5,0.75,1) enhanced norotate
    set format x '%g'
    set xrange [-1:1]
    set ylabel 'w₁' noenhanced
    unset logscale y
    unset mytics
    set ytics (-1,-0.5,0,0.5,1) enhanced norotate
    set format y '%g'
    set yrange [-1:1]
    unset key
    set arrow from 0,0 to 0.5,-0.5 filled back linewidth 3.5 linecolor rgb '#c4c4c4'
    set label 'v₁' at 0.5,-0.5 center offset character 1.2,-0.6 front noenhanced
    set label 'nothing' at graph 0.5,0.5 center noenhanced textcolor rgb '#808080'
    plot data index 1 using 2:2 with points pointtype "★" font ",20" textcolor rgb '#28ae80' notitle, \
      data index 0 using 2:2 with lines dashtype (14,7) linewidth 2.2 linecolor rgb '#94b81c' notitle
    unset multiplot
    set output

    """#
}
