import Spelling

extension CommandLineGrammar {
  /// What the words after the program's name say.
  ///
  /// - The first word is a verb, if it is one; no other word ever is. `help VERB` asks for help.
  /// - A word that reads as a number, or as numbers joined by commas, is a value and never a flag.
  /// - Values follow a flag as words, `--name VALUE`, or are attached, `--name=VALUE`,
  ///   `-nVALUE`. A flag of several values takes words until the next flag or its last value;
  ///   attached values are all it gets.
  /// - Switches of one letter may share a dash; the last letter may be a flag that takes values.
  /// - `--` ends the flags; whatever comes then is an operand.
  /// - `-h`, `--help` and `--version` win over everything else that is right or wrong.
  ///
  /// - Throws: the first thing that is wrong, from left to right.
  /// - Complexity: O(words × flags).
  public func parse(_ arguments: [String]) throws(ArgumentError) -> Invocation {
    var reader = ArgumentReader(grammar: self, tokens: arguments)
    return try reader.invocation()
  }
}

/// Walks over the words of a command line once.
struct ArgumentReader {
  let grammar: CommandLineGrammar
  let tokens: [String]
  private var position = 0
  private var verb: Verb
  private var occurrences: [Invocation.Occurrence] = []
  private var operands: [String] = []
  private var request = Invocation.Request.run
  /// The flag whose values end at `position`, and whether they were attached to it.
  private var last: (flag: Flag, end: Int, isAttached: Bool)?

  init(grammar: CommandLineGrammar, tokens: [String]) {
    self.grammar = grammar
    self.tokens = tokens
    self.verb = grammar.defaultVerb
  }

  mutating func invocation() throws(ArgumentError) -> Invocation {
    try readVerb()
    if request == .run { readRequest() }
    while request == .run, position < tokens.count {
      let token = tokens[position]
      position += 1
      if token == "--" {
        last = nil
        for operand in tokens[position...] { try take(operand: operand) }
        position = tokens.count
      } else if !isFlagLike(token) {
        try take(operand: token)
      } else if token.hasPrefix("--") {
        try readLong(token)
      } else {
        try readShort(token)
      }
    }
    guard request == .run else {
      return Invocation(request: request, verb: verb.name, flags: grammar.flags)
    }
    try checkOperandCount()
    return Invocation(
      request: .run, verb: verb.name, occurrences: occurrences, operands: operands,
      flags: grammar.flags)
  }

  // MARK: Verb and requests

  private mutating func readVerb() throws(ArgumentError) {
    guard let word = tokens.first, !isFlagLike(word) else { return }
    if let named = grammar.verb(named: word) {
      verb = named
      position = 1
    } else if word == CommandLineGrammar.helpWord {
      let topic = tokens.dropFirst().first { !isFlagLike($0) }
      if let topic, topic != word { verb = try knownVerb(topic) }
      request = .help(verb: topic == word ? nil : topic, .long)
    } else if verb.operands.count.upperBound == 0 {
      verb = try knownVerb(word)
    }
  }

  private func knownVerb(_ word: String) throws(ArgumentError) -> Verb {
    if let verb = grammar.verb(named: word) { return verb }
    let names = grammar.verbs.map(\.name)
    throw .unknownVerb(
      word, suggestion: nearest(to: word, in: names + [CommandLineGrammar.helpWord]), verbs: names)
  }

  /// Looks ahead for a request for help or for the version, which nothing may stand in the way of.
  private mutating func readRequest() {
    let flags = tokens[position...].prefix { $0 != "--" }.filter(isFlagLike)
    if let help = grammar.flag(named: "help") {
      if flags.contains(help.spelling) { return request = .help(verb: topic, .long) }
      if let short = help.short, flags.contains("-\(short)") {
        return request = .help(verb: topic, .short)
      }
    }
    if let version = grammar.flag(named: "version"), flags.contains(version.spelling) {
      request = .version
    }
  }

  /// The verb that was named, if one was.
  private var topic: String? { tokens.first == verb.name ? verb.name : nil }

  // MARK: Flags

  private mutating func readLong(_ token: String) throws(ArgumentError) {
    let parts = token.dropFirst(2).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false
    ).map(String.init)
    let attached = parts.count > 1 ? parts[1] : nil
    if let flag = grammar.flag(named: parts[0]) {
      try take(flag, attached: attached)
    } else if parts[0].hasPrefix("no-"),
      let flag = grammar.flag(named: String(parts[0].dropFirst(3))),
      flag.isSwitch
    {
      guard flag.isNegatable else { throw .notNegatable(flag: flag.spelling) }
      try take(flag, attached: attached, isNegated: true)
    } else {
      throw .unknownFlag("--" + parts[0], suggestion: suggestion(for: parts[0]))
    }
  }

  /// Reads a dash and letters: switches, then perhaps a flag with a value attached.
  private mutating func readShort(_ token: String) throws(ArgumentError) {
    var letters = token.dropFirst()
    let name = String(letters.prefix { $0 != "=" })
    if name.count > 1, grammar.flag(named: name) != nil {
      throw .unknownFlag("-" + name, suggestion: "--" + name)
    }
    while let letter = letters.popFirst(), request == .run {
      guard let flag = grammar.flag(short: letter) else {
        throw .unknownFlag(
          name.count > 1 ? "-\(letter) in -\(name)" : "-\(name)", suggestion: suggestion(for: name))
      }
      let hasValue = letters.first == "=" || (!flag.isSwitch && !letters.isEmpty)
      if letters.first == "=" { letters.removeFirst() }
      let attached = hasValue ? String(letters) : nil
      if hasValue { letters = "" }
      if flag.name == "help" {
        request = .help(verb: topic, .short)
      } else {
        try take(flag, attached: attached)
      }
    }
  }

  private func suggestion(for name: String) -> String? {
    if name.count == 1, let letter = name.first {
      let other = letter.isUppercase ? name.lowercased() : name.uppercased()
      return other.first.flatMap { grammar.flag(short: $0) == nil ? nil : "-\($0)" }
    }
    // The verb's own flags first, so that they win among equally near ones.
    let flags = grammar.flags(of: verb.name) + grammar.flags
    let spellings = flags.flatMap { [$0.spelling, $0.negation].compactMap(\.self) }
    return nearest(to: name, in: spellings.map { String($0.dropFirst(2)) }).map { "--" + $0 }
  }

  private mutating func take(
    _ flag: Flag, attached: String?, isNegated: Bool = false
  ) throws(ArgumentError) {
    if let verbs = flag.verbs, !verbs.contains(verb.name) {
      throw .misplacedFlag(flag.spelling, verb: verb.name, verbs: verbs)
    }
    let values: [String]
    if flag.isSwitch {
      if let attached {
        throw .valueForSwitch(flag: flag.spelling, value: attached, negation: flag.negation)
      }
      values = []
    } else {
      values = try readValues(of: flag, attached: attached)
    }
    try checkRepetition(of: flag, values: values, isNegated: isNegated)
    occurrences.append(
      Invocation.Occurrence(flag: flag.name, values: values, isNegated: isNegated))
    last = (flag, position, attached != nil)
  }

  private mutating func readValues(
    of flag: Flag, attached: String?
  ) throws(ArgumentError) -> [String] {
    let count = flag.values.count
    var values = attached.map { splitValues($0, arity: flag.values) } ?? []
    while attached == nil, position < tokens.count, values.count < count.upperBound,
      !isFlagLike(tokens[position])
    {
      values += splitValues(tokens[position], arity: flag.values)
      position += 1
    }
    if values.count < count.lowerBound {
      let next = position < tokens.count && attached == nil ? tokens[position] : nil
      throw .missingValue(
        flag: flag.spelling, placeholder: flag.values.placeholder ?? "", given: values,
        next: next == "--" ? nil : next)
    }
    if values.count > count.upperBound {
      throw .tooManyValues(flag: flag.spelling, count: count, given: values)
    }
    if !flag.choices.isEmpty, !flag.acceptsOtherValues {
      for word in flag.isList ? values.flatMap(listEntries) : values
      where !flag.choices.contains(word) {
        throw .notAChoice(
          flag: flag.spelling, value: word, choices: flag.choices,
          suggestion: nearest(to: word, in: flag.choices))
      }
    }
    return values
  }

  private func checkRepetition(
    of flag: Flag, values: [String], isNegated: Bool
  ) throws(ArgumentError) {
    guard !flag.isRepeatable, let earlier = occurrences.last(where: { $0.flag == flag.name })
    else { return }
    if !flag.isSwitch {
      throw .repeated(flag: flag.spelling, first: earlier.values, second: values)
    }
    if earlier.isNegated != isNegated, let negation = flag.negation {
      throw .contradiction(flag: flag.spelling, negation: negation)
    }
  }

  // MARK: Operands

  private mutating func take(operand: String) throws(ArgumentError) {
    guard verb.operands.count.upperBound == 0 else { return operands.append(operand) }
    if grammar.verb(named: operand) != nil || operand == CommandLineGrammar.helpWord {
      throw .misplacedVerb(operand, verb: verb.name)
    }
    guard let last, last.end == position - 1 else {
      throw .unexpectedOperand(operand, verb: verb.name)
    }
    let given = occurrences.last?.values ?? []
    if last.flag.isSwitch {
      throw .valueForSwitch(
        flag: last.flag.spelling, value: operand, negation: last.flag.negation)
    }
    if last.isAttached, given.count < last.flag.values.count.upperBound {
      throw .detachedValue(flag: last.flag.spelling, attached: given, value: operand)
    }
    let rest = tokens[(position - 1)...].prefix { !isFlagLike($0) }
    throw .tooManyValues(
      flag: last.flag.spelling, count: last.flag.values.count, given: given + rest)
  }

  private func checkOperandCount() throws(ArgumentError) {
    let wanted = verb.operands
    if operands.count < wanted.count.lowerBound {
      throw .missingOperand(verb: verb.name, placeholder: wanted.placeholder, given: operands)
    }
    if operands.count > wanted.count.upperBound {
      throw .tooManyOperands(
        verb: verb.name, placeholder: wanted.placeholder, count: wanted.count, given: operands)
    }
  }
}
