/// Reads JSON text, naming line and column of whatever is wrong with it.
///
/// Strict JSON (RFC 8259), with these limits of its own: at most ``deepest`` levels, at most
/// ``largest`` bytes, no two members of one object with the same name, no number beyond Float64.
struct JSONReader {
  /// Levels of lists and objects inside one another that are still read.
  static let deepest = 64
  /// Size of the largest text that is read, in bytes.
  static let largest = 16 << 20

  let bytes: [UInt8]
  let name: String
  var position = 0
  var line = 1
  var column = 1

  private init(bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// The value that the text holds.
  static func read(_ bytes: [UInt8], name: String) throws -> JSON {
    guard bytes.count <= largest else {
      throw ScenarioError(
        problem: "The file is longer than \(largest) bytes, which are the most that are read",
        remedy: "keep data in files of their own", origin: .file(name: name, line: 1, column: 1))
    }
    var reader = JSONReader(bytes: bytes, name: name)
    if let (line, column) = reader.firstInvalidUTF8() {
      throw ScenarioError(
        problem: "The text is not UTF-8", remedy: "save the file in UTF-8",
        origin: .file(name: name, line: line, column: column))
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.position = 3 }
    reader.skipSpace()
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.position == bytes.count else {
      throw reader.error("There is text after the end of the value", "remove it")
    }
    return value
  }

  var here: Origin { .file(name: name, line: line, column: column) }

  func error(_ problem: String, _ remedy: String) -> ScenarioError {
    ScenarioError(problem: problem, remedy: remedy, origin: here)
  }

  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func advance() {
    if bytes[position] == UInt8(ascii: "\n") {
      line += 1
      column = 1
    } else if bytes[position] & 0xC0 != 0x80 {  // count characters, not continuation bytes
      column += 1
    }
    position += 1
  }

  mutating func skipSpace() {
    while let byte = current, [0x20, 0x0A, 0x0D, 0x09].contains(byte) { advance() }
  }

  mutating func take(_ expected: Character, _ problem: String, _ remedy: String) throws {
    guard let current else {
      throw error("The text ends in the middle of a value", "complete it")
    }
    guard current == expected.asciiValue else { throw error(problem, remedy) }
    advance()
  }

  private mutating func value(depth: Int) throws -> JSON {
    guard depth < Self.deepest else {
      throw error("The text is nested more than \(Self.deepest) levels deep", "flatten it")
    }
    let start = here
    switch current {
    case UInt8(ascii: "{"): return JSON(.object(try members(depth: depth)), origin: start)
    case UInt8(ascii: "["): return JSON(.array(try items(depth: depth)), origin: start)
    case UInt8(ascii: "\""): return JSON(.string(try text()), origin: start)
    case let byte? where "-0123456789".utf8.contains(byte):
      return JSON(.number(try number()), origin: start)
    case nil: throw error("The text ends where a value should stand", "complete it")
    default: return JSON(try word(), origin: start)
    }
  }

  private mutating func word() throws -> JSON.Content {
    let start = self
    while let byte = current, byte > 0x20, !",]}:\"{[".utf8.contains(byte) { advance() }
    let letters = String(decoding: bytes[start.position..<position], as: UTF8.self)
    switch letters {
    case "null": return .null
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default:
      let shown = letters.isEmpty ? start.characterHere : letters
      throw start.error(
        "'\(shown)' is not a JSON value",
        "write strings in double quotes, and otherwise a number, true, false or null")
    }
  }

  /// The character at the position; a control character by its number.
  var characterHere: String {
    guard
      let scalar = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
        .unicodeScalars.first
    else { return "" }
    guard scalar.value < 0x20 || scalar.value == 0x7F else { return String(scalar) }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  private mutating func number() throws -> Double {
    let start = self
    var digits = ""
    while let byte = current, "+-.eE0123456789".utf8.contains(byte) {
      digits.unicodeScalars.append(Unicode.Scalar(byte))
      advance()
    }
    guard Self.isNumber(digits.utf8), let value = Double(digits) else {
      throw start.error("'\(digits)' is not a number in JSON", "write it as in 0.5, -3 or 1e-4")
    }
    guard value.isFinite else {
      throw start.error("\(digits) is larger than any number here", "use less than 1.8e308")
    }
    return value
  }

  /// Whether a text is a number as JSON writes it: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
  private static func isNumber(_ text: String.UTF8View) -> Bool {
    var rest = text[...]
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    /// Takes one of these characters off, if it comes next.
    func take(_ characters: String) -> Bool {
      guard let first = rest.first, characters.utf8.contains(first) else { return false }
      rest.removeFirst()
      return true
    }
    /// Takes digits off; false if none comes next.
    func takeDigits() -> Bool {
      let digits = rest.prefix(while: isDigit)
      rest = rest[digits.endIndex...]
      return !digits.isEmpty
    }
    _ = take("-")
    let isZero = rest.first == UInt8(ascii: "0")
    if isZero { rest.removeFirst() } else if !takeDigits() { return false }
    if take("."), !takeDigits() { return false }
    if take("eE") {
      _ = take("+-")
      if !takeDigits() { return false }
    }
    return rest.isEmpty
  }

  private mutating func items(depth: Int) throws -> [JSON] {
    advance()
    skipSpace()
    var values: [JSON] = []
    if current == UInt8(ascii: "]") {
      advance()
      return values
    }
    while true {
      values.append(try value(depth: depth + 1))
      skipSpace()
      if current == UInt8(ascii: "]") {
        advance()
        return values
      }
      try take(",", "A comma or ] is missing in a list", "put one here")
      skipSpace()
    }
  }

  private mutating func members(depth: Int) throws -> [JSON.Member] {
    advance()
    skipSpace()
    var members: [JSON.Member] = []
    var names: Set<String> = []
    if current == UInt8(ascii: "}") {
      advance()
      return members
    }
    while true {
      let start = here
      guard current == UInt8(ascii: "\"") else {
        throw error(
          current == nil ? "The text ends in the middle of an object" : "A key is missing",
          "write a name in double quotes, a colon and a value")
      }
      let key = try text()
      guard names.insert(key).inserted else {
        throw ScenarioError(
          key: key, problem: "The key \(key) stands twice in one object",
          remedy: "keep one of them", origin: start)
      }
      skipSpace()
      try take(":", "A colon is missing after the key \(key)", "put one here")
      skipSpace()
      members.append(JSON.Member(key, try value(depth: depth + 1), origin: start))
      skipSpace()
      if current == UInt8(ascii: "}") {
        advance()
        return members
      }
      try take(",", "A comma or } is missing after the value of \(key)", "put one here")
      skipSpace()
    }
  }

  /// Line and column of the first byte that is not part of valid UTF-8.
  private func firstInvalidUTF8() -> (Int, Int)? {
    guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
    var (line, column) = (1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 0 : 1)
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
    }
    return (line, column)
  }
}

extension JSON {
  /// The value that a text holds; `name` is what errors call the text.
  ///
  /// - Throws: ``ScenarioError`` with line, column and what to do.
  public static func read(_ bytes: [UInt8], name: String) throws -> JSON {
    try JSONReader.read(bytes, name: name)
  }
}
