/// The text of a Swift file, taken apart just enough to tell code from comments and strings.
///
/// What is taken out becomes spaces, so that lines keep their numbers. Code interpolated into a
/// string counts as code. Regular-expression literals are not known.
struct SwiftSource {
  /// The text without comments and without the contents of strings.
  let code: String
  /// The text without comments.
  let codeAndStrings: String
  /// Whether every comment, string and interpolation ends; if not, the rest is not to be trusted.
  let isComplete: Bool

  init(_ text: String) {
    var scanner = Scanner(text)
    scanner.scanCode(inParentheses: false)
    code = String(decoding: scanner.code, as: UTF8.self)
    codeAndStrings = String(decoding: scanner.codeAndStrings, as: UTF8.self)
    isComplete = scanner.isComplete
  }
}

private struct Scanner {
  var code: [UInt8]
  var codeAndStrings: [UInt8]
  var isComplete = true
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
    code = bytes
    codeAndStrings = bytes
  }

  /// Reads code to the end of the text, or to the parenthesis that closes an interpolation.
  mutating func scanCode(inParentheses: Bool) {
    var depth = 0
    while position < bytes.count {
      if isNext("//") {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { blankComment(1) }
      } else if isNext("/*") {
        scanBlockComment()
      } else if let hashes = hashesBeforeString() {
        scanString(hashes: hashes)
      } else {
        if isNext("(") { depth += 1 }
        if isNext(")") {
          if inParentheses && depth == 0 { return }
          depth -= 1
        }
        position += 1
      }
    }
    if inParentheses { isComplete = false }
  }

  private mutating func scanBlockComment() {
    var depth = 0
    repeat {
      if isNext("/*") {
        depth += 1
        blankComment(2)
      } else if isNext("*/") {
        depth -= 1
        blankComment(2)
      } else {
        blankComment(1)
      }
    } while depth > 0 && position < bytes.count
    if depth > 0 { isComplete = false }
  }

  private mutating func scanString(hashes: Int) {
    let marks = String(repeating: "#", count: hashes)
    position += hashes
    let quotes = isNext("\"\"\"") ? "\"\"\"" : "\""
    position += quotes.utf8.count
    while position < bytes.count {
      if isNext(quotes + marks) {
        position += quotes.utf8.count + hashes
        return
      }
      if isNext("\\" + marks + "(") {
        position += hashes + 2
        scanCode(inParentheses: true)
        position += 1
      } else if isNext("\\" + marks) {
        blankString(hashes + 2)
      } else {
        blankString(1)
      }
    }
    isComplete = false
  }

  /// The number of `#` before the string that starts here, or nil if none does.
  private func hashesBeforeString() -> Int? {
    var end = position
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
    return end < bytes.count && bytes[end] == UInt8(ascii: "\"") ? end - position : nil
  }

  private func isNext(_ text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

  private mutating func blankComment(_ count: Int) {
    let start = position
    blankString(count)
    for i in start..<position where bytes[i] != UInt8(ascii: "\n") {
      codeAndStrings[i] = UInt8(ascii: " ")
    }
  }

  private mutating func blankString(_ count: Int) {
    for _ in 0..<count where position < bytes.count {
      if bytes[position] != UInt8(ascii: "\n") { code[position] = UInt8(ascii: " ") }
      position += 1
    }
  }
}
