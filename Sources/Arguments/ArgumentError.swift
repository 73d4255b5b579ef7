/// What can be wrong with a command line.
public enum ArgumentError: Error, Equatable, Sendable {
  /// The first word is no verb, and the default verb takes no operands.
  case unknownVerb(String, suggestion: String?, verbs: [String])
  /// A verb stands behind other words; `verb` is the one that was taken.
  case misplacedVerb(String, verb: String)
  /// No flag is written like this.
  case unknownFlag(String, suggestion: String?)
  /// The flag exists but not for this verb.
  case misplacedFlag(String, verb: String, verbs: [String])
  /// A switch without a `--no-` form was written with one.
  case notNegatable(flag: String)
  /// A switch was given a value; `negation` is its `--no-` form.
  case valueForSwitch(flag: String, value: String, negation: String?)
  /// Fewer values than the flag needs, then the end, or `next`, which looks like a flag.
  case missingValue(flag: String, placeholder: String, given: [String], next: String?)
  /// More values than the flag takes.
  case tooManyValues(flag: String, count: ClosedRange<Int>, given: [String])
  /// A further value stands apart from those attached to the flag.
  case detachedValue(flag: String, attached: [String], value: String)
  /// A value is none of the words the flag takes.
  case notAChoice(flag: String, value: String, choices: [String], suggestion: String?)
  /// A flag that is taken once was given twice, with these values.
  case repeated(flag: String, first: [String], second: [String])
  /// A switch was both turned on and turned off.
  case contradiction(flag: String, negation: String)
  /// A word was left over although the verb takes none.
  case unexpectedOperand(String, verb: String)
  /// Fewer operands than the verb needs.
  case missingOperand(verb: String, placeholder: String, given: [String])
  /// More operands than the verb takes.
  case tooManyOperands(verb: String, placeholder: String, count: ClosedRange<Int>, given: [String])
  /// A value that should be a whole number is not.
  case notAnInteger(flag: String, value: String)
  /// A whole number does not fit in 64 bits.
  case integerOutOfRange(flag: String, value: String)
  /// A value that should be a number is not.
  case notANumber(flag: String, value: String)
  /// A number is beyond what double precision can hold.
  case numberOutOfRange(flag: String, value: String)
  /// A value is NaN where a number is needed.
  case undefinedNumber(flag: String, value: String)
}

extension ArgumentError: CustomStringConvertible {
  /// One sentence for a person.
  public var description: String {
    switch self {
    case .unknownVerb(let word, let suggestion?, _):
      "Unknown verb `\(word)`: did you mean `\(suggestion)`?"
    case .unknownVerb(let word, nil, let verbs):
      "Unknown verb `\(word)`: the verbs are \(listed(verbs))."
    case .misplacedVerb(let word, let verb):
      "`\(word)` stands among the words for `\(verb)`, which takes none: a verb must be the first "
        + "word."
    case .unknownFlag(let flag, let suggestion?):
      "Unknown flag \(flag): did you mean \(suggestion)?"
    case .unknownFlag(let flag, nil):
      "Unknown flag \(flag): -h lists the flags."
    case .misplacedFlag(let flag, let verb, let verbs):
      "\(flag) is not a flag of `\(verb)` but of \(listed(verbs.map { "`\($0)`" })): begin with "
        + "\(verbs.count == 1 ? "that verb" : "one of those verbs"), or leave the flag out."
    case .notNegatable(let flag):
      "\(flag) has no --no- form: it is off unless given, so leave it out."
    case .valueForSwitch(let flag, let value, let negation):
      "\(flag) is a switch and takes no value, but \(quoted(value)) was given: write \(flag) alone"
        + (negation.map { ", or \($0) to turn it off." } ?? ", or leave it out.")
    case .missingValue(let flag, let placeholder, let given, let next):
      missingValueText(flag, placeholder, given, next)
    case .tooManyValues(let flag, let count, let given):
      "\(flag) takes \(counted(count, "value", of: given)), \(counted(given.count)) given: "
        + given.joined(separator: " ") + "; leave out what is too much."
    case .detachedValue(let flag, let attached, let value):
      "\(quoted(value)) stands apart from \(flag)=\(attached.joined(separator: ",")): write "
        + "\(flag) \((attached + [value]).joined(separator: " "))."
    case .notAChoice(let flag, let value, let choices, let suggestion):
      "\(flag) cannot be \(quoted(value)): "
        + (suggestion.map { "did you mean \($0)?" } ?? "choose from \(listed(choices)).")
    case .repeated(let flag, let first, let second):
      "\(flag) is given twice, as \(quoted(first.joined(separator: " "))) and as "
        + "\(quoted(second.joined(separator: " "))): keep one."
    case .contradiction(let flag, let negation):
      "\(flag) and \(negation) are both given: keep one."
    case .unexpectedOperand(let word, let verb):
      "`\(verb)` takes no words beside flags, but \(quoted(word)) was given: leave it out, or put "
        + "the flag it belongs to before it."
    case .missingOperand(let verb, let placeholder, let given):
      "`\(verb)` needs \(placeholder), but "
        + (given.isEmpty ? "nothing" : "only \(given.joined(separator: " "))")
        + " was given: add what is missing."
    case .tooManyOperands(let verb, let placeholder, let count, let given):
      "`\(verb)` takes \(placeholder), that is \(counted(count, "word", of: [])), "
        + "\(counted(given.count)) given: \(given.joined(separator: " ")); leave out what is too "
        + "much."
    case .notAnInteger(let flag, let value):
      "\(flag) needs a whole number such as 50 or 1e5, not \(quoted(value))."
    case .integerOutOfRange(let flag, let value):
      "\(flag) needs a whole number between \(Int.min) and \(Int.max), and \(value) is not."
    case .notANumber(let flag, let value):
      "\(flag) needs a number such as 10, -0.1 or 1e-3, not \(quoted(value))."
    case .numberOutOfRange(let flag, let value):
      "\(flag) needs a number up to \(Double.greatestFiniteMagnitude) in size, and \(value) is "
        + "larger: write inf if infinity is meant."
    case .undefinedNumber(let flag, let value):
      "\(flag) needs a number, and \(value) is none: leave the flag out for its default."
    }
  }
}

private func missingValueText(
  _ flag: String, _ placeholder: String, _ given: [String], _ next: String?
) -> String {
  let needed = given.isEmpty ? "needs a value" : "needs more than \(given.joined(separator: " "))"
  let attach = next.map { ", or \(flag)=\($0) if \($0) is the value" } ?? ""
  return "\(flag) \(needed): write \(flag) \(placeholder)\(attach)."
}

/// The value between backticks; an empty one in words.
private func quoted(_ value: String) -> String { value.isEmpty ? "an empty text" : "`\(value)`" }

/// A number in words up to twelve, in digits beyond.
private func counted(_ number: Int) -> String {
  let words = [
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
  ]
  return words.indices.contains(number) ? words[number] : String(number)
}

/// `one value`, `one or two numbers`, `2 to 5 values`: numbers if everything given is one.
private func counted(_ count: ClosedRange<Int>, _ noun: String, of given: [String]) -> String {
  let noun = !given.isEmpty && given.allSatisfy { Double($0) != nil } ? "number" : noun
  let plural = noun + (count.upperBound == 1 ? "" : "s")
  return switch count.upperBound - count.lowerBound {
  case 0: "\(counted(count.lowerBound)) \(plural)"
  case 1: "\(counted(count.lowerBound)) or \(counted(count.upperBound)) \(plural)"
  default: "\(counted(count.lowerBound)) to \(counted(count.upperBound)) \(plural)"
  }
}
