extension Flag {
  /// The short and the long form with the placeholder, such as `-n, --samples N`.
  var label: String {
    spellings.joined(separator: ", ") + (values.placeholder.map { " " + $0 } ?? "")
  }

  /// The short form, if there is one, then the long form.
  var spellings: [String] { (short.map { ["-\($0)"] } ?? []) + [spelling] }

  /// What follows from the flag's definition, one sentence each, for every long form of the help.
  var facts: [String] {
    var facts: [String] = []
    if !choices.isEmpty {
      let words = acceptsOtherValues ? choices + ["another value"] : choices
      facts.append("Choices: \(listed(words, "or")).")
    }
    if isList { facts.append("Several are separated by commas.") }
    if isRepeatable { facts.append("May be given more than once.") }
    if let negation { facts.append("\(negation) turns it off.") }
    if let defaultText, !isSwitch { facts.append("Default: \(defaultText).") }
    if isOnByDefault { facts.append("On by default.") }
    if let verbs { facts.append("Only with \(listed(verbs)).") }
    return facts
  }
}

extension CommandLineGrammar {
  /// The verbs with their operands, as they are called, and the built-in word for help.
  var verbEntries: [(label: String, verb: String, summary: String, isDefault: Bool)] {
    verbs.map { verb in
      let operands = verb.operands.placeholder
      return (
        verb.name + (operands.isEmpty ? "" : " " + operands), verb.name, verb.summary,
        verb == defaultVerb
      )
    } + [("\(Self.helpWord) [VERB]", Self.helpWord, Self.helpSummary, false)]
  }

  static var helpSummary: String { "everything about the program, or about one verb" }

  /// The notes after the flags, those that are not empty.
  var notes: [(title: String, entries: [Definition])] {
    [("EXIT STATUS", exitStatuses), ("ENVIRONMENT", environment), ("FILES", files)]
      .filter { !$0.entries.isEmpty }
  }
}
