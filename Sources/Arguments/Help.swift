/// How much help is wanted.
public enum HelpDetail: Sendable, Equatable {
  /// One line per flag, as for `-h`.
  case short
  /// Paragraphs, defaults, exit statuses, as for `--help`.
  case long
}

extension CommandLineGrammar {
  /// The text of help about a verb, or about the whole program when `verb` is `nil`.
  ///
  /// The short help about the program shows the flags of the default verb, the long help those of
  /// all verbs. No line is wider than `width` unless a single word is.
  ///
  /// - Parameters:
  ///   - verb: the name of a verb of the grammar.
  ///   - detail: how much is wanted.
  ///   - width: columns of the terminal; less than 40 counts as 40.
  /// - Returns: lines, each ended by a newline.
  /// - Precondition: `verb` is `nil` or names a verb.
  public func help(
    verb: String? = nil, _ detail: HelpDetail = .short, width: Int = 79
  ) -> String {
    let width = max(40, width)
    let topic = verb.map { name in
      guard let verb = self.verb(named: name) else {
        preconditionFailure("no verb \(name) among \(verbs.map(\.name))")
      }
      return verb
    }
    let blocks =
      [opening(topic, detail, width: width), usage(topic, width: width)]
      + flagBlocks(topic, detail, width: width)
      + (detail == .long ? noteBlocks(width: width) : [])
      + [closing(topic, detail, width: width)]
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  // MARK: Blocks

  private func opening(_ topic: Verb?, _ detail: HelpDetail, width: Int) -> [String] {
    let name = topic.map { "\(program) \($0.name)" } ?? program
    var lines = wrapped("\(name) - \(topic?.summary ?? abstract)", width: width)
    let text = topic?.discussion ?? discussion
    if detail == .long, !text.isEmpty { lines += [""] + wrapped(text, width: width) }
    let examples = topic?.examples ?? self.examples
    let column = min(42, 4 + (examples.map(\.term.count).max() ?? 0))
    if !examples.isEmpty { lines.append("") }
    return lines
      + examples.flatMap { entryLines("  " + $0.term, $0.meaning, column: column, width: width) }
  }

  private func usage(_ topic: Verb?, width: Int) -> [String] {
    if let topic { return ["USAGE  " + usage(of: topic)] }
    let lines = ["USAGE  \(usage(of: defaultVerb))", "       \(program) VERB [flags]"]
    return lines + ["", "VERBS"]
      + verbEntries.flatMap { entry in
        entryLines(
          "  " + entry.label, entry.summary, note: entry.isDefault ? "[default]" : nil,
          width: width)
      }
  }

  private func flagBlocks(_ topic: Verb?, _ detail: HelpDetail, width: Int) -> [[String]] {
    let all = topic == nil && detail == .long
    let shown = all ? flags : flags(of: (topic ?? defaultVerb).name)
    return Self.sections(of: shown).map { section in
      switch detail {
      case .short: [section.title] + section.flags.flatMap { shortLines(of: $0, width: width) }
      case .long:
        [section.title]
          + section.flags.map { longLines(of: $0, width: width) }.joined(separator: [""])
      }
    }
  }

  private func noteBlocks(width: Int) -> [[String]] {
    notes.map { note in
      [note.title]
        + note.entries.flatMap { entryLines("  " + $0.term, $0.meaning, width: width) }
    }
  }

  private func closing(_ topic: Verb?, _ detail: HelpDetail, width: Int) -> [String] {
    guard detail == .short else { return [] }
    let shown = flags(of: (topic ?? defaultVerb).name)
    let off = shown.first { $0.isOnByDefault }?.negation.map { negation in
      wrapped(
        "A switch that is [on] has a form that turns it off, such as \(negation).", width: width)
    }
    let more =
      if let topic {
        "All about it: \(program) \(topic.name) --help"
      } else {
        "All flags at length: \(program) --help. Those of a verb: \(program) VERB -h"
      }
    return (off ?? []) + wrapped(more, width: width)
  }

  // MARK: Lines

  /// The lines of the short help for a flag; one, unless its text is too long.
  func shortLines(of flag: Flag, width: Int) -> [String] {
    let label = (flag.short == nil ? "      " : "  ") + flag.label
    return entryLines(
      label, flag.summary, note: flag.defaultText.map { "[\($0)]" }, width: width)
  }

  /// The lines of the short help for a verb; one, unless its text is too long.
  func shortLines(of verb: Verb, width: Int) -> [String] {
    let entry = verbEntries.first { $0.verb == verb.name }
    return entryLines(
      "  " + (entry?.label ?? verb.name), verb.summary,
      note: verb == defaultVerb ? "[default]" : nil, width: width)
  }

  private func longLines(of flag: Flag, width: Int) -> [String] {
    let text = [flag.summary, flag.discussion, flag.facts.joined(separator: " ")]
      .filter { !$0.isEmpty }
      .joined(separator: "\n\n")
    return [flag.label.indented(by: 2)]
      + wrapped(text, width: width - 6).map { $0.indented(by: 6) }
  }
}

/// A label, a text beside it from `column` on, and a note at the right margin of the last line.
///
/// A label too long for its column pushes the text to the right if all fits on one line, and else
/// stands on a line of its own.
private func entryLines(
  _ label: String, _ text: String, note: String? = nil, column: Int = 26, width: Int
) -> [String] {
  let start = label.count < column ? column : label.count + 2
  let tail = note.map { 1 + $0.count } ?? 0
  var lines: [String]
  if start + text.count + tail <= width {
    lines = [label.padded(to: start) + text]
  } else {
    let body = wrapped(text, width: width - column).map { $0.indented(by: column) }
    lines = label.count < column ? [] : [label]
    lines += body
    if label.count < column, let first = body.first {
      lines[0] = label.padded(to: column) + first.dropFirst(column)
    }
  }
  if let note, let end = lines.last {
    if end.count + tail <= width {
      lines[lines.count - 1] = end.padded(to: width - note.count) + note
    } else {
      lines.append(note.indented(by: max(column, width - note.count)))
    }
  }
  return lines
}
