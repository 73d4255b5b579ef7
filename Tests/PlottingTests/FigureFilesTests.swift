import Foundation
import Testing

@testable import Plotting

@Suite struct FigureFilesTests {
  @Test("Both files are written into a new folder, and again over the old ones")
  func writing() throws {
    try withTemporaryFolder { folder in
      let inner = folder + "/a/b"
      for title in ["first", "second"] {
        let files = try FigureFiles.write(SmallFigure.figure(title: title), to: inner)
        #expect(try String(contentsOfFile: inner + "/small.gp", encoding: .utf8) == files.script)
        #expect(try String(contentsOfFile: inner + "/small.dat", encoding: .utf8) == files.table)
        #expect(files.script.contains("'\(title)'"))
      }
    }
  }

  @Test("A script names its table without a folder")
  func relative() {
    #expect(FigureFiles(SmallFigure.figure()).script.contains("data = 'small.dat'"))
  }

  @Test("A folder that cannot be made is an error that names it")
  func notWritable() throws {
    try withTemporaryFolder { folder in
      let file = folder + "/file"
      try Data().write(to: URL(fileURLWithPath: file))
      #expect {
        try FigureFiles.write(SmallFigure.figure(), to: file + "/inner")
      } throws: { error in
        guard case PlottingError.notWritable(file + "/inner", _) = error else { return false }
        return true
      }
    }
  }
}
