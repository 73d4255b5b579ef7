extension CommandLineGrammar {
  /// The manual page of the program, for section 1, in the macros of `man`.
  ///
  /// Letters outside ASCII are written as groff's and mandoc's `\[uXXXX]`, so the page reads the
  /// same whatever encoding it is taken for.
  ///
  /// - Parameter date: the day shown at the foot of the page, such as `2026-03-01`.
  /// - Returns: lines, each ended by a newline.
  public func manPage(date: String) -> String {
    var lines = [
      ".TH \(argument(program.uppercased())) 1 \(argument(date)) \(argument(version))",
      ".SH NAME", "\(roff(program)) \\- \(roff(abstract))",
      ".SH SYNOPSIS",
    ]
    lines += verbs.flatMap { [usageLine(of: $0), ".br"] }
    lines.append("\\fB\(roff("\(program) \(Self.helpWord)"))\\fR [\\fIVERB\\fR]")
    if !discussion.isEmpty { lines += [".SH DESCRIPTION"] + textLines(discussion) }
    lines.append(".SH VERBS")
    for entry in verbEntries {
      let text = verb(named: entry.verb)?.discussion ?? ""
      lines += tagged(
        bold(entry.label), entry.summary + (entry.isDefault ? " (the default)" : ""), text)
    }
    lines.append(".SH OPTIONS")
    for section in Self.sections(of: flags) {
      lines.append(".SS \(argument(section.title))")
      for flag in section.flags {
        lines += tagged(
          tag(of: flag), flag.summary, flag.discussion, flag.facts.joined(separator: " "))
      }
    }
    for note in notes {
      lines.append(".SH \(argument(note.title))")
      lines += note.entries.flatMap { tagged(bold($0.term), $0.meaning) }
    }
    let examples = self.examples + verbs.flatMap(\.examples)
    if !examples.isEmpty { lines.append(".SH EXAMPLES") }
    lines += examples.flatMap { tagged(bold($0.term), $0.meaning) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func usageLine(of verb: Verb) -> String {
    let name = verb == defaultVerb ? "[\\fB\(roff(verb.name))\\fR]" : bold(verb.name)
    let operands = verb.operands.placeholder
    return [
      bold(program), name, operands.isEmpty ? "" : "\\fI\(roff(operands))\\fR", "[\\fIflags\\fR]",
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func tag(of flag: Flag) -> String {
    let spellings = flag.spellings.map(bold).joined(separator: ", ")
    return spellings + (flag.values.placeholder.map { " \\fI\(roff($0))\\fR" } ?? "")
  }

  private func tagged(_ tag: String, _ texts: String...) -> [String] {
    [".TP", tag]
      + texts.filter { !$0.isEmpty }.enumerated().flatMap { index, text in
        (index > 0 ? [".IP"] : []) + textLines(text, between: ".IP")
      }
  }

  private func textLines(_ text: String, between separator: String = ".PP") -> [String] {
    paragraphs(of: text).enumerated().flatMap { index, paragraph in
      (index > 0 ? [separator] : []) + wrapped(paragraph, width: 79).map(roff)
    }
  }

  private func bold(_ text: String) -> String { "\\fB\(roff(text))\\fR" }

  private func argument(_ text: String) -> String {
    "\"" + roff(text).replacing("\"", with: "\\(dq") + "\""
  }

  /// Text in which roff sees no command: a leading dot or quote, a backslash, a typographic dash.
  private func roff(_ text: String) -> String {
    var result = text.first.map { ".'".contains($0) } == true ? "\\&" : ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case "`": result += "\\(ga"
      case "'": result += "\\(aq"
      default:
        let hex = String(scalar.value, radix: 16, uppercase: true)
        result +=
          scalar.isASCII
          ? String(scalar)
          : "\\[u" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex + "]"
      }
    }
    return result
  }
}
