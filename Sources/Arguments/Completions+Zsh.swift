extension CommandLineGrammar {
  /// A function for zsh with one call of `_arguments` for each verb.
  func zshCompletions() -> [String] {
    let function = completionFunction
    let entries = verbs.map { ($0.name, $0.summary) } + [(Self.helpWord, Self.helpSummary)]
    var lines = [
      "#compdef \(program)",
      "# Completion of \(program) for zsh: put this file as \(function) in a folder of $fpath.",
      "\(function)() {",
      "  local verb=\(defaultVerb.name)",
      "  local -a verbs",
      "  verbs=(",
    ]
    lines += entries.map { name, summary in
      "    " + "\(name):\(summary.replacing("\\", with: "\\\\"))".shellQuoted
    }
    lines += [
      "  )",
      "  if ((CURRENT == 2)) && [[ $PREFIX != -* ]]; then",
      "    _describe -t verbs verb verbs",
      zshFiles(defaultVerb.operands.completesWith).map { "    \($0)" },
      "    return",
      "  fi",
      "  case ${words[2]} in",
      "    \(verbPattern))",
      "      verb=${words[2]}",
      "      words=(\"${words[1]}\" \"${(@)words[3,-1]}\")",
      "      ((CURRENT -= 1))",
      "      ;;",
      "    \(Self.helpWord))",
      "      ((CURRENT == 3)) && _describe -t verbs verb verbs",
      "      return",
      "      ;;",
      "  esac",
      "  case $verb in",
    ].compactMap(\.self)
    for verb in verbs {
      let specifications =
        flags(of: verb.name).flatMap(zshSpecifications)
        + [zshOperands(verb)].compactMap(\.self)
      lines.append("    \(verb.name))")
      lines.append("      _arguments -s -S \\")
      lines += specifications.dropLast().map { "        \($0) \\" }
      lines += specifications.suffix(1).map { "        \($0)" }
      lines.append("      ;;")
    }
    return lines + [
      "  esac",
      "}",
      "if [[ ${funcstack[1]} == \(function) ]]; then",
      "  \(function) \"$@\"",
      "else",
      "  compdef \(function) \(program)",
      "fi",
    ]
  }

  private func zshSpecifications(_ flag: Flag) -> [String] {
    let summary = "[\(escaped(flag.summary, "\\[]:"))]"
    let excluded = "(\(flag.forms.joined(separator: " ")))"
    let values = zshValues(flag)
    let prefix = flag.isRepeatable ? "*" : excluded
    var specifications: [String] = []
    if let short = flag.short {
      specifications.append((prefix + "-\(short)\(flag.isSwitch ? "" : "+")" + summary + values))
    }
    specifications.append(prefix + flag.spelling + (flag.isSwitch ? "" : "=") + summary + values)
    if let negation = flag.negation {
      specifications.append(excluded + negation + "[turn it off]")
    }
    return specifications.map(\.shellQuoted)
  }

  /// One `:message:action` for each value, those beyond the least number with two colons.
  private func zshValues(_ flag: Flag) -> String {
    guard let placeholder = flag.values.placeholder else { return "" }
    let action = zshAction(flag, placeholder)
    let count = flag.values.count
    let shown = count.upperBound == Int.max ? count.lowerBound : min(count.upperBound, 9)
    return (1...max(1, shown)).map { index in
      (index <= count.lowerBound ? ":" : "::") + escaped(placeholder, "\\:") + ":" + action
    }.joined()
  }

  private func zshAction(_ flag: Flag, _ placeholder: String) -> String {
    let words = flag.choices.map { escaped($0, ":") }.joined(separator: " ")
    return switch (flag.choices.isEmpty, zshFiles(flag.completesWith)) {
    case (true, nil): " "
    case (true, let files?): files
    case (false, nil) where flag.isList: " _values -s , value \(words)"
    case (false, nil): "(\(words))"
    case (false, let files?): "{compadd -- \(words); \(files)}"
    }
  }

  private func zshFiles(_ completion: Flag.Completion) -> String? {
    switch completion {
    case .none: nil
    case .file: "_files"
    case .directory: "_files -/"
    }
  }

  private func zshOperands(_ verb: Verb) -> String? {
    guard verb.operands.count.upperBound > 0 else { return nil }
    let action = zshFiles(verb.operands.completesWith) ?? " "
    return "*:\(escaped(verb.operands.placeholder, "\\:")):\(action)".shellQuoted
  }

  private func escaped(_ text: String, _ special: String) -> String {
    text.reduce(into: "") { result, character in
      if special.contains(character) { result.append("\\") }
      result.append(character)
    }
  }
}
