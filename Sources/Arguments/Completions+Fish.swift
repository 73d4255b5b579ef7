extension CommandLineGrammar {
  /// A function for fish that knows the verb, and one `complete` for each verb and flag.
  func fishCompletions() -> [String] {
    let function = "_" + completionFunction
    var lines = [
      "# Completion of \(program) for fish: source it, or put it in the folder of completions.",
      "function \(function)_verb_is_one_of",
      "    set -l words (commandline -opc)",
      "    set -l verb \(defaultVerb.name)",
      "    if set -q words[2]; and contains -- $words[2] \(firstWords.joined(separator: " "))",
      "        set verb $words[2]",
      "    end",
      "    contains -- $verb $argv",
      "end",
      "function \(function)_is_first_word",
      "    test (count (commandline -opc)) -eq 1",
      "end",
      "complete -c \(program) -f",
    ]
    lines += (verbs.map { ($0.name, $0.summary) } + [(Self.helpWord, Self.helpSummary)]).map {
      "complete -c \(program) -n \(function)_is_first_word -a \($0) -d \(fishQuoted($1))"
    }
    let names = verbs.map(\.name).joined(separator: " ")
    lines.append(
      "complete -c \(program) -n '\(function)_verb_is_one_of \(Self.helpWord)' -a '\(names)'")
    for verb in verbs {
      guard let files = fishFiles(verb.operands.completesWith) else { continue }
      lines.append(
        "complete -c \(program) -n '\(function)_verb_is_one_of \(verb.name)' \(files)")
    }
    for flag in flags {
      let verbs = flag.verbs ?? self.verbs.map(\.name)
      let condition = "-n '\(function)_verb_is_one_of \(verbs.joined(separator: " "))'"
      let short = flag.short.map { "-s \($0) " } ?? ""
      lines.append(
        "complete -c \(program) \(condition) \(short)-l \(flag.name)\(fishValues(flag)) "
          + "-d \(fishQuoted(flag.summary))")
      if flag.isNegatable {
        lines.append(
          "complete -c \(program) \(condition) -l no-\(flag.name) -d 'turn it off'")
      }
    }
    return lines
  }

  private func fishValues(_ flag: Flag) -> String {
    guard !flag.isSwitch else { return "" }
    let words = flag.choices.isEmpty ? "" : " -a \(fishQuoted(flag.choices.joined(separator: " ")))"
    switch flag.completesWith {
    case .none: return " -x" + words
    case .file, .directory:
      return " -r" + words + (fishFiles(flag.completesWith).map { " \($0)" } ?? "")
    }
  }

  private func fishFiles(_ completion: Flag.Completion) -> String? {
    switch completion {
    case .none: nil
    case .file: "-F"
    case .directory: "-f -a '(__fish_complete_directories)'"
    }
  }

  private func fishQuoted(_ text: String) -> String {
    "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
  }
}
