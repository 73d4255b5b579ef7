import Foundation
import Testing

@testable import Plotting

@Suite struct GnuplotTests {
  /// Whether the tests that draw can be done.
  static let isInstalled = Gnuplot.find() != nil

  private static func isPNG(_ path: String) -> Bool {
    FileManager.default.contents(atPath: path)?.prefix(8).elementsEqual(
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ?? false
  }

  @Test(
    "Scripts are drawn into PNG images beside them",
    .enabled(if: isInstalled, "gnuplot is not installed: nothing is drawn"))
  func drawing() throws {
    try withTemporaryFolder { folder in
      let files = try FigureFiles.write(SmallFigure.figure(), to: folder + "/it's a `folder`")
      let outcome = try Gnuplot.render([files], in: folder + "/it's a `folder`")
      let image = folder + "/it's a `folder`/small.png"
      #expect(outcome == .drawn([image]))
      #expect(Self.isPNG(image))
    }
  }

  @Test(
    "A script draws in another format when the command line says so",
    .enabled(if: isInstalled, "gnuplot is not installed: nothing is drawn"))
  func otherFormats() throws {
    try withTemporaryFolder { folder in
      try FigureFiles.write(SmallFigure.figure(), to: folder)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try #require(Gnuplot.find()).path)
      process.arguments = ["-e", "term='svg'; ext='svg'", "small.gp"]
      process.currentDirectoryURL = URL(fileURLWithPath: folder)
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      let drawing = try String(contentsOfFile: folder + "/small.svg", encoding: .utf8)
      #expect(drawing.contains("<svg") && drawing.contains("A title"))
    }
  }

  @Test(
    "Text of a user is shown as it is and never done",
    .enabled(if: isInstalled, "gnuplot is not installed: nothing is drawn"),
    arguments: [
      "'; system('touch done'); #", "\"; system(\"touch done\"); #", "a\nsystem('touch done')",
      "`touch done`", "$(touch done)", "@done", "x' . system('touch done') . '", "back\\",
      "\\'; system('touch done') #", "a_b^c {/=99 d} &{e} ~f{g} @h", "a\r\n!touch done",
      "'", "''", "%s %d", "\u{2028}!touch done", "",
    ])
  func injection(_ text: String) throws {
    try withTemporaryFolder { folder in
      var figure = SmallFigure.figure(title: text, label: text)
      for index in figure.panels.indices {
        figure.panels[index].title = text
        figure.panels[index].x.label = text
        figure.panels[index].y.label = text
        figure.panels[index].notice = text
        figure.panels[index].marks.append(Reference(.vertical(0), label: text, note: text))
        figure.panels[index].marks.append(Arrow(x: 1, y: 1, label: text))
        let column = Column(
          name: text, symbol: text, units: text, longName: text, values: [1, 2, 3])
        figure.panels[index].marks.append(
          Curve(label: text, along: column, y: column, colour: .ink))
        figure.panels[index].marks += everyMark(label: text)
        figure.panels[index].colours = ColourScale(label: text, range: 0...1)
      }
      var single = figure
      single.panels = [figure.panels[0]]
      for figure in [figure, single] {
        let files = try FigureFiles.write(figure, to: folder, heading: [text, text])
        #expect(try Gnuplot.render([files], in: folder) == .drawn([folder + "/small.png"]))
        let left = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(left.sorted() == ["small.dat", "small.gp", "small.png"])
      }
    }
  }

  @Test("Markup in the text of a user is switched off wherever it is shown")
  func markup() {
    let mark = "a_b"
    var figure = SmallFigure.figure(title: mark)
    figure.panels[0].title = mark
    figure.panels[0].x.label = mark
    figure.panels[0].notice = mark
    figure.panels[0].marks = [Arrow(x: 1, y: 1, label: mark)]
    let lines = FigureFiles(figure).script.split(separator: "\n").filter {
      $0.contains("'a_b'") && !$0.hasPrefix("#")
    }
    #expect(lines.count == 5)
    for line in lines { #expect(line.contains("noenhanced")) }
  }

  @Test("A missing program is an outcome and no error")
  func missing() throws {
    #expect(Gnuplot.find(searchPath: "/nowhere::/dev") == nil)
    #expect(try Gnuplot.render([], in: "/nowhere", with: nil) == .missing)
  }

  @Test(
    "An error carries what gnuplot said",
    .enabled(if: isInstalled, "gnuplot is not installed: nothing is drawn"))
  func failure() throws {
    try withTemporaryFolder { folder in
      let files = try FigureFiles.write(SmallFigure.figure(), to: folder)
      try FileManager.default.removeItem(atPath: folder + "/small.dat")
      #expect {
        try Gnuplot.render([files], in: folder)
      } throws: { error in
        guard case PlottingError.notDrawn(["small.gp"], let status, let message) = error else {
          return false
        }
        return status != 0 && message.contains("small.dat")
      }
    }
  }

  @Test("A program that cannot be started is an error that names it")
  func broken() throws {
    try withTemporaryFolder { folder in
      let files = FigureFiles(SmallFigure.figure())
      #expect {
        try Gnuplot.render([files], in: folder, with: Gnuplot(path: "/nowhere/gnuplot"))
      } throws: { error in
        guard case PlottingError.notStarted("/nowhere/gnuplot", _) = error else { return false }
        return true
      }
    }
  }
}
