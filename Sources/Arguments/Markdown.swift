extension CommandLineGrammar {
  /// The reference page of the command line, in Markdown.
  ///
  /// - Returns: lines, each ended by a newline, without trailing spaces.
  public func markdown() -> String {
    var blocks = ["# The command line of `\(program)`", markdownText(sentence(abstract))]
    blocks += paragraphs(of: discussion).map(markdownText)
    blocks.append(
      "This page is generated from the list of flags that also makes `\(program) --help`, the man "
        + "page and the completion scripts.")
    blocks += markdownExamples(examples)
    blocks += ["## Verbs", verbTable]
    for verb in verbs where !verb.discussion.isEmpty || !verb.examples.isEmpty {
      blocks.append("### `\(usage(of: verb))`")
      blocks += paragraphs(of: verb.discussion).map(markdownText)
      blocks += markdownExamples(verb.examples)
    }
    blocks.append("## Flags")
    for section in Self.sections(of: flags) {
      blocks += ["### \(heading(section.title))", flagTable(section.flags)]
      let items = section.flags.compactMap(markdownItem)
      if !items.isEmpty { blocks.append(items.joined(separator: "\n")) }
    }
    for note in notes {
      blocks.append("## \(heading(note.title))")
      blocks.append(
        table(["", "meaning"], note.entries.map { [code($0.term), cell($0.meaning)] }))
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func markdownExamples(_ examples: [Definition]) -> [String] {
    guard !examples.isEmpty else { return [] }
    let column = examples.map(\.term.count).max() ?? 0
    let lines = examples.map { "\($0.term.padded(to: column))  # \($0.meaning)" }
    return [(["```sh"] + lines + ["```"]).joined(separator: "\n")]
  }

  private var verbTable: String {
    table(
      ["verb", "what it does"],
      verbEntries.map { entry in
        [code(entry.label), cell(entry.summary) + (entry.isDefault ? " (the default)" : "")]
      })
  }

  private func flagTable(_ flags: [Flag]) -> String {
    table(
      ["flag", "default", "meaning"],
      flags.map { flag in
        let forms = flag.spellings.dropLast().map(code) + [code(long(flag))]
        return [
          forms.joined(separator: ", "), flag.defaultText.map(cell) ?? "", cell(flag.summary),
        ]
      })
  }

  private func long(_ flag: Flag) -> String {
    flag.spelling + (flag.values.placeholder.map { " " + $0 } ?? "")
  }

  /// What the table has no room for, as an item of a list; `nil` when there is nothing.
  private func markdownItem(_ flag: Flag) -> String? {
    let facts = flag.facts.filter { !$0.hasPrefix("Default:") && $0 != "On by default." }
    let parts = paragraphs(of: flag.discussion) + [facts.joined(separator: " ")]
    let text = parts.filter { !$0.isEmpty }.map(markdownText)
    guard let first = text.first else { return nil }
    return ([("- `\(flag.spelling)`: " + first)] + text.dropFirst().map { "\n  " + $0 })
      .joined(separator: "\n")
  }

  private func table(_ header: [String], _ rows: [[String]]) -> String {
    let row = { (cells: [String]) in
      "|" + cells.map { $0.isEmpty ? " |" : " \($0) |" }.joined()
    }
    let rule = "|" + header.map { _ in "---|" }.joined()
    return ([row(header), rule] + rows.map(row)).joined(separator: "\n")
  }

  private func heading(_ title: String) -> String {
    title.prefix(1).uppercased() + title.dropFirst().lowercased()
  }

  private func sentence(_ fragment: String) -> String {
    let isEnded = fragment.last.map { ".!?".contains($0) } ?? true
    return fragment.prefix(1).uppercased() + fragment.dropFirst() + (isEnded ? "" : ".")
  }

  /// Code inside a table, where a bar would end the cell even between backticks.
  private func code(_ text: String) -> String {
    "`" + text.replacing("|", with: "\\|") + "`"
  }

  private func cell(_ text: String) -> String {
    markdownText(text).replacing("|", with: "\\|")
  }

  /// Text in which nothing but backticks is taken for markup.
  ///
  /// What stands between two backticks is code and stays as it is.
  private func markdownText(_ text: String) -> String {
    var isCode = false
    return text.reduce(into: "") { result, character in
      if character == "`" { isCode.toggle() }
      if !isCode, "\\*_<[".contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
