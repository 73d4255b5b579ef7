/// Strings with their escapes.
extension JSONReader {
  mutating func text() throws -> String {
    let start = self
    advance()
    var result: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        advance()
        return String(decoding: result, as: UTF8.self)
      case UInt8(ascii: "\\"):
        result.append(contentsOf: try escaped().utf8)
      case 0..<0x20:
        throw error("A string contains an unescaped control character", "write \\n, \\t or \\u00XX")
      default:
        result.append(byte)
        advance()
      }
    }
    throw start.error("A string is not closed", "end it with a double quote")
  }

  private mutating func escaped() throws -> String {
    let start = self
    advance()
    guard let byte = current else { throw start.error("A string is not closed", "end it") }
    advance()
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var unit = try hexadecimal(start)
      if (0xD800..<0xDC00).contains(unit), current == UInt8(ascii: "\\") {
        advance()
        guard current == UInt8(ascii: "u") else {
          throw start.error("Half a surrogate pair stands alone", "write both halves")
        }
        advance()
        let low = try hexadecimal(start)
        guard (0xDC00..<0xE000).contains(low) else {
          throw start.error("A surrogate pair has no second half", "write both halves")
        }
        unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(unit) else {
        throw start.error("Half a surrogate pair stands alone", "write both halves")
      }
      return String(Character(scalar))
    default:
      position -= 1
      throw start.error(
        "\\\(characterHere) is no escape in JSON", "write \\\\ for a backslash")
    }
  }

  private mutating func hexadecimal(_ start: JSONReader) throws -> UInt32 {
    var digits = ""
    while digits.count < 4, let byte = current {
      digits.unicodeScalars.append(Unicode.Scalar(byte))
      advance()
    }
    guard digits.count == 4, digits.allSatisfy(\.isHexDigit), let unit = UInt32(digits, radix: 16)
    else { throw start.error("\\u needs four hexadecimal digits", "write them, as in \\u03ba") }
    return unit
  }
}
