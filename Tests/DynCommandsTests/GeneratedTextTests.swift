import Arguments
import Foundation
import Testing

@testable import DynCommands

@Suite("Texts that are generated from the lists of flags and keys")
struct GeneratedTextTests {
  static let texts: [(path: String, text: String)] = [
    ("docs/command-line.md", Grammar.dyn.markdown()),
    ("docs/dyn.1", Grammar.dyn.manPage(date: "2026")),
    ("docs/completions/dyn.bash", Grammar.dyn.completions(for: .bash)),
    ("docs/completions/_dyn", Grammar.dyn.completions(for: .zsh)),
    ("docs/completions/dyn.fish", Grammar.dyn.completions(for: .fish)),
    ("docs/scenario-keys.md", ScenarioKeysPage.markdown),
  ]

  /// `UPDATE_GOLDEN=1 swift test --filter GeneratedText` writes them anew.
  @Test("are what the repository holds", arguments: texts.map(\.path))
  func current(path: String) throws {
    let text = try #require(Self.texts.first { $0.path == path }).text
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent(path)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    #expect(kept == text, "run UPDATE_GOLDEN=1 swift test --filter GeneratedText")
  }
}
