extension CommandLineGrammar {
  /// A function for bash that looks at the word before, then at the verb.
  func bashCompletions() -> [String] {
    let function = completionFunction
    return [
      "# Completion of \(program) for bash: source this file, or put it among the completions.",
      "\(function)_words() {",
      "  COMPREPLY+=($(compgen -W \"$1\" -- \"$current\"))",
      "}",
      "\(function)_files() {",
      "  local IFS=$'\\n'",
      "  compopt -o filenames 2>/dev/null",
      "  COMPREPLY+=($(compgen \"$1\" -- \"$current\"))",
      "}",
      "\(function)() {",
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}",
      "  local verb=\(defaultVerb.name)",
      "  COMPREPLY=()",
      "  # Bash takes --name=value for three words.",
      "  if [[ $current == = ]]; then",
      "    current=",
      "  elif [[ $previous == = ]]; then",
      "    previous=${COMP_WORDS[COMP_CWORD-2]}",
      "  fi",
      "  if ((COMP_CWORD > 1)); then",
      "    case ${COMP_WORDS[1]} in",
      "      \(verbPattern)) verb=${COMP_WORDS[1]} ;;",
      "      \(Self.helpWord)) \(bashWords(verbs.map(\.name))); return ;;",
      "    esac",
      "  fi",
    ] + bashValues() + [
      "  if [[ $current == -* ]]; then",
      "    case $verb in",
    ] + verbs.map { "      \($0.name)) \(bashWords(flags(of: $0.name).flatMap(\.forms))) ;;" } + [
      "    esac",
      "    return",
      "  fi",
      "  if ((COMP_CWORD == 1)); then",
      "    \(bashWords(firstWords))",
      "  fi",
    ] + bashOperands() + ["}", "complete -F \(function) \(program)"]
  }

  private func bashWords(_ words: [String]) -> String {
    "\(completionFunction)_words \(words.joined(separator: " ").shellQuoted)"
  }

  private func bashFiles(_ completion: Flag.Completion) -> String? {
    switch completion {
    case .none: nil
    case .file: "\(completionFunction)_files -f"
    case .directory: "\(completionFunction)_files -d"
    }
  }

  /// What follows a flag that takes a value.
  private func bashValues() -> [String] {
    let cases = flags.filter { !$0.isSwitch }.map { flag in
      let words = flag.choices.isEmpty ? nil : bashWords(flag.choices)
      let commands = [words, bashFiles(flag.completesWith), "return"].compactMap(\.self)
      return "    \(flag.spellings.joined(separator: "|"))) \(commands.joined(separator: "; ")) ;;"
    }
    return cases.isEmpty ? [] : ["  case $previous in"] + cases + ["  esac"]
  }

  private func bashOperands() -> [String] {
    let cases = verbs.compactMap { verb in
      bashFiles(verb.operands.completesWith).map { "    \(verb.name)) \($0) ;;" }
    }
    return cases.isEmpty ? [] : ["  case $verb in"] + cases + ["  esac"]
  }
}
