extension JSON {
  /// The value as JSON text on one line.
  public var compactText: String { text(indentation: nil) }

  /// The value as JSON text over several lines, two spaces a level; short lists stay on a line.
  public var prettyText: String { text(indentation: 0) }

  private func text(indentation: Int?) -> String {
    switch content {
    case .null: return "null"
    case .boolean(let value): return value ? "true" : "false"
    case .number(let value): return JSON.text(of: value)
    case .string(let value): return JSON.quoted(value)
    case .array(let values):
      let flat = "[" + values.map { $0.text(indentation: nil) }.joined(separator: ", ") + "]"
      guard let indentation, flat.count > 80 - indentation else { return flat }
      return JSON.block(
        values.map { $0.text(indentation: indentation + 2) }, "[", "]", indentation)
    case .object(let members):
      let inner = indentation.map { $0 + 2 }
      let parts = members.map { JSON.quoted($0.name) + ": " + $0.value.text(indentation: inner) }
      guard let indentation, !members.isEmpty else {
        return "{" + parts.joined(separator: ", ") + "}"
      }
      return JSON.block(parts, "{", "}", indentation)
    }
  }

  private static func block(
    _ parts: [String], _ open: String, _ close: String, _ indentation: Int
  ) -> String {
    let margin = String(repeating: " ", count: indentation + 2)
    let end = String(repeating: " ", count: indentation)
    return open + "\n" + parts.map { margin + $0 }.joined(separator: ",\n") + "\n" + end + close
  }

  /// A number as JSON writes it: the shortest digits that read back as the same value.
  ///
  /// What is not finite has no form in JSON and becomes `null`.
  public static func text(of number: Double) -> String {
    guard number.isFinite else { return "null" }
    if number == 0 { return number.sign == .minus ? "-0.0" : "0" }
    if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
    return "\(number)"
  }

  /// A string in quotes, with everything escaped that must be.
  public static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
