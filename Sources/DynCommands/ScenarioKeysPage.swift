import Scenarios

/// The page that lists every key of a scenario, made from the registry of keys.
enum ScenarioKeysPage {
  /// The page in Markdown.
  static var markdown: String {
    var lines = [
      "# Keys of a scenario", "",
      "Every key with what it accepts, its default and its meaning, made from the registry that reads",
      "scenario files. How to write one is in [scenarios.md](scenarios.md). `--set KEY=VALUE` sets any",
      "key outside lists, and `KEY[1]` the first entry of a list.",
    ]
    var heading = ""
    for key in Scenario.keys {
      let section = title(of: key)
      if section != heading {
        lines += [
          "", "## \(section)", "", "| key | accepts | default | meaning |", "|---|---|---|---|",
        ]
        heading = section
      }
      lines.append(
        "| `\(key.path)` | \(escaped(key.accepts)) | \(shown(key.byDefault)) "
          + "| \(escaped(key.summary)) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The section and, where it has kinds, the kind.
  private static func title(of key: KeyDescription) -> String {
    let parts = key.path.split(separator: ".").dropLast().joined(separator: ".")
    let section = parts.isEmpty ? "The scenario" : "`\(parts)`"
    return key.kind.map { "\(section) of the kind `\($0)`" } ?? section
  }

  private static func shown(_ json: String) -> String {
    let text = escaped(json)
    return text.count <= 40 ? "`\(text)`" : "see `dyn scenarios show exact-solutions`"
  }

  private static func escaped(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
