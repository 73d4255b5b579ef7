import Foundation
import Recording
import Testing

@Suite("The recipes that open a run")
struct RecipeTests {
  /// A block of code of the page on the file format.
  struct Recipe: Sendable, CustomTestStringConvertible {
    let language: String
    let code: String
    var testDescription: String { "\(language): \(code.prefix { $0 != "\n" })" }
  }

  /// The recipes that end with printing the last loss.
  static let recipes: [Recipe] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try? String(
      contentsOf: root.appendingPathComponent("docs/file-format.md"), encoding: .utf8)
    let section = page?.components(separatedBy: "\n## Opening a run\n").last?
      .components(separatedBy: "\n### ").first
    return (section ?? "").components(separatedBy: "```").enumerated()
      .filter { $0.offset % 2 == 1 }
      .map { _, block in
        let lines = block.split(separator: "\n", maxSplits: 1).map(String.init)
        return Recipe(language: lines[0], code: lines[1])
      }
  }()

  /// The program of a language, and how it is told to run a file.
  private static let programs: [String: (tool: String, arguments: [String])] = [
    "python": ("python3", []), "r": ("Rscript", []), "julia": ("julia", []),
    "octave": ("octave", ["--no-gui", "--quiet"]), "gnuplot": ("gnuplot", ["-e", "set term dumb"]),
    "sh": ("sh", []),
  ]

  @Test("each prints the last loss, where its program and library are there", arguments: recipes)
  func prints(recipe: Recipe) throws {
    // Nothing but MATLAB runs MATLAB.
    guard recipe.language != "matlab" else { return }
    let (name, arguments) = try #require(Self.programs[recipe.language])
    guard let tool = Program.tool(name) else {
      print("skipped: \(name) is not installed")
      return
    }
    let folder = try TemporaryFolder()
    let results = folder.path + "/results"
    try FileManager.default.createDirectory(atPath: results, withIntermediateDirectories: false)
    let run = ["-t", "300", "-d", "3", "--no-plot", "--quiet", "--out", "results/run"]
    try #require(Program.run(run, in: folder.path).status == 0)
    let code = recipe.code.replacing("<stamp>", with: "run")
    let file = folder.path + "/recipe"
    try Data(code.utf8).write(to: URL(fileURLWithPath: file))
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let dyn = URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
    let outcome = try Program.spawn(
      tool, arguments + [file], in: folder.path, environment: ["PATH": dyn + ":" + path])
    if outcome.status != 0,
      outcome.errors.contains("No module named")
        || outcome.errors.contains("there is no package called")
    {
      print("skipped: a library of \(recipe.testDescription) is not installed")
      return
    }
    #expect(outcome.status == 0, "\(outcome.errors)")
    let loss = try RunFile(path: folder.path + "/results/run/run.h5").series("loss").values
    let printed = outcome.output.split(whereSeparator: \.isWhitespace).last.flatMap {
      Double($0)
    }
    #expect(printed == loss.last, "\(outcome.output) \(outcome.errors)")
  }

  @Test("the page has a recipe for every language that it promises")
  func languages() {
    #expect(
      Set(Self.recipes.map(\.language))
        == ["python", "r", "julia", "matlab", "octave", "gnuplot", "sh"])
    #expect(Self.recipes.count == 9)
  }
}
