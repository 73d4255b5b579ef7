import Testing

@testable import Scenarios

/// A text that is not JSON, and the whole sentence that says so.
struct Malformed: Sendable, CustomTestStringConvertible {
  var text: String
  var sentence: String
  init(_ text: String, _ sentence: String) { (self.text, self.sentence) = (text, sentence) }
  var testDescription: String { text.debugDescription }

  static let words =
    "write strings in double quotes, and otherwise a number, true, false or null."
  static let numbers = "write it as in 0.5, -3 or 1e-4."

  static let all: [Malformed] = [
    Malformed("", "f:1:1: The text ends where a value should stand: complete it."),
    Malformed("  \n ", "f:2:2: The text ends where a value should stand: complete it."),
    Malformed(
      "{",
      "f:1:2: The text ends in the middle of an object: "
        + "write a name in double quotes, a colon and a value."),
    Malformed("{\"a\"", "f:1:5: The text ends in the middle of a value: complete it."),
    Malformed("{\"a\":", "f:1:6: The text ends where a value should stand: complete it."),
    Malformed("{\"a\": 1", "f:1:8: The text ends in the middle of a value: complete it."),
    Malformed(
      "{\"a\": 1,",
      "f:1:9: The text ends in the middle of an object: "
        + "write a name in double quotes, a colon and a value."),
    Malformed(
      "{\"a\": 1,}",
      "f:1:9: A key is missing: write a name in double quotes, a colon and a value."),
    Malformed(
      "{a: 1}", "f:1:2: A key is missing: write a name in double quotes, a colon and a value."),
    Malformed("{\"a\" 1}", "f:1:6: A colon is missing after the key a: put one here."),
    Malformed(
      "{\"a\": 1 \"b\": 2}",
      "f:1:9: A comma or } is missing after the value of a: put one here."),
    Malformed(
      "{\n\"a\": 1,\n  \"a\": 2}", "f:3:3: The key a stands twice in one object: keep one of them."),
    Malformed("[1, 2", "f:1:6: The text ends in the middle of a value: complete it."),
    Malformed("[1 2]", "f:1:4: A comma or ] is missing in a list: put one here."),
    Malformed("[1, ]", "f:1:5: ']' is not a JSON value: \(words)"),
    Malformed("[,]", "f:1:2: ',' is not a JSON value: \(words)"),
    Malformed("nul", "f:1:1: 'nul' is not a JSON value: \(words)"),
    Malformed("True", "f:1:1: 'True' is not a JSON value: \(words)"),
    Malformed("{\"κ\": κ}", "f:1:7: 'κ' is not a JSON value: \(words)"),
    Malformed("'a'", "f:1:1: ''a'' is not a JSON value: \(words)"),
    Malformed("NaN", "f:1:1: 'NaN' is not a JSON value: \(words)"),
    Malformed("// a\n1", "f:1:1: '//' is not a JSON value: \(words)"),
    Malformed("\u{1}", "f:1:1: 'U+0001' is not a JSON value: \(words)"),
    Malformed("01", "f:1:1: '01' is not a number in JSON: \(numbers)"),
    Malformed("1.", "f:1:1: '1.' is not a number in JSON: \(numbers)"),
    Malformed("-", "f:1:1: '-' is not a number in JSON: \(numbers)"),
    Malformed("[-.5]", "f:1:2: '-.5' is not a number in JSON: \(numbers)"),
    Malformed("+1", "f:1:1: '+1' is not a JSON value: \(words)"),
    Malformed(".5", "f:1:1: '.5' is not a JSON value: \(words)"),
    Malformed("1e", "f:1:1: '1e' is not a number in JSON: \(numbers)"),
    Malformed("1-2", "f:1:1: '1-2' is not a number in JSON: \(numbers)"),
    Malformed("1e999", "f:1:1: 1e999 is larger than any number here: use less than 1.8e308."),
    Malformed("-1e999", "f:1:1: -1e999 is larger than any number here: use less than 1.8e308."),
    Malformed("1 2", "f:1:3: There is text after the end of the value: remove it."),
    Malformed("{}\n}", "f:2:1: There is text after the end of the value: remove it."),
    Malformed("\"abc", "f:1:1: A string is not closed: end it with a double quote."),
    Malformed("\"abc\\", "f:1:5: A string is not closed: end it."),
    Malformed(
      "\"a\tb\"",
      "f:1:3: A string contains an unescaped control character: write \\n, \\t or \\u00XX."),
    Malformed(
      "\"a\nb\"",
      "f:1:3: A string contains an unescaped control character: write \\n, \\t or \\u00XX."),
    Malformed("\"\\x41\"", "f:1:2: \\x is no escape in JSON: write \\\\ for a backslash."),
    Malformed("\"\\κ\"", "f:1:2: \\κ is no escape in JSON: write \\\\ for a backslash."),
    Malformed("\"\\u12\"", "f:1:2: \\u needs four hexadecimal digits: write them, as in \\u03ba."),
    Malformed(
      "\"\\u12G4\"", "f:1:2: \\u needs four hexadecimal digits: write them, as in \\u03ba."),
    Malformed("\"\\ud800\"", "f:1:2: Half a surrogate pair stands alone: write both halves."),
    Malformed("\"\\udc00\"", "f:1:2: Half a surrogate pair stands alone: write both halves."),
    Malformed("\"\\ud800\\n\"", "f:1:2: Half a surrogate pair stands alone: write both halves."),
    Malformed(
      "\"\\ud800\\u0041\"", "f:1:2: A surrogate pair has no second half: write both halves."),
    Malformed(
      String(repeating: "[", count: 65),
      "f:1:65: The text is nested more than 64 levels deep: flatten it."),
    Malformed(
      String(repeating: "{\"a\":", count: 65),
      "f:1:321: The text is nested more than 64 levels deep: flatten it."),
  ]
}

@Suite("Reading JSON")
struct JSONReaderTests {
  @Test("malformed text is refused with line, column and remedy", arguments: Malformed.all)
  func refuses(malformed: Malformed) {
    let error = #expect(throws: ScenarioError.self) {
      try JSON.read(Array(malformed.text.utf8), name: "f")
    }
    #expect(error?.description == malformed.sentence)
  }

  @Test("text that is not UTF-8 is refused where it stops being so")
  func notUTF8() {
    func sentence(_ bytes: [UInt8]) -> String? {
      #expect(throws: ScenarioError.self) { try JSON.read(bytes, name: "f") }?.description
    }
    let remedy = "The text is not UTF-8: save the file in UTF-8."
    #expect(sentence(Array("{\n \"".utf8) + [0xFF]) == "f:2:3: " + remedy)
    #expect(sentence(Array("\"κ".utf8) + [0xC3]) == "f:1:3: " + remedy)
    #expect(sentence([0xEF, 0xBB, 0xBF, 0x22, 0xE9, 0x22]) == "f:1:2: " + remedy)
    // Overlong forms and coded surrogates are not UTF-8 either.
    #expect(sentence([0x22, 0xC0, 0xAF, 0x22]) == "f:1:2: " + remedy)
    #expect(sentence([0x22, 0xED, 0xA0, 0x80, 0x22]) == "f:1:2: " + remedy)
  }

  @Test("a file that is too large is refused before it is read")
  func tooLarge() {
    let bytes = [UInt8](repeating: 0x20, count: JSONReader.largest + 1)
    let error = #expect(throws: ScenarioError.self) { try JSON.read(bytes, name: "f") }
    #expect(
      error?.description
        == "f:1:1: The file is longer than 16777216 bytes, which are the most that are read: "
        + "keep data in files of their own.")
  }

  @Test("64 levels are still read")
  func deepest() throws {
    let text = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    _ = try JSON.read(Array(text.utf8), name: "f")
  }

  @Test("a byte order mark is skipped and does not count as a column")
  func byteOrderMark() throws {
    let value = try JSON.read([0xEF, 0xBB, 0xBF] + Array(" 7".utf8), name: "f")
    #expect(value.number == 7)
    #expect(value.origin == .file(name: "f", line: 1, column: 2))
  }

  @Test("every escape is read, surrogate pairs too")
  func escapes() throws {
    let text = #""\"\\\/\b\f\n\r\t\u03ba\uD83D\uDE00\u0000""#
    let value = try JSON.read(Array(text.utf8), name: "f")
    #expect(value.string == "\"\\/\u{8}\u{C}\n\r\tκ😀\0")
  }

  @Test("values and names remember where they stand; columns count characters")
  func origins() throws {
    let text = "{\"κκ\": 1,\r\n\t\"b\": [2,\n3]}"
    let value = try JSON.read(Array(text.utf8), name: "f")
    guard case .object(let members) = value.content, members.count == 2,
      case .array(let items) = members[1].value.content
    else {
      Issue.record("not the object that was written")
      return
    }
    #expect(members[0].origin == .file(name: "f", line: 1, column: 2))
    #expect(members[0].value.origin == .file(name: "f", line: 1, column: 8))
    #expect(members[1].origin == .file(name: "f", line: 2, column: 2))
    #expect(
      items.map(\.origin) == [
        .file(name: "f", line: 2, column: 8), .file(name: "f", line: 3, column: 1),
      ])
  }

  @Test("a number too small for Float64 is zero")
  func underflow() throws {
    #expect(try JSON.read(Array("1e-999".utf8), name: "f").number == 0)
  }

  @Test("cutting a valid scenario anywhere gives an error and no crash")
  func truncation() throws {
    let text = Array(Scenario().json.prettyText.utf8)
    for length in 0..<text.count {
      #expect(throws: ScenarioError.self) { try JSON.read(Array(text.prefix(length)), name: "f") }
    }
    _ = try JSON.read(text, name: "f")
  }

  @Test("changing any byte of a valid scenario gives a value or an error and no crash")
  func mutation() {
    let text = Array(Scenario().json.compactText.utf8)
    let bytes: [UInt8] = [0, 0x0A, 0x22, 0x5C, 0x2C, 0x5B, 0x7D, 0x2D, 0x65, 0x80, 0xF0, 0xFF]
    var refused = 0
    for position in stride(from: 0, to: text.count, by: 3) {
      for byte in bytes {
        var mutated = text
        mutated[position] = byte
        do { _ = try Scenario(try JSON.read(mutated, name: "f")) } catch { refused += 1 }
      }
    }
    #expect(refused > 0)
  }
}
