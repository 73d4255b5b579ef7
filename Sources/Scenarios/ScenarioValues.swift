import Foundation

extension Int: ScenarioValue {
  /// Words for a whole number.
  public static var accepts: String { "a whole number" }

  /// A whole number, also written as in 1e5.
  public init?(json: JSON) {
    guard let number = json.number, let whole = Int(exactly: number) else { return nil }
    self = whole
  }

  /// The number.
  public var json: JSON { .number(Double(self)) }
}

extension Double: ScenarioValue {
  /// Words for a number.
  public static var accepts: String { "a number" }

  /// A finite number.
  public init?(json: JSON) {
    guard let number = json.number, number.isFinite else { return nil }
    self = number
  }

  /// The number.
  public var json: JSON { .number(self) }
}

extension Bool: ScenarioValue {
  /// Words for a truth value.
  public static var accepts: String { "true or false" }

  /// `true` or `false`.
  public init?(json: JSON) {
    guard case .boolean(let value) = json.content else { return nil }
    self = value
  }

  /// The truth value.
  public var json: JSON { .boolean(self) }
}

extension String: ScenarioValue {
  /// Words for text.
  public static var accepts: String { "text in double quotes" }

  /// A string.
  public init?(json: JSON) {
    guard let text = json.string else { return nil }
    self = text
  }

  /// The string.
  public var json: JSON { .string(self) }
}

extension Optional: ScenarioValue where Wrapped: ScenarioValue {
  /// What the value itself accepts, or `null`.
  public static var accepts: String { Wrapped.accepts + " or null" }

  /// `null`, or the value.
  public init?(json: JSON) {
    if json == .null {
      self = .none
    } else if let value = Wrapped(json: json) {
      self = .some(value)
    } else {
      return nil
    }
  }

  /// The value, or `null`.
  public var json: JSON { self?.json ?? .null }
}

extension Array: ScenarioValue where Element: ScenarioValue {
  /// What each element accepts.
  public static var accepts: String { "a list, each \(Element.accepts)" }

  /// A list; a single value stands for a list of one, and `"600*0.04"` for 600 equal numbers.
  public init?(json: JSON) {
    guard case .array(let items) = json.content else {
      guard let single = Element(json: json) else { return nil }
      self = [single]
      return
    }
    var values: [Element] = []
    for item in items {
      if let value = Element(json: item) {
        values.append(value)
      } else if let (count, repeated) = item.repetition, let value = Element(json: repeated) {
        values += Array(repeating: value, count: count)
      } else {
        return nil
      }
    }
    self = values
  }

  /// The list.
  public var json: JSON { .array(map(\.json)) }
}

extension JSON {
  /// What an entry such as `"600*0.04"` of a list stands for: 600 times the number 0.04.
  fileprivate var repetition: (count: Int, value: JSON)? {
    guard let parts = string?.split(separator: "*", omittingEmptySubsequences: false),
      parts.count == 2, let count = Int(parts[0]), (1...1_000_000).contains(count),
      let number = Double(parts[1]), number.isFinite
    else { return nil }
    return (count, JSON(.number(number), origin: origin))
  }
}

/// A value that is one of a few words.
public protocol ScenarioChoice: ScenarioValue, CaseIterable, RawRepresentable<String> {}

extension ScenarioChoice {
  /// The words.
  public static var choices: [String] { allCases.map(\.rawValue) }

  /// The words, for a sentence.
  public static var accepts: String {
    "one of " + allCases.map(\.rawValue).joined(separator: ", ")
  }

  /// One of the words.
  public init?(json: JSON) {
    guard let word = json.string else { return nil }
    self.init(rawValue: word)
  }

  /// The word.
  public var json: JSON { .string(rawValue) }
}

/// Conditions that several keys share.
extension Condition where Value == Int {
  /// The size of something that is there.
  public static var size: Condition { atLeast(1, atMost: 1_000_000_000) }
  /// At least one whole number and at most another.
  public static func atLeast(_ least: Int, atMost most: Int) -> Condition {
    Condition("at least \(least), at most \(most)") { (least...most).contains($0) }
  }
  /// At least a given whole number.
  public static func atLeast(_ least: Int) -> Condition {
    Condition("at least \(least)") { $0 >= least }
  }
  /// Within a range.
  public static func within(_ range: ClosedRange<Int>) -> Condition {
    Condition("from \(range.lowerBound) to \(range.upperBound)") { range.contains($0) }
  }
}

extension Condition where Value == Int? {
  /// The size of something that is there, if it is given.
  public static var size: Condition {
    let given = Condition<Int>.size
    return Condition(given.words) { $0.map(given.allows) ?? true }
  }
  /// At least a given whole number, if there is one.
  public static func atLeast(_ least: Int) -> Condition {
    Condition("at least \(least)") { $0.map { $0 >= least } ?? true }
  }
  /// Within a range, if it is given.
  public static func within(_ range: ClosedRange<Int>) -> Condition {
    let given = Condition<Int>.within(range)
    return Condition(given.words) { $0.map(given.allows) ?? true }
  }
}

extension Condition where Value == Double {
  /// Above 0.
  public static var positive: Condition { Condition("greater than 0") { $0 > 0 } }
  /// 0 or above.
  public static var notNegative: Condition { Condition("at least 0") { $0 >= 0 } }
}

extension Condition where Value == Double? {
  /// Above 0, if there is one.
  public static var positive: Condition {
    Condition("greater than 0") { $0.map { $0 > 0 } ?? true }
  }
}

extension Condition where Value == [Double] {
  /// A number of entries, each 0 or above.
  public static func notNegative(count: ClosedRange<Int>) -> Condition {
    Condition("\(words(count)), each at least 0") {
      count.contains($0.count) && $0.allSatisfy { $0 >= 0 }
    }
  }

  /// A number of entries.
  public static func count(_ count: ClosedRange<Int>) -> Condition {
    Condition(words(count)) { count.contains($0.count) }
  }

  private static func words(_ count: ClosedRange<Int>) -> String {
    count.lowerBound == count.upperBound
      ? "\(count.lowerBound) of them" : "\(count.lowerBound) to \(count.upperBound) of them"
  }
}
