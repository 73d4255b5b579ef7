import Arguments
import Scenarios

/// A flag that sets a key of the scenario; what it means and its default come from the key.
struct ScenarioFlag: Sendable {
  let flag: Flag
  let key: String
  /// Whether the word `none` stands for null, and not for itself.
  private let acceptsNull: Bool

  /// A flag for a key.
  ///
  /// - Parameters:
  ///   - name: long name of the flag.
  ///   - key: full name of the key.
  ///   - values: how many values it takes; nil for a switch.
  ///   - isList: whether a value may be a comma-separated list.
  init(
    _ name: String, _ short: Character? = nil, key: String, _ values: Flag.Arity = .none,
    isList: Bool = false, default defaultText: String? = nil, section: String,
    _ discussion: String = "", verbs: [String] = ["run", "theory", "sweep"]
  ) {
    let described = Self.keys[key]
    let shown = defaultText ?? described.flatMap { Self.shown($0.byDefault) }
    let isSwitch = values == .none
    flag = Flag(
      name, short: short, values: values, choices: described?.choices ?? [],
      acceptsOtherValues: Self.acceptsOtherValues.contains(key), isList: isList,
      isOnByDefault: isSwitch && described?.byDefault == "true", isNegatable: isSwitch,
      defaultText: isSwitch ? nil : shown,
      verbs: verbs + (key == "training.iterations" ? ["resume"] : []), section: section,
      summary: described?.summary ?? key, discussion: discussion)
    self.key = key
    acceptsNull = Self.acceptsNull(key)
  }

  /// What the command line says for the key, if it says anything.
  func value(in invocation: Invocation) -> JSON? {
    let origin = Origin.flag(flag.spelling)
    if flag.isSwitch {
      return invocation.setting(of: flag.name).map { JSON(.boolean($0), origin: origin) }
    }
    guard let typed = invocation.values(of: flag.name).last else { return nil }
    let words = typed.flatMap { flag.isList || typed.count > 1 ? Self.split($0) : [$0] }
    let values = words.map {
      JSON($0 == "none" && acceptsNull ? .null : Self.content(of: $0), origin: origin)
    }
    return values.count == 1 ? values[0] : JSON(.array(values), origin: origin)
  }

  /// A typed word as JSON: a finite number, otherwise a string.
  static func content(of word: String) -> JSON.Content {
    guard let number = Double(word), number.isFinite else { return .string(word) }
    return .number(number)
  }

  /// Whether a key may be null, which `none` stands for.
  static func acceptsNull(_ key: String) -> Bool { keys[key]?.accepts.contains("null") ?? false }

  /// A key that several kinds of a section have is that of the first, with the words of all.
  private static let keys: [String: KeyDescription] = Dictionary(
    Scenario.keys.map { ($0.path, $0) },
    uniquingKeysWith: { first, other in
      var merged = first
      merged.choices += other.choices.filter { !first.choices.contains($0) }
      return merged
    })

  /// Keys whose words are not the only values.
  private static let acceptsOtherValues: Set = ["data.sigmas", "data.teacher"]

  private static func split(_ word: String) -> [String] {
    word.split(separator: ",").map(String.init)
  }

  /// A default as help shows it: lists with spaces, no quotes, nothing for null.
  private static func shown(_ json: String) -> String? {
    guard json != "null", json != "[]" else { return nil }
    return json.filter { !"[]\",".contains($0) }
  }
}
