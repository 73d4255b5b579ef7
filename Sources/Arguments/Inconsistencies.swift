extension CommandLineGrammar {
  /// What is wrong with the grammar itself, one sentence each; a test of the program wants none.
  ///
  /// Looks for names used twice or badly formed, verbs that do not exist, flags whose parts
  /// contradict each other, and lines of the short help that do not fit in 79 columns.
  public var inconsistencies: [String] {
    repeatedNames + flags.flatMap(complaints(about:)) + verbs.flatMap(complaints(about:))
  }

  private var repeatedNames: [String] {
    let spellings = flags.flatMap { [$0.spelling, $0.negation, $0.short.map { "-\($0)" }] }
    return repeated(spellings.compactMap(\.self)).map { "Two flags are spelled \($0)." }
      + repeated(verbs.map(\.name)).map { "Two verbs are named \($0)." }
  }

  private func repeated(_ words: [String]) -> [String] {
    var seen: Set<String> = []
    return words.filter { !seen.insert($0).inserted }
  }

  private func complaints(about flag: Flag) -> [String] {
    var complaints: [String] = []
    func require(_ holds: Bool, _ complaint: String) {
      if !holds { complaints.append("\(flag.spelling) \(complaint).") }
    }
    require(isKebabCase(flag.name), "is not lower-case words joined by hyphens")
    require(flag.short.map { $0.isASCII && $0.isLetter } ?? true, "has a short form not a letter")
    if flag.isSwitch {
      require(flag.choices.isEmpty, "takes no value but has choices")
      require(flag.completesWith == .none, "takes no value but completes one")
      require(!flag.isRepeatable, "is a switch, which is never repeatable")
    } else {
      require(!flag.isNegatable, "takes values and has a --no- form")
      require(flag.values.count.lowerBound > 0, "may be given with no value at all")
      require(flag.choices.allSatisfy(isPlain), "has a choice that a shell would not take as it is")
    }
    require(!flag.summary.isEmpty, "has no summary")
    require(!flag.section.isEmpty, "has no section")
    require(isOneLine(shortLines(of: flag, width: 79)), "does not fit on one line of the help")
    for verb in flag.verbs ?? [] {
      require(self.verb(named: verb) != nil, "belongs to \(verb), which is not a verb")
    }
    return complaints
  }

  private func complaints(about verb: Verb) -> [String] {
    var complaints: [String] = []
    func require(_ holds: Bool, _ complaint: String) {
      if !holds { complaints.append("The verb \(verb.name) \(complaint).") }
    }
    require(isKebabCase(verb.name), "is not lower-case words joined by hyphens")
    require(verb.name != Self.helpWord, "stands in the way of the built-in one")
    require(!verb.summary.isEmpty, "has no summary")
    require(isOneLine(shortLines(of: verb, width: 79)), "does not fit on one line of the help")
    require(
      verb.operands.placeholder.isEmpty == (verb.operands.count.upperBound == 0),
      "shows operands it does not take, or takes operands it does not show")
    return complaints
  }

  private func isOneLine(_ lines: [String]) -> Bool {
    lines.count == 1 && lines.allSatisfy { $0.count <= 79 }
  }

  private func isPlain(_ word: String) -> Bool {
    !word.isEmpty && word.first != "-"
      && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._:+-".contains($0)) }
  }

  private func isKebabCase(_ name: String) -> Bool {
    let allowed = { (letter: Character) in
      letter.isASCII && (letter.isLowercase || letter.isNumber)
    }
    return name.first?.isNumber == false
      && name.split(separator: "-", omittingEmptySubsequences: false)
        .allSatisfy { !$0.isEmpty && $0.allSatisfy(allowed) }
  }
}
