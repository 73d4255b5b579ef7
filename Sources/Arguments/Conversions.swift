import Spelling

extension Invocation {
  /// The value of the flag as it was typed, or `nil` when the flag is absent.
  ///
  /// Of a repeatable flag, the value given last.
  public func text(_ flag: String) -> String? { values(of: flag).last?.last }

  /// The entries of the flag's values, separated by commas or spaces, or `nil` when it is absent.
  ///
  /// All occurrences of a repeatable flag are joined. An empty entry, as in `a,,b`, is kept.
  public func texts(_ flag: String) -> [String]? {
    isGiven(flag) ? values(of: flag).flatMap { $0.flatMap(listEntries) } : nil
  }

  /// The value of the flag as a whole number, or `nil` when the flag is absent.
  ///
  /// `1e5`, `2.50e2` and `+7` are whole numbers; `1.5`, `1e-3`, `0x10` and `1_000` are none.
  /// The decimal digits are taken exactly, whatever double precision could hold.
  ///
  /// - Throws: ``ArgumentError/notAnInteger(flag:value:)`` or
  ///   ``ArgumentError/integerOutOfRange(flag:value:)``.
  public func integer(_ flag: String) throws(ArgumentError) -> Int? {
    guard let value = text(flag) else { return nil }
    switch WholeNumber(value) {
    case .value(let integer): return integer
    case .tooLarge: throw .integerOutOfRange(flag: "--" + flag, value: value)
    case .notWhole: throw .notAnInteger(flag: "--" + flag, value: value)
    }
  }

  /// The value of the flag as a number, or `nil` when the flag is absent.
  ///
  /// `inf` and `-inf` are numbers; whether they make sense is the caller's to say.
  ///
  /// - Parameter allowsNaN: whether `nan` is taken for a number.
  /// - Throws: ``ArgumentError/notANumber(flag:value:)``,
  ///   ``ArgumentError/undefinedNumber(flag:value:)`` for NaN, and
  ///   ``ArgumentError/numberOutOfRange(flag:value:)`` for digits such as `1e999`.
  public func number(
    _ flag: String, allowsNaN: Bool = false
  ) throws(ArgumentError) -> Double? {
    guard let value = text(flag) else { return nil }
    return try convert(value, of: flag, allowsNaN: allowsNaN)
  }

  /// The values of the flag as numbers, or `nil` when the flag is absent.
  ///
  /// Numbers may be separate words, or one word with commas or spaces. Occurrences are joined.
  ///
  /// - Parameter allowsNaN: whether `nan` is taken for a number.
  /// - Throws: as ``number(_:allowsNaN:)`` does, for the first entry that is no number.
  public func numbers(
    _ flag: String, allowsNaN: Bool = false
  ) throws(ArgumentError) -> [Double]? {
    guard let entries = texts(flag) else { return nil }
    var numbers: [Double] = []
    for entry in entries {
      numbers.append(try convert(entry, of: flag, allowsNaN: allowsNaN))
    }
    return numbers
  }

  /// The value of the flag as a case of an enumeration, or `nil` when the flag is absent.
  ///
  /// - Throws: ``ArgumentError/notAChoice(flag:value:choices:suggestion:)``.
  public func choice<Choice>(
    _ flag: String, of type: Choice.Type
  ) throws(ArgumentError) -> Choice?
  where Choice: CaseIterable & RawRepresentable, Choice.RawValue == String {
    guard let value = text(flag) else { return nil }
    guard let choice = Choice(rawValue: value) else {
      let choices = Choice.allCases.map(\.rawValue)
      throw .notAChoice(
        flag: "--" + flag, value: value, choices: choices,
        suggestion: nearest(to: value, in: choices))
    }
    return choice
  }

  private func convert(
    _ value: String, of flag: String, allowsNaN: Bool
  ) throws(ArgumentError) -> Double {
    guard let number = Double(value) else { throw .notANumber(flag: "--" + flag, value: value) }
    if number.isNaN && !allowsNaN { throw .undefinedNumber(flag: "--" + flag, value: value) }
    if number.isInfinite && value.contains(where: \.isNumber) {
      throw .numberOutOfRange(flag: "--" + flag, value: value)
    }
    return number
  }
}

/// The whole number a decimal text stands for, digit by digit.
enum WholeNumber: Equatable {
  case value(Int)
  case tooLarge
  case notWhole

  /// Reads `[+-]digits[.digits][e[+-]digits]`.
  init(_ text: String) {
    var rest = Substring(text)
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest.removeFirst() }
    let parts = rest.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { "eE".contains($0) })
    let mantissa = parts[0].split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    var digits = mantissa.joined()
    let exponentText = parts.count > 1 ? parts[1] : "0"
    let exponentDigits = exponentText.drop { "+-".contains($0) }
    guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit),
      !exponentDigits.isEmpty, exponentDigits.allSatisfy(\.isASCIIDigit),
      exponentText.count - exponentDigits.count <= 1
    else {
      self = .notWhole
      return
    }
    guard digits.contains(where: { $0 != "0" }) else {
      self = .value(0)
      return
    }
    // An exponent too long for Int is too long for anything but zero.
    let limit = Int.max / 4
    let bounded = Int(exponentText) ?? (exponentText.hasPrefix("-") ? -limit : limit)
    var exponent = min(limit, max(-limit, bounded)) - (mantissa.count > 1 ? mantissa[1].count : 0)
    while digits.last == "0" {
      digits.removeLast()
      exponent += 1
    }
    guard exponent >= 0 else {
      self = .notWhole
      return
    }
    digits = String(digits.drop { $0 == "0" })
    guard digits.count + exponent <= 19 else {
      self = .tooLarge
      return
    }
    let written = (isNegative ? "-" : "") + digits + String(repeating: "0", count: exponent)
    self = Int(written).map { .value($0) } ?? .tooLarge
  }
}

extension Character {
  /// Whether the character is one of 0 to 9.
  var isASCIIDigit: Bool { isASCII && isNumber }
}
